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

/** Remembered at most; the oldest are forgotten. */
const MAX_REMEMBERED = 10_000;

/** Tells what is new from what was there before. */
export class Once {
  private readonly known = new Set<string>();

  /** Whether this was never asked before. */
  isFirst(key: string): boolean {
    if (this.known.has(key)) {
      return false;
    }
    this.known.add(key);
    if (this.known.size > MAX_REMEMBERED) {
      this.known.delete(this.known.values().next().value!);
    }
    return true;
  }
}
