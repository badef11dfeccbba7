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

import { eventually } from './support/eventually';
import { eventsOf, eventOf } from './support/eventsOf';
import { expectStatus } from './support/expectStatus';
import { inBackground } from './support/inBackground';
import { job, pod } from './support/objects';
import {
  jobs,
  namespaces,
  pods,
  resourceQuotas,
  serviceAccounts,
} from './support/paths';
import { isFinished } from './support/timeline';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

const RESTRICTED =
  /violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false .*unrestricted capabilities .*runAsNonRoot != true .*seccompProfile /;

// Nothing runs here: the Pods are refused before they exist.
describe('A Pod that is refused', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const quota = useNamespace(cluster);
  const secured = useNamespace(cluster, {
    'pod-security.kubernetes.io/enforce': 'restricted',
  });
  beforeAll(async () => {
    await api.post(resourceQuotas(quota), {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'none' },
      spec: { hard: { pods: '0' } },
    });
    await eventually('quota in force', async () => {
      const { body } = await api.get(resourceQuotas(quota, 'none'));
      return body.status?.hard?.pods === '0' ? true : undefined;
    });
  });

  /** A Job that gets no Pod: what stands on it after two tries. */
  const story = (where: string, podSpec: Record<string, any> = {}) =>
    inBackground(async () => {
      await api.post(jobs(where), job('denied', 'true', {}, podSpec));
      const events = await eventually('a second try', async () => {
        const seen = await eventsOf(api, where, 'Job', 'denied');
        const failures = seen.filter(event => event.reason === 'FailedCreate');
        const tries = failures.reduce((sum, event) => sum + event.count, 0);
        return tries >= 2 ? failures : undefined;
      });
      const { body } = await api.get(jobs(where, 'denied'));
      const { body: list } = await api.get(pods(where));
      return { events, object: body, pods: list.items };
    });
  const noAccount = story(namespace, { serviceAccountName: 'absent' });
  const overQuota = story(quota);
  const insecure = story(secured);

  it.each([
    ['no service account', noAccount],
    ['no quota', overQuota],
    ['no right to run like that', insecure],
  ])('leaves its Job waiting, not failed: %s', async (_, result) => {
    const { object, pods: made } = await result();
    expect(isFinished(object)).toBe(false);
    expect(object.status.active ?? 0).toBe(0);
    expect(object.status.failed ?? 0).toBe(0);
    expect(object.status.startTime).toEqual(expect.any(String));
    expect(made).toEqual([]);
  });

  it('is told by an event of the Job: missing service account', async () => {
    const { events } = await noAccount();
    // The same text each time, so one event that counts.
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: 'Warning',
      reason: 'FailedCreate',
      message: `Error creating: pods "denied-" is forbidden: error looking up service account ${namespace}/absent: serviceaccount "absent" not found`,
      source: { component: 'job-controller' },
    });
    expect(events[0].count).toBeGreaterThanOrEqual(2);
  });

  it('is told by an event of the Job: quota', async () => {
    const { events } = await overQuota();
    // The text names the Pod, so there is one event for each try.
    expect(events.length).toBeGreaterThanOrEqual(2);
    for (const event of events) {
      expect(event.type).toBe('Warning');
      expect(event.message).toMatch(
        /^Error creating: pods "denied-[a-z0-9]{5}" is forbidden: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0$/,
      );
    }
  });

  it('is told by an event of the Job: PodSecurity', async () => {
    const { events } = await insecure();
    expect(events[0].type).toBe('Warning');
    expect(events[0].message).toMatch(
      /^Error creating: pods "denied-[a-z0-9]{5}" is forbidden: violates PodSecurity/,
    );
    expect(events[0].message).toMatch(RESTRICTED);
  });

  it('is refused with 403 when it is made directly', async () => {
    expectStatus(
      await api.post(
        pods(namespace),
        pod('direct', 'true', { serviceAccountName: 'absent' }),
      ),
      {
        code: 403,
        reason: 'Forbidden',
        message: `pods "direct" is forbidden: error looking up service account ${namespace}/absent: serviceaccount "absent" not found`,
        details: { name: 'direct', kind: 'pods' },
      },
    );
    expectStatus(await api.post(pods(quota), pod('direct', 'true')), {
      code: 403,
      reason: 'Forbidden',
      message:
        'pods "direct" is forbidden: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0',
    });
    expectStatus(await api.post(pods(secured), pod('direct', 'true')), {
      code: 403,
      reason: 'Forbidden',
      message: RESTRICTED,
    });
  });

  it('is accepted in a restricted namespace when it asks for little', async () => {
    const { status } = await api.post(
      pods(secured),
      // Cannot be scheduled, so that nothing runs.
      pod('modest', 'true', {
        nodeSelector: { 'conformance.example.test/none': 'none' },
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 1000,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [
          {
            ...pod('', 'true').spec.containers[0],
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
            },
          },
        ],
      }),
    );
    expect(status).toBe(201);
  });

  it('is let in once the cause is gone', async () => {
    await noAccount();
    await api.post(serviceAccounts(namespace), {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'absent' },
    });
    const event = await eventOf(
      api,
      namespace,
      'Job',
      'denied',
      'SuccessfulCreate',
      undefined,
      120_000,
    );
    expect(event.message).toMatch(/^Created pod: denied-[a-z0-9]{5}$/);
  });

  it('only warns where the namespace says so', async () => {
    const patched = await api.patch(namespaces(namespace), {
      metadata: { labels: { 'pod-security.kubernetes.io/warn': 'restricted' } },
    });
    expect(patched.status).toBe(200);
    const warnings = await eventually('warning', async () => {
      const answer = await api.post(
        jobs(namespace),
        {
          ...job('warned', 'true'),
          spec: { ...job('', 'true').spec, suspend: true },
        },
        { query: { dryRun: 'All' } },
      );
      expect(answer.status).toBe(201);
      return answer.warnings.length > 0 ? answer.warnings : undefined;
    });
    expect(warnings[0]).toMatch(
      /would violate PodSecurity \\"restricted:latest\\"/,
    );
  });
});
