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

import type { BenchOptions } from './options';
import type { Details, Results } from './results';

/** What a measurement may use. */
export interface BenchContext {
  options: BenchOptions;
  /** A folder for databases and the like; it is deleted at the end. */
  directory: string;
  /** What else was seen; goes to the result file beside the figures. */
  details: Details;
  /** Says how it goes, on standard error: the table alone goes to standard output. */
  log(text: string): void;
}

/** One thing that is measured. */
export interface Measurement {
  /** The keys of the result that it fills in. */
  keys: (keyof Results)[];
  measure(context: BenchContext): Promise<Partial<Results>>;
}

/** Whether one of its keys was asked for, or nothing in particular was. */
export function isSelected(measurement: Measurement, only: string[]): boolean {
  return only.length === 0 || measurement.keys.some(key => only.includes(key));
}
