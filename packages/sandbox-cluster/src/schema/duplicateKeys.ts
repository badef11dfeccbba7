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
 * Paths of the keys that a JSON text has twice in one object, such as `spec.size`. The text must be
 * valid JSON; `JSON.parse` keeps the last of the two without a word.
 */
export function duplicateKeys(text: string): string[] {
  const found: string[] = [];
  let position = 0;

  const skipSpace = () => {
    while (/\s/.test(text[position])) position++;
  };

  const readString = (): string => {
    const start = position++;
    while (text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
    position++;
    return JSON.parse(text.slice(start, position)) as string;
  };

  const readObject = (path: string) => {
    const seen = new Set<string>();
    position++;
    for (;;) {
      skipSpace();
      if (text[position] === '}') break;
      if (text[position] === ',') {
        position++;
        continue;
      }
      const key = readString();
      const at = path ? `${path}.${key}` : key;
      if (seen.has(key)) found.push(at);
      seen.add(key);
      skipSpace();
      position++; // the colon
      readValue(at);
    }
    position++;
  };

  const readArray = (path: string) => {
    position++;
    for (let index = 0; ; ) {
      skipSpace();
      if (text[position] === ']') break;
      if (text[position] === ',') {
        position++;
        index++;
        continue;
      }
      readValue(`${path}[${index}]`);
    }
    position++;
  };

  function readValue(path: string) {
    skipSpace();
    const first = text[position];
    if (first === '{') readObject(path);
    else if (first === '[') readArray(path);
    else if (first === '"') readString();
    else
      while (position < text.length && !/[,\]}\s]/.test(text[position]))
        position++;
  }

  readValue('');
  return found;
}
