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

import { TestCluster, pause } from '../__testUtils__/testCluster';

const LOOP = 'while :; do sleep 0.05; done';

describe('How containers end', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster();
  });
  afterAll(() => cluster.stop());

  const terminated = async (name: string, phase: string) => {
    const { status } = await cluster.untilPhase(name, phase);
    return status.containerStatuses[0].state.terminated;
  };

  it('with a message left behind', async () => {
    cluster.runPod('msg', 'echo from-file > /dev/termination-log');
    expect(await terminated('msg', 'Succeeded')).toMatchObject({
      exitCode: 0,
      message: 'from-file\n',
    });
  });

  it('with the end of the log as message, when asked for and failed', async () => {
    const terminationMessagePolicy = 'FallbackToLogsOnError';
    const policy = { terminationMessagePolicy };
    cluster.runPod('fallback', 'echo one; sleep 0.1; echo two; exit 4', policy);
    expect(await terminated('fallback', 'Failed')).toMatchObject({
      exitCode: 4,
      reason: 'Error',
      message: 'one\ntwo\n',
    });
    cluster.runPod('fine', 'echo one', policy);
    const ended = await terminated('fine', 'Succeeded');
    expect(ended.message).toBeUndefined();
  });

  it.each([
    [
      'a path that is not there',
      '/no/such/file',
      'stat /no/such/file: no such file or directory',
    ],
    [
      'a name that is not there',
      'no-such-program',
      'executable file not found in $PATH',
    ],
    ['a file that is no program', '/etc/passwd', 'permission denied'],
  ])('before they start: %s', async (_, command, why) => {
    const name = `start-${command.replace(/\W+/g, '')}`;
    cluster.runPod(name, '', { command: [command] });
    const message = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "${command}": ${why}`;
    expect(await terminated(name, 'Failed')).toMatchObject({
      exitCode: 128,
      reason: 'StartError',
      message,
      startedAt: '1970-01-01T00:00:00Z',
    });
    expect(cluster.events(name)).toContain(`Failed: Error: ${message}`);
  });

  it('by a signal', async () => {
    cluster.runPod('signal', 'kill -9 $$$$');
    expect(await terminated('signal', 'Failed')).toMatchObject({
      exitCode: 137,
      reason: 'Error',
    });
  });

  it('for more memory than their limit', async () => {
    cluster.runPod('oom', 'x=a; while :; do x=$x$x; done', {
      resources: { limits: { memory: '64Mi' } },
    });
    expect(await terminated('oom', 'Failed')).toMatchObject({
      exitCode: 137,
      reason: 'OOMKilled',
    });
  });

  it('at the deadline of their Pod', async () => {
    cluster.runPod(
      'dead',
      `trap "exit 0" TERM; ${LOOP}`,
      {},
      { activeDeadlineSeconds: 1 },
    );
    const { status } = await cluster.untilPhase('dead', 'Failed');
    expect(status).toMatchObject({
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
      containerStatuses: [{ state: { terminated: { exitCode: 0 } } }],
    });
  });

  it('within the grace period of a deletion, with what they started', async () => {
    cluster.runPod('traps', `trap "exit 7" TERM; sleep 61 & ${LOOP}`);
    await cluster.untilPhase('traps', 'Running');
    await pause(100);
    const states = cluster.record('Pod', 'traps');
    cluster.api.resource('v1', 'Pod').delete('default', 'traps');
    await cluster.untilGone('Pod', 'traps');
    const last = states.at(-1)!;
    expect(last.status).toMatchObject({
      phase: 'Failed',
      containerStatuses: [{ state: { terminated: { exitCode: 7 } } }],
    });
    expect(cluster.events('traps')).toContain(
      'Killing: Stopping container main',
    );
  });

  it('by one signal, however often their Pod changes meanwhile', async () => {
    const script = 'trap "echo told; sleep 0.6; exit 0" TERM';
    cluster.runPod('once', `${script}; while :; do sleep 0.05; done`);
    await cluster.untilPhase('once', 'Running');
    await pause(100);
    const pods = cluster.api.resource('v1', 'Pod');
    pods.delete('default', 'once');
    const pod = cluster.get('Pod', 'once')!;
    const { signal } = new AbortController();
    const { podLogs } = cluster.controllers;
    const log = await podLogs.open(pod, { follow: true }, signal);
    for (const step of ['a', 'b', 'c']) {
      await pause(50);
      const current = cluster.get('Pod', 'once')!;
      const annotations = { step };
      pods.update({
        ...current,
        metadata: { ...current.metadata, annotations },
      });
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of log!) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('told\n');
  });

  it('after the grace period, when they ignore the signal', async () => {
    cluster.runPod(
      'ignores',
      `trap "" TERM; ${LOOP}`,
      {},
      { terminationGracePeriodSeconds: 1 },
    );
    await cluster.untilPhase('ignores', 'Running');
    await pause(100);
    const states = cluster.record('Pod', 'ignores');
    const before = Date.now();
    cluster.api.resource('v1', 'Pod').delete('default', 'ignores');
    await cluster.untilGone('Pod', 'ignores');
    expect(Date.now() - before).toBeGreaterThan(900);
    expect(states.at(-1)!.status.containerStatuses[0].state).toMatchObject({
      terminated: { exitCode: 137, reason: 'Error' },
    });
  });

  it('at once when their Pod is deleted by force', async () => {
    cluster.runPod('forced', `trap "" TERM; echo $$$$; ${LOOP}`);
    await cluster.untilPhase('forced', 'Running');
    await pause(100);
    const pid = Number((await cluster.log('forced')).trim());
    expect(() => process.kill(pid, 0)).not.toThrow();
    cluster.api
      .resource('v1', 'Pod')
      .delete('default', 'forced', { gracePeriodSeconds: 0 });
    expect(cluster.get('Pod', 'forced')).toBeUndefined();
    await eventually(() => !alive(pid));
  });

  it('waits for a free place when many run', async () => {
    const small = new TestCluster({ maxProcesses: 1 });
    try {
      small.runPod('one', 'sleep 0.5');
      await small.untilPhase('one', 'Running');
      small.runPod('two', 'true');
      await pause(150);
      expect(small.get('Pod', 'two')!.status).toMatchObject({
        phase: 'Pending',
        containerStatuses: [
          { state: { waiting: { reason: 'ContainerCreating' } } },
        ],
      });
      await small.untilPhase('two', 'Succeeded');
    } finally {
      await small.stop();
    }
  });

  it('when the sandbox stops, also those that left their group', async () => {
    const stopped = new TestCluster();
    stopped.runPod('stays', `trap "" TERM; setsid sleep 60 & echo $!; ${LOOP}`);
    await stopped.untilPhase('stays', 'Running');
    await pause(150);
    const pid = Number((await stopped.log('stays')).trim());
    expect(alive(pid)).toBe(true);
    await stopped.stop();
    await eventually(() => !alive(pid));
  });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function eventually(holds: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('It did not happen');
    await pause(20);
  }
}
