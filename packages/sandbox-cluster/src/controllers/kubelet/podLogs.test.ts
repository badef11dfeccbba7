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

import { TestCluster, main, pause } from '../__testUtils__/testCluster';

describe('The log of a container', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster();
  });
  afterAll(() => cluster.stop());

  it('is followed from its beginning to its end while the container writes', async () => {
    cluster.runPod(
      'writer',
      'for i in 1 2 3; do echo "line $i"; sleep 0.15; done; printf "no newline"',
    );
    const pod = await cluster.untilPhase('writer', 'Running');
    const { signal } = new AbortController();
    const source = cluster.controllers.podLogs;
    const log = await source.open(pod, { follow: true }, signal);
    const chunks: string[] = [];
    for await (const chunk of log!) chunks.push(Buffer.from(chunk).toString());
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.join('')).toBe('line 1\nline 2\nline 3\nno newline');
  });

  it('stops being followed when the client leaves', async () => {
    cluster.runPod('endless', 'echo here; sleep 60');
    const pod = await cluster.untilPhase('endless', 'Running');
    const client = new AbortController();
    const log = await cluster.controllers.podLogs.open(
      pod,
      { follow: true },
      client.signal,
    );
    const chunks: string[] = [];
    for await (const chunk of log!) {
      chunks.push(Buffer.from(chunk).toString());
      client.abort();
    }
    expect(chunks).toEqual(['here\n']);
  });

  it('is read to its end by a slow client, although the Pod is gone', async () => {
    cluster.runPod('big', 'head -c 300000 /dev/zero | tr "\\0" x; sleep 60');
    const pod = await cluster.untilPhase('big', 'Running');
    await pause(300);
    const { signal } = new AbortController();
    const log = await cluster.controllers.podLogs.open(
      pod,
      { follow: true },
      signal,
    );
    let length = 0;
    for await (const chunk of log!) {
      if (length === 0) {
        cluster.api
          .resource('v1', 'Pod')
          .delete('default', 'big', { gracePeriodSeconds: 0 });
        await pause(500);
      }
      length += chunk.length;
    }
    expect(cluster.get('Pod', 'big')).toBeUndefined();
    expect(length).toBe(300_000);
  });

  describe('of three lines', () => {
    beforeAll(async () => {
      cluster.runPod('lines', 'echo a; sleep 1.2; echo b; printf c');
      await cluster.untilPhase('lines', 'Succeeded');
    });

    it.each([
      [{}, 'a\nb\nc'],
      [{ tailLines: 2 }, 'b\nc'],
      [{ tailLines: 0 }, ''],
      [{ tailLines: 10 }, 'a\nb\nc'],
      [{ limitBytes: 3 }, 'a\nb'],
      [{ sinceSeconds: 1 }, 'b\nc'],
      [{ follow: true, tailLines: 1 }, 'c'],
    ])('with %j', async (options, text) => {
      expect(await cluster.log('lines', options)).toBe(text);
    });

    it('with timestamps', async () => {
      const text = await cluster.log('lines', { timestamps: true });
      const [first, second] = text.split('\n');
      expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z a$/);
      const sinceTime = second.split(' ')[0];
      expect(await cluster.log('lines', { sinceTime })).toBe('b\nc');
    });
  });

  it('keeps long lines, characters cut in two, and bytes that are no text', async () => {
    const script = [
      'head -c 40000 /dev/zero | tr "\\0" x; echo',
      'printf "\\303"; sleep 0.1; printf "\\251\\n"',
      'printf "\\377\\000\\n"',
    ].join('; ');
    cluster.runPod('odd', script);
    const pod = await cluster.untilPhase('odd', 'Succeeded');
    const { signal } = new AbortController();
    const log = await cluster.controllers.podLogs.open(pod, {}, signal);
    const parts: Uint8Array[] = [];
    for await (const chunk of log!) parts.push(chunk);
    const expected = Buffer.concat([
      Buffer.from(`${'x'.repeat(40_000)}\né\n`),
      Buffer.from([0xff, 0x00, 0x0a]),
    ]);
    expect(Buffer.concat(parts).equals(expected)).toBe(true);
  });

  it('answers with the words of the kubelet', async () => {
    cluster.runPod('quiet', 'true');
    await cluster.untilPhase('quiet', 'Succeeded');
    await expect(
      cluster.log('quiet', { container: 'nope' }),
    ).rejects.toMatchObject({
      code: 400,
      message: 'container nope is not valid for pod quiet',
    });
    await expect(
      cluster.log('quiet', { previous: true }),
    ).rejects.toMatchObject({
      message: 'previous terminated container "main" in pod "quiet" not found',
    });
    cluster.runPod('nowhere', 'true', {}, { nodeSelector: { a: 'b' } });
    const { signal } = new AbortController();
    const pod = cluster.get('Pod', 'nowhere')!;
    const { podLogs } = cluster.controllers;
    expect(await podLogs.open(pod, {}, signal)).toBeUndefined();
  });

  it('is kept of the run before', async () => {
    cluster.create('Pod', {
      name: 'crash',
      spec: {
        restartPolicy: 'Always',
        containers: [
          main('echo run >> /count/n; wc -l < /count/n; exit 1', {
            volumeMounts: [{ name: 'count', mountPath: '/count' }],
          }),
        ],
        volumes: [{ name: 'count', emptyDir: {} }],
      },
    });
    const pod = await cluster.until(
      'Pod',
      'crash',
      ({ status }) =>
        status.containerStatuses?.[0].state.waiting?.reason ===
        'CrashLoopBackOff',
    );
    const [status] = pod.status.containerStatuses;
    expect(status.state.waiting.message).toBe(
      `back-off 200ms restarting failed container=main pod=crash_default(${pod.metadata.uid})`,
    );
    expect(pod.status.phase).toBe('Running');
    await cluster.until(
      'Pod',
      'crash',
      ({ status: now }) => now.containerStatuses[0].restartCount === 2,
    );
    await cluster.until(
      'Pod',
      'crash',
      ({ status: now }) => now.containerStatuses[0].state.terminated,
    );
    expect((await cluster.log('crash')).trim()).toBe('3');
    expect((await cluster.log('crash', { previous: true })).trim()).toBe('2');
  });
});
