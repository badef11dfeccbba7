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

import type {
  Parameter,
  RelatedRun,
  RunDetail,
} from 'backstage-plugin-keptn-tasks-common';

/** One thing that was different in an earlier run. */
export type RunDifference =
  | { kind: 'version'; before?: string; after?: string }
  | { kind: 'definition'; before: string; after: string }
  | { kind: 'parameter'; name: string; before?: string; after?: string };

/** What has changed between an earlier run of the same definition and this one. */
export function compareRuns(
  earlier: RelatedRun,
  { run, parameters }: Pick<RunDetail, 'run' | 'parameters'>,
): RunDifference[] {
  const differences: RunDifference[] = [];
  if (earlier.version !== run.version) {
    differences.push({
      kind: 'version',
      before: earlier.version,
      after: run.version,
    });
  }
  const before = earlier.definition.hash;
  const after = run.definition.hash;
  if (before && after && before !== after) {
    differences.push({ kind: 'definition', before, after });
  }
  return [...differences, ...compareParameters(earlier.parameters, parameters)];
}

/** The parameters whose value differs, in the order of their names. */
export function compareParameters(
  before: ReadonlyArray<Pick<Parameter, 'name' | 'value'>>,
  after: ReadonlyArray<Pick<Parameter, 'name' | 'value'>>,
): Array<Extract<RunDifference, { kind: 'parameter' }>> {
  const old = new Map(before.map(({ name, value }) => [name, value]));
  const now = new Map(after.map(({ name, value }) => [name, value]));
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .filter(name => old.get(name) !== now.get(name))
    .map(name => ({
      kind: 'parameter',
      name,
      before: old.get(name),
      after: now.get(name),
    }));
}

/** A content hash, short enough to read out. */
export function shortHash(hash: string): string {
  return hash.replace(/^sha256:/, '').slice(0, 8);
}
