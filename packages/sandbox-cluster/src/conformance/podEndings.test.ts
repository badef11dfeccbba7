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

import { eventOf } from './support/eventsOf';
import { inBackground } from './support/inBackground';
import { container, onTerm, pod } from './support/objects';
import { pods } from './support/paths';
import { recordTimeline } from './support/timeline';
import type { Timeline } from './support/timeline';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

describeWithPods('How Pods end', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  let timeline: Timeline;
  beforeAll(async () => {
    timeline = await recordTimeline(api, namespace);
  });
  afterAll(() => timeline?.stop());

  const create = (name: string, script: string, spec?: Record<string, any>) =>
    api.post(pods(namespace), pod(name, script, spec));
  const story = (name: string, script: string, spec?: Record<string, any>) =>
    inBackground(async () => {
      await create(name, script, spec);
      const { object } = await timeline.untilPod(name, 'ended', candidate =>
        ['Succeeded', 'Failed'].includes(candidate.status.phase),
      );
      return object;
    });
  const ending = (object: any) =>
    object.status.containerStatuses[0].state.terminated;

  const good = story('good', 'exit 0');
  const bad = story('bad', 'exit 4');
  const noted = story('noted', 'echo from-file > /dev/termination-log; exit 0');
  const fallback = story('fallback', '', {
    containers: [
      container('echo line one; echo line two; exit 4', {
        terminationMessagePolicy: 'FallbackToLogsOnError',
      }),
    ],
  });
  const killed = story('killed', 'sh -c "kill -9 \\$\\$"; exit $?');
  const noCommand = story('no-command', '', {
    containers: [{ ...container(''), command: ['/no/such/file'] }],
  });
  const init = story('init', 'true', {
    initContainers: [container('exit 2', { name: 'prepare' })],
  });
  const deadline = story('deadline', onTerm('exit 0'), {
    activeDeadlineSeconds: 3,
  });
  const crashing = inBackground(async () => {
    await create('crashing', 'exit 1', { restartPolicy: 'Always' });
    const { object } = await timeline.untilPod(
      'crashing',
      'CrashLoopBackOff',
      candidate =>
        candidate.status.containerStatuses?.[0]?.state.waiting?.reason ===
        'CrashLoopBackOff',
    );
    return object;
  });

  it('exit code 0: Succeeded, Completed', async () => {
    const object = await good();
    expect(object.status.phase).toBe('Succeeded');
    expect(ending(object)).toMatchObject({
      exitCode: 0,
      reason: 'Completed',
      startedAt: expect.stringMatching(/:\d\dZ$/),
      finishedAt: expect.stringMatching(/:\d\dZ$/),
    });
    expect(ending(object).message).toBeUndefined();
  });

  it('another exit code: Failed, Error', async () => {
    const object = await bad();
    expect(object.status.phase).toBe('Failed');
    expect(ending(object)).toMatchObject({ exitCode: 4, reason: 'Error' });
    expect(object.status.containerStatuses[0]).toMatchObject({
      ready: false,
      restartCount: 0,
    });
  });

  it('is not ready any more, and says why', async () => {
    const wanted = (reason: string) =>
      expect.arrayContaining([
        expect.objectContaining({ type: 'Ready', status: 'False', reason }),
        expect.objectContaining({
          type: 'ContainersReady',
          status: 'False',
          reason,
        }),
      ]);
    expect((await good()).status.conditions).toEqual(wanted('PodCompleted'));
    expect((await bad()).status.conditions).toEqual(wanted('PodFailed'));
  });

  it('keeps what was written to the termination log', async () => {
    expect(ending(await noted()).message).toBe('from-file\n');
  });

  it('takes the end of the log as the message where that is asked for', async () => {
    const { message } = ending(await fallback());
    expect(message).toContain('line one\n');
    expect(message).toContain('line two\n');
  });

  it('keeps the exit code that a signal makes', async () => {
    expect(ending(await killed())).toMatchObject({
      exitCode: 137,
      reason: 'Error',
    });
  });

  it('a command that does not exist: StartError, 128', async () => {
    const object = await noCommand();
    expect(object.status.phase).toBe('Failed');
    expect(ending(object)).toMatchObject({
      exitCode: 128,
      reason: expect.stringMatching(/^(StartError|ContainerCannotRun)$/),
      message: expect.stringContaining('no such file or directory'),
    });
  });

  it('a failed init container fails the Pod; its containers never start', async () => {
    const { status } = await init();
    expect(status.phase).toBe('Failed');
    expect(status.initContainerStatuses[0].state.terminated).toMatchObject({
      exitCode: 2,
      reason: 'Error',
    });
    expect(status.containerStatuses[0].state.waiting.reason).toBe(
      'PodInitializing',
    );
  });

  it('a deadline of the Pod: Failed, DeadlineExceeded', async () => {
    const { status } = await deadline();
    expect(status).toMatchObject({
      phase: 'Failed',
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    });
  });

  it('crashes again and again: CrashLoopBackOff', async () => {
    const { status, metadata } = await crashing();
    expect(status.phase).toBe('Running');
    expect(status.containerStatuses[0]).toMatchObject({
      restartCount: expect.any(Number),
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    });
    expect(status.containerStatuses[0].restartCount).toBeGreaterThanOrEqual(1);
    expect(status.containerStatuses[0].state.waiting.message).toMatch(
      new RegExp(
        `^back-off \\d+s restarting failed container=main pod=crashing_${namespace}\\(${metadata.uid}\\)$`,
      ),
    );
    const event = await eventOf(api, namespace, 'Pod', 'crashing', 'BackOff');
    expect(event).toMatchObject({
      type: 'Warning',
      message: expect.stringMatching(
        /^Back-off restarting failed container main in pod crashing_/,
      ),
    });
    await api.delete(pods(namespace, 'crashing'));
  });
});
