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

import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { WorkloadRow } from './WorkloadRow';
import styles from './Releases.module.css';

/** The workloads of an app, one line each; a line opens to the workload's phases. */
export function WorkloadRows(props: {
  workloads: readonly Release[];
  label: string;
}) {
  const { workloads, label } = props;
  return (
    <ul className={styles.rows} aria-label={label}>
      {workloads.map(release => (
        // A repetition is another release, but the same line.
        <WorkloadRow key={release.workloadName} release={release} />
      ))}
    </ul>
  );
}
