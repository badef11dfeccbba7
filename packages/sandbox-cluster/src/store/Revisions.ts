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

const EPOCH_SECONDS = Date.UTC(2025, 0, 1) / 1000;

/**
 * The counter behind every resourceVersion. It starts from the clock, so that versions of an earlier
 * life of the process are lower than any of this one and a resumed watch is told that they expired.
 */
export class Revisions {
  /** Nothing at or below this revision can be resumed from, in any collection. */
  readonly first: number;
  private value: number;

  constructor(now = Date.now()) {
    this.first = Math.max(1, Math.floor(now / 1000 - EPOCH_SECONDS) * 10);
    this.value = this.first;
  }

  get current(): number {
    return this.value;
  }

  next(): number {
    this.value += 1;
    return this.value;
  }
}
