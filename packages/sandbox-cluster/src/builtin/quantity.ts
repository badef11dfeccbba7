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

const QUANTITY =
  /^([+-]?(?:\d+\.?\d*|\.\d+))(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d+)?$/;

const SUFFIXES: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Whether a value reads as a resource quantity, such as `500m` or `1Gi`. */
export function isQuantity(value: unknown): boolean {
  return QUANTITY.test(String(value));
}

/** The number that a quantity stands for: bytes, cores or pieces. NaN when it is none. */
export function parseQuantity(value: unknown): number {
  const match = QUANTITY.exec(String(value));
  if (!match) return NaN;
  const [, number, suffix = ''] = match;
  if (/^[eE][+-]?\d/.test(suffix)) return Number(number + suffix);
  return Number(number) * (SUFFIXES[suffix] ?? 1);
}
