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

import type { V1ObjectMeta } from '@kubernetes/client-node';
import type { KeptnTask } from '../resources';
import { LIFECYCLE_GROUP } from '../resources';
import { eventSubject } from './eventSubject';
import { generationHash } from './names';
import type {
  KeptnApp,
  KeptnAppVersion,
  KeptnEvaluation,
  KeptnWorkload,
  KeptnWorkloadVersion,
} from './resources';
import { storedTrace } from './traceIds';

type Told =
  | KeptnApp
  | KeptnAppVersion
  | KeptnEvaluation
  | KeptnTask
  | KeptnWorkload
  | KeptnWorkloadVersion;

/** Any object that an event is about. */
export interface AboutObject {
  apiVersion?: string;
  kind?: string;
  metadata?: V1ObjectMeta;
}

/**
 * The annotations of an event, as Keptn's: where the object is, which phase it is about, which version of what, and the
 * trace. What has no value is left out. Objects of other groups have none.
 */
export function eventAnnotations(
  about: AboutObject,
  reason: string,
): Record<string, string> {
  if (!about.apiVersion?.startsWith(`${LIFECYCLE_GROUP}/`)) {
    return {};
  }
  const { namespace, name } = about.metadata ?? {};
  const { phase } = eventSubject(about.kind ?? '', reason);
  const all = {
    namespace,
    name,
    phase,
    ...keysOf(about as Told),
    traceparent: traceOf(about as Told, phase),
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] =>
      Boolean(entry[1]),
    ),
  );
}

/** Version of the app or workload that an object belongs to; empty where it has none. */
export function versionOf(about: AboutObject): string {
  const { appVersion, workloadVersion } = keysOf(about as Told);
  return workloadVersion || appVersion || '';
}

function keysOf(about: Told): Record<string, string | undefined> {
  const { name } = about.metadata;
  switch (about.kind) {
    case 'KeptnTask': {
      const { context, taskDefinition } = about.spec;
      return {
        appName: context?.appName,
        appVersion: context?.appVersion,
        workloadName: context?.workloadName,
        workloadVersion: context?.workloadVersion,
        taskName: name,
        taskDefinitionName: taskDefinition,
      };
    }
    case 'KeptnEvaluation':
      return {
        appName: about.spec.appName,
        appVersion: about.spec.appVersion,
        workloadName: about.spec.workload,
        workloadVersion: about.spec.workloadVersion,
        evaluationName: name,
        evaluationDefinitionName: about.spec.evaluationDefinition,
      };
    case 'KeptnApp':
      return {
        appName: name,
        appVersion: about.spec.version,
        appRevision: generationHash(about.metadata.generation ?? 1),
      };
    case 'KeptnAppVersion':
      return {
        appName: about.spec.appName,
        appVersion: about.spec.version,
        appVersionName: name,
      };
    case 'KeptnWorkload':
      return {
        appName: about.spec.app,
        workloadName: name,
        workloadVersion: about.spec.version,
      };
    case 'KeptnWorkloadVersion':
      return {
        appName: about.spec.app,
        workloadName: about.spec.workloadName,
        workloadVersion: about.spec.version,
        workloadVersionName: name,
      };
    default:
      return {};
  }
}

function traceOf(about: Told, phase: string | undefined): string | undefined {
  switch (about.kind) {
    case 'KeptnTask':
      return about.spec.context?.metadata?.traceparent;
    case 'KeptnAppVersion':
    case 'KeptnWorkloadVersion':
      return storedTrace(about, phase)?.traceparent;
    default:
      return about.metadata.annotations?.traceparent;
  }
}
