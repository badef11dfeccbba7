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

import { useMemo } from 'react';
import { useLocation, useParams } from 'react-router-dom';

/** Addresses inside the tab. */
export interface TasksPaths {
  /** The first view: where the releases are. */
  releases: string;
  /** Every release there has been. */
  allReleases: (search?: string) => string;
  release: (id: string) => string;
  tasks: string;
  runs: (search?: string) => string;
  run: (id: string, search?: string) => string;
}

/**
 * Addresses relative to wherever the tab has been mounted, in both frontend systems. Only for the component that the
 * tab's own route renders; components below get the result through `TasksPathsContext`.
 */
export function useMountedTasksPaths(): TasksPaths {
  const { '*': below = '' } = useParams();
  const { pathname } = useLocation();
  const base = pathname
    .slice(0, pathname.length - below.length)
    .replace(/\/+$/, '');
  return useMemo(() => {
    const withSearch = (path: string, search = '') =>
      search ? `${path}?${search}` : path;
    return {
      releases: base || '/',
      allReleases: search => withSearch(`${base}/releases`, search),
      release: id => `${base}/releases/${encodeURIComponent(id)}`,
      tasks: `${base}/tasks`,
      runs: search => withSearch(`${base}/runs`, search),
      run: (id, search) =>
        withSearch(`${base}/runs/${encodeURIComponent(id)}`, search),
    };
  }, [base]);
}
