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

import type { KubeObject } from 'sandbox-cluster';
import type { ReleaseHarness } from '../../../../__testUtils__/releaseHarness';

const LIFECYCLE = 'lifecycle.keptn.sh/v1';

/** Those of Keptn's resources that have phases, or are items of one. */
type Kind = 'KeptnAppVersion' | 'KeptnWorkloadVersion' | 'KeptnTask';

/** Every state of a version that Keptn's operator has only just seen. */
const PENDING = {
  preDeploymentStatus: 'Pending',
  preDeploymentEvaluationStatus: 'Pending',
  postDeploymentStatus: 'Pending',
  postDeploymentEvaluationStatus: 'Pending',
  status: 'Pending',
};

/** Does to the cluster what Keptn's operator does to it, step by step. */
export class KeptnOperator {
  constructor(private readonly harness: ReleaseHarness) {}

  appVersion(name: string, spec: Record<string, unknown>): KubeObject {
    return this.make('KeptnAppVersion', name, { revision: 1, ...spec });
  }

  /** Of a ReplicaSet that nobody here ever sees. */
  workloadVersion(name: string, spec: Record<string, unknown>): KubeObject {
    const resourceReference = {
      kind: 'ReplicaSet',
      name: `${name}-694d86866f`,
      uid: `uid-of-${name}`,
    };
    return this.make('KeptnWorkloadVersion', name, {
      resourceReference,
      ...spec,
    });
  }

  /** It has seen a version. */
  begin(version: KubeObject): void {
    this.report(version, {
      ...PENDING,
      ...(version.kind === 'KeptnAppVersion'
        ? { workloadOverallStatus: 'Pending', promotionStatus: 'Pending' }
        : { deploymentStatus: 'Pending' }),
      startTime: new Date().toISOString().replace(/\.\d+Z/, 'Z'),
    });
  }

  /** Starts a task of a phase, and returns what stands of it in the status of the version. */
  task(version: KubeObject, type: string, definition: string) {
    const number = 10_000 + this.tasks++;
    const name = `${type}-${definition}-${number}`;
    const { kind, apiVersion, metadata, spec } = version;
    this.make(
      'KeptnTask',
      name,
      {
        taskDefinition: definition,
        checkType: type,
        retries: 10,
        timeout: '5m0s',
        context: {
          appName: spec.appName ?? spec.app,
          appVersion: spec.appName ? spec.version : '',
          workloadName: spec.workloadName ?? '',
          workloadVersion: spec.workloadName ? spec.version : '',
          taskType: type,
          objectType: spec.workloadName ? 'Workload' : 'App',
        },
      },
      {
        ownerReferences: [
          {
            apiVersion,
            kind,
            name: metadata.name,
            uid: metadata.uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      },
    );
    return { definitionName: definition, name };
  }

  /** Adds to what an object reports; whoever wrote to it meanwhile is none of its business. */
  report({ kind, metadata }: KubeObject, status: object): void {
    const resource = this.harness.cluster.resource(LIFECYCLE, kind);
    const known = resource.get(metadata.namespace, metadata.name)!;
    resource.updateStatus({
      ...known,
      status: { ...known.status, ...status },
    });
  }

  /** What a task has come to. */
  reportTask(name: string, status: object): void {
    this.report(
      this.harness.cluster.resource(LIFECYCLE, 'KeptnTask').get('shop', name)!,
      { jobName: `${name}-50990`, ...status },
    );
  }

  private tasks = 0;

  private make(
    kind: Kind,
    name: string,
    spec: object,
    metadata: object = {},
  ): KubeObject {
    return this.harness.cluster.create({
      apiVersion: LIFECYCLE,
      kind,
      metadata: { name, namespace: 'shop', ...metadata },
      spec,
    });
  }
}
