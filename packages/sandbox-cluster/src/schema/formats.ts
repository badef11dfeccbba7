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

const RFC3339 =
  /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const DURATION = /^([+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w))+$|^0$/;
const UUID =
  /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

const CHECKS: Record<string, (value: string) => boolean> = {
  'date-time': value => RFC3339.test(value) && !Number.isNaN(Date.parse(value)),
  datetime: value => RFC3339.test(value) && !Number.isNaN(Date.parse(value)),
  date: value =>
    /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)),
  duration: value => DURATION.test(value.replace(/\s+/g, '')),
  byte: value => /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0,
  uuid: value => UUID.test(value),
  uuid4: value => UUID.test(value),
  ipv4: value => /^(\d{1,3}\.){3}\d{1,3}$/.test(value),
  ipv6: value => /^[0-9a-f:.]+$/i.test(value) && value.includes(':'),
  email: value => /^[^@\s]+@[^@\s]+$/.test(value),
  hostname: value =>
    /^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*$/.test(
      value,
    ),
  uri: value => URL.canParse(value),
  cidr: value => /^[0-9a-f:.]+\/\d+$/i.test(value),
};

/** Whether a string is not of a format; formats that are not known fit everything. */
export function formatProblem(format: string, value: string): boolean {
  const check = CHECKS[format];
  return check !== undefined && !check(value);
}
