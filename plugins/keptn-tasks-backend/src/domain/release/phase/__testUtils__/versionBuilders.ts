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

import { at } from '../../../__testUtils__/builders';
import { ownerReference } from '../../../ownership';
import type { KeptnTask, KeptnTaskStatus } from '../../../resources';
import type { ListedWorkload } from '../../appPhases';
import { workloadObjectName } from '../../names';
import type { AppVersionObservation } from '../../planAppVersion';
import type { WorkloadVersionObservation } from '../../planWorkloadVersion';
import type {
  KeptnAppVersion,
  KeptnEvaluation,
  KeptnEvaluationDefinition,
  KeptnWorkloadVersion,
} from '../../resources';
import { defaultReleaseSettings } from '../../settings';
import { itemName } from '../itemName';
import type {
  CheckType,
  ItemObject,
  ItemSources,
  VersionObject,
} from '../Phase';

const LIFECYCLE = 'lifecycle.keptn.sh/v1';

interface Overrides<T extends VersionObject> {
  metadata?: Partial<T['metadata']>;
  spec?: Partial<T['spec']>;
  status?: T['status'];
}

export function aWorkloadVersion(
  overrides: Overrides<KeptnWorkloadVersion> = {},
): KeptnWorkloadVersion {
  return {
    apiVersion: LIFECYCLE,
    kind: 'KeptnWorkloadVersion',
    metadata: {
      name: 'shop-cart-2.3.0',
      namespace: 'shop',
      uid: 'kwv00000-0000-4000-8000-000000000001',
      creationTimestamp: at(0),
      ...overrides.metadata,
    },
    spec: {
      app: 'shop',
      version: '2.3.0',
      workloadName: 'shop-cart',
      resourceReference: { kind: 'ReplicaSet', name: 'cart-1', uid: 'rs-1' },
      ...overrides.spec,
    },
    ...(overrides.status && { status: overrides.status }),
  };
}

export function anAppVersion(
  overrides: Overrides<KeptnAppVersion> = {},
): KeptnAppVersion {
  return {
    apiVersion: LIFECYCLE,
    kind: 'KeptnAppVersion',
    metadata: {
      name: 'shop-7-6b86b273',
      namespace: 'shop',
      uid: 'kav00000-0000-4000-8000-000000000001',
      creationTimestamp: at(0),
      ...overrides.metadata,
    },
    spec: {
      appName: 'shop',
      version: '7',
      workloads: [{ name: 'cart', version: '2.3.0' }],
      ...overrides.spec,
    },
    ...(overrides.status && { status: overrides.status }),
  };
}

/** An app's version whose own checks before the deployment are passed. */
export const clearApp = anAppVersion({
  spec: { metadata: { stage: 'prod', team: 'app' } },
  status: {
    currentPhase: 'AppDeploy',
    status: 'Progressing',
    preDeploymentStatus: 'Succeeded',
    preDeploymentEvaluationStatus: 'Succeeded',
    startTime: '2026-01-01T12:00:00Z',
    phaseTraceIDs: { AppDeploy: { traceparent: '00-app-deploy-01' } },
  },
});

/** What is there: task definitions, evaluation definitions and objects. */
export interface Things {
  definitions?: string[];
  evaluationDefinitions?: KeptnEvaluationDefinition[];
  metricsServed?: boolean;
  objects?: ItemObject[];
  /** Names that a live read does not find. */
  gone?: string[];
  refusals?: Record<string, { message: string; since: Date }>;
}

export function theSources(things: Things = {}): ItemSources {
  const find = (kind: string, name: string) =>
    things.objects?.find(
      object => object.kind === kind && object.metadata.name === name,
    );
  return {
    hasTaskDefinition: name => things.definitions?.includes(name) ?? true,
    evaluationDefinition: name =>
      things.evaluationDefinitions?.find(
        ({ metadata }) => metadata.name === name,
      ),
    metricsServed: things.metricsServed ?? true,
    task: name => find('KeptnTask', name) as KeptnTask | undefined,
    evaluation: name =>
      find('KeptnEvaluation', name) as KeptnEvaluation | undefined,
    isGone: (_, name) => things.gone?.includes(name) ?? false,
    refusal: name => things.refusals?.[name],
  };
}

export function workloadObservation(
  version: KeptnWorkloadVersion,
  things: Things = {},
  overrides: Partial<WorkloadVersionObservation> = {},
): WorkloadVersionObservation {
  return {
    version,
    status: version.status ?? {},
    attempt: 1,
    now: at(10),
    failedChecks: 'block',
    settings: defaultReleaseSettings,
    keptnNamespace: 'keptn-system',
    sources: theSources(things),
    carriers: {},
    appVersion: '7',
    rollout: {
      state: 'progressing',
      kind: 'Deployment',
      name: 'cart',
      desired: 2,
      updated: 2,
      available: 1,
      message: '1 of 2 Pods of Deployment cart are available',
    },
    rolloutSeconds: 300,
    ownedTasks: (things.objects ?? []).filter(
      (object): object is KeptnTask => object.kind === 'KeptnTask',
    ),
    app: { isKnown: true, versions: [clearApp] },
    askedFor: version.spec.version,
    ...overrides,
  };
}

export function listed(
  name: string,
  version: string,
  workloadVersion?: KeptnWorkloadVersion,
): ListedWorkload {
  return {
    name,
    version,
    workloadName: workloadObjectName('shop', name),
    workloadVersion,
  };
}

export function appObservation(
  version: KeptnAppVersion,
  things: Things = {},
  overrides: Partial<AppVersionObservation> = {},
): AppVersionObservation {
  return {
    version,
    status: version.status ?? {},
    attempt: 1,
    now: at(10),
    failedChecks: 'block',
    settings: defaultReleaseSettings,
    keptnNamespace: 'keptn-system',
    sources: theSources(things),
    carriers: {},
    workloads: [listed('cart', '2.3.0')],
    repeats: false,
    ownedTasks: (things.objects ?? []).filter(
      (object): object is KeptnTask => object.kind === 'KeptnTask',
    ),
    ...overrides,
  };
}

/** Name of the task that a version makes of a definition. */
export function nameOfItem(
  version: VersionObject,
  checkType: CheckType,
  definition: string,
  { attempt = 1, probe = 0 } = {},
): string {
  return itemName(
    { ownerUid: version.metadata.uid, attempt, checkType, definition },
    probe,
  );
}

/** A task that a version has made. */
export function aTaskOf(
  version: VersionObject,
  checkType: CheckType,
  definition: string,
  status?: KeptnTaskStatus,
  attempt = 1,
): KeptnTask {
  return {
    apiVersion: LIFECYCLE,
    kind: 'KeptnTask',
    metadata: {
      name: nameOfItem(version, checkType, definition, { attempt }),
      namespace: 'shop',
      uid: `uid-of-${checkType}-${definition}-${attempt}`,
      creationTimestamp: at(2),
      ownerReferences: [ownerReference(version)],
    },
    spec: { taskDefinition: definition },
    ...(status && { status }),
  };
}
