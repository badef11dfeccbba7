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

import { createContext, useContext } from 'react';
import type { Environment, Release } from 'backstage-plugin-keptn-tasks-common';
import type { RunPermissions } from '../../hooks/useRunPermissions';
import type { TasksPaths } from '../../hooks/useTasksPaths';

/** What every component of the tab needs to know, and what it can ask for. */
export interface TasksContextValue {
  entityRef: string;
  paths: TasksPaths;
  permissions: RunPermissions;
  /** Where the entity's releases are, as far as it is known. */
  environments: readonly Environment[];
  /** Opens the dialog that runs a definition. */
  openRun: (definition: {
    cluster: string;
    namespace: string;
    name: string;
  }) => void;
  /** Opens the dialog that repeats a run. */
  openRerun: (runId: string) => void;
  /** Opens the dialog that repeats the checks of a release. */
  openRepeat: (release: Release) => void;
  /** Opens the dialog that lets Pods of workloads go. */
  openGate: (releases: Release[]) => void;
}

/** Provided by the tab. */
export const TasksContext = createContext<TasksContextValue | undefined>(
  undefined,
);

/** The tab that a component stands in. */
export function useTasks(): TasksContextValue {
  const value = useContext(TasksContext);
  if (!value) throw new Error('TasksContext is missing above this component');
  return value;
}
