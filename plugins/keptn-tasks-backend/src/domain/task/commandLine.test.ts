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

import { escapeExpansion, splitCommandLine } from './commandLine';

describe('splitCommandLine', () => {
  it.each([
    ['', []],
    ['   ', []],
    ['-v  --all', ['-v', '--all']],
    [`--name 'a b' "c d"`, ['--name', 'a b', 'c d']],
    [`'it'"'"'s'`, ["it's"]],
    [`a\\ b`, ['a b']],
    [`"say \\"hi\\" \\n"`, ['say "hi" \\n']],
    [`'\\n'`, ['\\n']],
    [`"" x ''`, ['', 'x', '']],
    [`a=$HOME;*|b`, ['a=$HOME;*|b']],
    [`'never closed`, ['never closed']],
    [`ends\\`, ['ends\\']],
  ])('%j is %j', (text, words) => {
    expect(splitCommandLine(text)).toEqual(words);
  });
});

/** What Kubernetes makes of a text with no variables defined. */
function expand(text: string): string {
  return text.replace(/\$\$/g, '$');
}

describe('escapeExpansion', () => {
  it.each(['$(A)', '$$', '$$(A)', '$$$x', 'a$b', '$', '${A}', '$5 $(x) $$y'])(
    '%s arrives as it is',
    text => {
      const escaped = escapeExpansion(text);
      expect(expand(escaped)).toBe(text);
      // Nothing is left that could be a reference.
      expect(escaped.replace(/\$\$/g, '')).not.toContain('$(');
    },
  );

  it('leaves alone what means nothing to Kubernetes', () => {
    expect(escapeExpansion('costs $5, {"a":"b"}')).toBe('costs $5, {"a":"b"}');
  });
});
