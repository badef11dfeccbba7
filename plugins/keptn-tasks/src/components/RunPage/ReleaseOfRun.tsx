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

import { Link } from '@backstage/ui';
import type { Run } from 'backstage-plugin-keptn-tasks-common';
import { releaseOfRun } from '../../lib/environments';
import { writeFilters } from '../../lib/listFilters';
import { releaseLabel, workloadLabel } from '../../lib/releaseNames';
import { filtersOfRun } from '../../lib/releaseOfRun';
import { useTasks } from '../Tasks/TasksContext';

/** The way to the release that a run belongs to, or to where it can be found. */
export function ReleaseOfRun(props: { run: Run }) {
  const { run } = props;
  const { environments, paths } = useTasks();
  const release = releaseOfRun(run.id, environments);
  if (release) {
    return (
      <Link href={paths.release(release.id)}>
        {releaseLabel(release)} {release.version}
      </Link>
    );
  }
  const filters = filtersOfRun(run);
  if (!filters) return null;
  const { app, workload, version } = filters;
  const name = workload
    ? workloadLabel(workload, run.context?.appName ?? '')
    : app;
  return (
    <Link href={paths.allReleases(writeFilters(filters).toString())}>
      {name} {version}
    </Link>
  );
}
