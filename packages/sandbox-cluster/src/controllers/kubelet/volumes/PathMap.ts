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

import { join } from 'node:path';

/**
 * Where the paths of a container lie on this machine. Containers see the machine's own file system, so paths
 * of mounts are replaced wherever the Pod mentions them: in the command, its arguments and the environment.
 * A program that has such a path built in does not find it.
 */
export class PathMap {
  private readonly patterns: Array<{ pattern: RegExp; target: string }>;

  constructor(readonly root: string, mountPaths: string[]) {
    const longestFirst = [...new Set(mountPaths.map(normalize))]
      .filter(path => path !== '')
      .sort((a, b) => b.length - a.length);
    this.patterns = longestFirst.map(path => ({
      pattern: mention(path),
      target: this.locate(path),
    }));
  }

  /** The place of an absolute path of the container. */
  locate(path: string): string {
    return join(this.root, normalize(path));
  }

  /** The text with every mention of a mounted path replaced. */
  rewrite(text: string): string {
    // One pass over all patterns, so that a replacement is not replaced again.
    let result = '';
    for (let at = 0; at < text.length; ) {
      const next = this.nextMention(text, at);
      if (!next) return result + text.slice(at);
      result += text.slice(at, next.index) + next.target;
      at = next.index + next.length;
    }
    return result;
  }

  private nextMention(text: string, from: number) {
    let first: { index: number; length: number; target: string } | undefined;
    for (const { pattern, target } of this.patterns) {
      pattern.lastIndex = from;
      const match = pattern.exec(text);
      if (match && (!first || match.index < first.index)) {
        first = { index: match.index, length: match[0].length, target };
      }
    }
    return first;
  }
}

function normalize(path: string): string {
  const absolute = path.startsWith('/') ? path : `/${path}`;
  return absolute.replace(/\/+/g, '/').replace(/\/$/, '');
}

/** The path on its own or as the beginning of a longer one, but not as part of another name or of a URL. */
function mention(path: string): RegExp {
  const literal = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `(?:(?<![\\w.~/-])|(?<=file://))${literal}(?![\\w~-]|\\.\\w)`,
    'g',
  );
}
