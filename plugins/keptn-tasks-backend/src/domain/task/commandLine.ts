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

/**
 * Words of a command line, with the quotes of a shell but nothing else of it: no variables, no globs, no pipes.
 * A quote that is never closed reaches to the end.
 */
export function splitCommandLine(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;

  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    const next = text[index + 1];
    if (quote === "'") {
      if (character === "'") {
        quote = undefined;
      } else {
        word += character;
      }
    } else if (character === '\\' && next !== undefined) {
      // Between double quotes a backslash is itself, except before what it can protect.
      const protects = quote !== '"' || '"\\$`'.includes(next);
      word = `${word ?? ''}${protects ? '' : '\\'}${next}`;
      index++;
    } else if (quote === '"') {
      if (character === '"') {
        quote = undefined;
      } else {
        word += character;
      }
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) {
        words.push(word);
        word = undefined;
      }
    } else {
      word = `${word ?? ''}${character}`;
    }
  }
  return word === undefined ? words : [...words, word];
}

/** A text that Kubernetes hands on as it is: `$(NAME)` and `$$` in arguments and values mean something to it. */
export function escapeExpansion(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$');
}
