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

import { KubeObject } from '../../ClusterApi';
import { parseTime } from '../common/time';

/** Puts objects into the order of their creation; by name when they were made in the same second. */
export function byAge(a: KubeObject, b: KubeObject): number {
  const created = ({ metadata }: KubeObject) =>
    parseTime(metadata.creationTimestamp) ?? 0;
  return (
    created(a) - created(b) || (a.metadata.name < b.metadata.name ? -1 : 1)
  );
}
