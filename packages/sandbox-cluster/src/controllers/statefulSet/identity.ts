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

import { KubeObject, NewObject } from '../../ClusterApi';
import { templateIn } from '../controllerRevision/revisions';
import { podFromTemplate } from '../workload/podFromTemplate';

/** Label of a Pod that names the ControllerRevision of its template. */
export const REVISION_LABEL = 'controller-revision-hash';
const NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
const INDEX_LABEL = 'apps.kubernetes.io/pod-index';

/** The ordinal in the name of a Pod of this StatefulSet; `undefined` for any other name. */
export function ordinalOf(
  set: KubeObject,
  { metadata }: KubeObject,
): number | undefined {
  const match = /^(.+)-(\d+)$/.exec(metadata.name);
  return match?.[1] === set.metadata.name ? Number(match[2]) : undefined;
}

/** Name of the revision that a Pod was made from. */
export function revisionOf({ metadata }: KubeObject): string | undefined {
  return metadata.labels?.[REVISION_LABEL];
}

/** The Pod with this ordinal, made from a revision of the template. */
export function podFor(
  set: KubeObject,
  revision: KubeObject,
  ordinal: number,
): NewObject {
  const name = `${set.metadata.name}-${ordinal}`;
  const pod = podFromTemplate(set, templateIn(revision), {
    name,
    labels: {
      [NAME_LABEL]: name,
      [INDEX_LABEL]: String(ordinal),
      [REVISION_LABEL]: revision.metadata.name,
    },
  });
  const { serviceName } = set.spec;
  return {
    ...pod,
    spec: {
      ...pod.spec,
      hostname: name,
      ...(serviceName && { subdomain: serviceName }),
    },
  };
}
