/*
 * Copyright 2026 The Keptn Tasks for Backstage Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

/** Stands before the key of an optional entry until the value is known. */
export const OPTIONAL_KEY = '\u0001';

const TOKEN =
  /\s+|\/\/[^\n]*|[bBrR]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?''')|[rR][bB]?(?:"[^"\n]*"|'[^'\n]*')|[bB]?(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|`[^`\n]*`|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|\d[\w.]*|[\s\S]/y;
const CONSTRUCTOR = /^(?:Object(?:\.\w+)*|JSONPatch)$/;
const BLANK = /^(?:\s|\/\/)/;

/**
 * Rewrites what the CEL library cannot read into what it can: `Object.spec{name: "x"}` and `JSONPatch{op: "add"}` into
 * map literals with quoted keys, and optional entries (`?key: value`) into entries whose key is marked.
 */
export function toMapLiterals(expression: string): string {
  const brackets: string[] = [];
  let result = '';
  let previous = '';
  let isOptional = false;
  for (const token of tokens(expression)) {
    if (BLANK.test(token)) {
      result += token.startsWith('//') ? '' : token;
      continue;
    }
    const inside = brackets.at(-1);
    const atKey =
      (inside === 'constructor' || inside === 'map') &&
      (previous === '{' || previous === ',');
    if (token === '?' && atKey) {
      isOptional = true;
      continue;
    }
    if (atKey) {
      result += keyText(token, inside === 'constructor', isOptional);
      isOptional = false;
    } else if (!CONSTRUCTOR.test(token)) {
      result += token;
    }
    if (token === '{') {
      brackets.push(CONSTRUCTOR.test(previous) ? 'constructor' : 'map');
    } else if (token === '(' || token === '[') {
      brackets.push(token);
    } else if (token === '}' || token === ')' || token === ']') {
      brackets.pop();
    }
    previous = token;
  }
  return result;
}

function keyText(token: string, quoted: boolean, isOptional: boolean): string {
  const mark = isOptional ? OPTIONAL_KEY : '';
  if (token === '}') return token;
  if (/^[A-Za-z_`]/.test(token) && quoted) {
    return JSON.stringify(mark + token.replace(/`/g, ''));
  }
  return isOptional && /^["']/.test(token)
    ? token[0] + mark + token.slice(1)
    : token;
}

function* tokens(expression: string): Generator<string> {
  const pattern = new RegExp(TOKEN);
  for (;;) {
    const match = pattern.exec(expression);
    if (!match) return;
    yield match[0];
  }
}
