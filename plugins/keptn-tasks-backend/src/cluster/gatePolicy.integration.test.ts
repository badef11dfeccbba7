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

import { ClusterHarness } from '../__testUtils__/clusterHarness';
import { ClusterConnection } from './ClusterConnection';
import { findServedKinds } from './discovery';
import { findGateStatus } from './gatePolicy';
import { KubernetesClusterClient } from './KubernetesClusterClient';

jest.setTimeout(60_000);

describe('what a cluster has for releases', () => {
  let harness: ClusterHarness;
  let connection: ClusterConnection;
  let client: KubernetesClusterClient;

  const start = async (
    options?: Parameters<typeof ClusterHarness.start>[0],
  ) => {
    harness = await ClusterHarness.start(options);
    connection = new ClusterConnection(harness.config());
    client = new KubernetesClusterClient(connection);
  };
  afterEach(async () => {
    await connection?.close();
    await harness?.stop();
  });

  it('is told by discovery', async () => {
    await start();
    expect(await findServedKinds(client)).toEqual({
      releases: true,
      rollouts: false,
      metrics: false,
      keptnConfigs: true,
      mutatingPolicies: true,
    });
  });

  it('is said to be missing with what to do about it', async () => {
    await start({ withoutCrds: true });
    const { releases, message, keptnConfigs } = await findServedKinds(client);
    expect({ releases, keptnConfigs }).toEqual({
      releases: false,
      keptnConfigs: false,
    });
    expect(message).toMatch(
      /^Releases are not looked after: the cluster does not serve keptnapps\.lifecycle\.keptn\.sh, .*; apply them with kubectl apply -f deploy\/crds$/,
    );
  });

  it('nothing has to be there for gates that are declared, or off', async () => {
    await start();
    expect(await findGateStatus(client, 'declared')).toEqual({
      mode: 'declared',
      ready: true,
    });
    expect(await findGateStatus(client, 'off')).toEqual({
      mode: 'off',
      ready: true,
    });
  });

  it('a policy that is missing, or not bound, is told with what to do', async () => {
    await start();
    expect(await findGateStatus(client, 'policy')).toEqual({
      mode: 'policy',
      ready: false,
      message:
        'Pods are not held: the policy keptn-gate is not in the cluster; apply it with kubectl apply -f deploy/gates/policy.yaml',
    });
    harness.applyFile('deploy/gates/policy.yaml');
    expect(await findGateStatus(client, 'policy')).toEqual({
      mode: 'policy',
      ready: true,
    });
    harness
      .resource(
        'admissionregistration.k8s.io/v1',
        'MutatingAdmissionPolicyBinding',
      )
      .delete(undefined, 'keptn-gate');
    expect((await findGateStatus(client, 'policy')).message).toContain(
      'the policy keptn-gate is bound nowhere',
    );
  });

  it('a webhook configuration that is missing is told with what to do', async () => {
    await start();
    expect(await findGateStatus(client, 'webhook')).toEqual({
      mode: 'webhook',
      ready: false,
      message:
        'Pods are not held: the webhook configuration keptn-gate is not in the cluster; fill in deploy/gates/webhook.yaml and apply it',
    });
    harness.applyFile('deploy/gates/webhook.yaml');
    expect(await findGateStatus(client, 'webhook')).toEqual({
      mode: 'webhook',
      ready: true,
    });
  });

  it('where the right to look is missing that is said', async () => {
    await start();
    harness.sandbox.faults.refuse({
      verb: 'get',
      resource: 'mutatingadmissionpolicies',
    });
    const { ready, message } = await findGateStatus(client, 'policy');
    expect(ready).toBe(false);
    expect(message).toMatch(
      /^Whether Pods are held cannot be told: .*mutatingadmissionpolicies.*; grant it with kubectl apply -f deploy\/rbac\/reconcile\.yaml$/,
    );
  });
});
