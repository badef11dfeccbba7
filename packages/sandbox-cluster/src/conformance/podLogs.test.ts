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

import { expectStatus } from './support/expectStatus';
import { inBackground } from './support/inBackground';
import { container, onTerm, pod } from './support/objects';
import { pods } from './support/paths';
import { recordTimeline } from './support/timeline';
import type { Timeline } from './support/timeline';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z /;

describeWithPods('Pod logs', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  let timeline: Timeline;
  beforeAll(async () => {
    timeline = await recordTimeline(api, namespace);
  });
  afterAll(() => timeline?.stop());
  const log = (name: string, query: Record<string, any> = {}) =>
    api.get(pods(namespace, name, 'log'), { query, accept: '*/*' });
  const untilStarted = (name: string) =>
    timeline.untilPod(name, 'started', candidate =>
      (candidate.status.containerStatuses ?? []).some(
        (status: any) => !status.state.waiting,
      ),
    );
  const untilEnded = (name: string) =>
    timeline.untilPod(name, 'ended', candidate =>
      ['Succeeded', 'Failed'].includes(candidate.status.phase),
    );

  const writer = inBackground(async () => {
    await api.post(
      pods(namespace),
      pod(
        'writer',
        'for i in 1 2 3 4; do echo "line $i"; sleep 1; done; echo oops >&2; sleep 1; printf "no newline at end"',
      ),
    );
    await untilStarted('writer');
    const stream = await api.stream(pods(namespace, 'writer', 'log'), {
      query: { follow: true },
    });
    await stream.closed;
    await untilEnded('writer');
    return stream;
  });
  const two = inBackground(async () => {
    await api.post(
      pods(namespace),
      pod('two', '', {
        containers: [
          container('echo from main; sleep 300'),
          container('echo from side; sleep 300', { name: 'side' }),
        ],
      }),
    );
    await timeline.untilPod(
      'two',
      'running',
      candidate => candidate.status.phase === 'Running',
    );
  });
  const restarted = inBackground(async () => {
    await api.post(
      pods(namespace),
      pod('restarted', 'echo a run; sleep 3; exit 1', {
        restartPolicy: 'Always',
      }),
    );
    await timeline.untilPod(
      'restarted',
      'restarted',
      candidate =>
        candidate.status.containerStatuses?.[0]?.restartCount >= 1 &&
        candidate.status.containerStatuses[0].state.running,
    );
    return log('restarted', { previous: true });
  });
  const interrupted = inBackground(async () => {
    await api.post(
      pods(namespace),
      pod('interrupted', onTerm('echo bye; exit 0')),
    );
    await untilStarted('interrupted');
    const stream = await api.stream(pods(namespace, 'interrupted', 'log'), {
      query: { follow: true },
    });
    await stream.until('ready');
    await api.delete(pods(namespace, 'interrupted'));
    await stream.closed;
    return stream.text;
  });

  const ALL = 'line 1\nline 2\nline 3\nline 4\noops\nno newline at end';

  it('are followed line by line until the container ends', async () => {
    const stream = await writer();
    expect(stream.contentType).toMatch(/^text\/plain/);
    expect(stream.text).toBe(ALL);
    const first = stream.chunks.find(({ text }) => text.includes('line 1'));
    const last = stream.chunks[stream.chunks.length - 1];
    // Five seconds lie between the first and the last line, some of which may be over before the log is open.
    expect(last.afterMs - first!.afterMs).toBeGreaterThanOrEqual(1_000);
  });

  it('are followed to the last word of a Pod that is deleted', async () => {
    expect(await interrupted()).toBe('ready\nbye\n');
  });

  it('are plain text, as they were written', async () => {
    await writer();
    const { status, contentType, text } = await log('writer');
    expect(status).toBe(200);
    expect(contentType).toMatch(/^text\/plain/);
    expect(text).toBe(ALL);
    const json = await api.get(pods(namespace, 'writer', 'log'));
    expect([json.status, json.text]).toEqual([200, text]);
  });

  it('can be followed after the end', async () => {
    await writer();
    const stream = await api.stream(pods(namespace, 'writer', 'log'), {
      query: { follow: true },
    });
    await stream.closed;
    expect(stream.text).toBe((await log('writer')).text);
  });

  it('can be cut: tailLines, limitBytes', async () => {
    await writer();
    const whole = (await log('writer')).text;
    const tail = await log('writer', { tailLines: 2 });
    expect(tail.text).toBe(whole.split('\n').slice(-2).join('\n'));
    expect((await log('writer', { tailLines: 0 })).text).toBe('');
    const head = await log('writer', { limitBytes: 9 });
    expect(head.text).toBe(whole.slice(0, 9));
  });

  it('can carry timestamps', async () => {
    await writer();
    const { text } = await log('writer', { timestamps: true });
    const lines = text.split('\n');
    expect(lines).toHaveLength(6);
    for (const line of lines) {
      expect(line).toMatch(STAMP);
    }
    const tail = await log('writer', { timestamps: true, tailLines: 1 });
    expect(tail.text).toBe(lines[5]);
  });

  it('can start at a time', async () => {
    await writer();
    const lines = (await log('writer', { timestamps: true })).text.split('\n');
    // Cut to whole seconds, which come before the line itself.
    const sinceTime = `${lines[2].slice(0, 19)}Z`;
    const { text } = await log('writer', { sinceTime });
    expect(text).toContain('line 3');
    expect(text).not.toContain('line 1');
    const old = await log('writer', { sinceSeconds: 3600 });
    expect(old.text).toContain('line 1');
  });

  it.each([
    [{ limitBytes: 0 }, 'limitBytes', /must be greater than 0/],
    [{ tailLines: -1 }, 'tailLines', /must be greater than or equal to 0/],
    [
      { sinceSeconds: 3, sinceTime: '2026-01-01T00:00:00Z' },
      undefined,
      /at most one of `sinceTime` or `sinceSeconds` may be specified/,
    ],
  ])('refuse %j', async (query, field, message) => {
    await writer();
    expectStatus(await log('writer', query), {
      code: 422,
      reason: 'Invalid',
      message,
      details: { name: 'writer', kind: 'PodLogOptions' },
      ...(field && { causes: [{ field }] }),
    });
  });

  it('refuse a time that is none', async () => {
    await writer();
    expectStatus(await log('writer', { sinceTime: 'yesterday' }), {
      code: 400,
      reason: 'BadRequest',
      message: /^parsing time "yesterday"/,
    });
  });

  it('want the name of the container when there are several', async () => {
    await two();
    expectStatus(await log('two'), {
      code: 400,
      reason: 'BadRequest',
      message:
        'a container name must be specified for pod two, choose one of: [main side]',
    });
    const side = await log('two', { container: 'side' });
    expect([side.status, side.text]).toEqual([200, 'from side\n']);
    expectStatus(await log('two', { container: 'nope' }), {
      code: 400,
      reason: 'BadRequest',
      message: 'container nope is not valid for pod two',
    });
    await api.delete(pods(namespace, 'two'));
  });

  it('of the run before are there while the container runs again', async () => {
    const { status, text } = await restarted();
    expect([status, text]).toEqual([200, 'a run\n']);
    await api.delete(pods(namespace, 'restarted'));
  });

  it('of a run before that never was are refused', async () => {
    await writer();
    expectStatus(await log('writer', { previous: true }), {
      code: 400,
      reason: 'BadRequest',
      message: 'previous terminated container "main" in pod "writer" not found',
    });
  });

  it('of a Pod that is not there are NotFound', async () => {
    expectStatus(await log('nobody'), {
      code: 404,
      reason: 'NotFound',
      message: 'pods "nobody" not found',
    });
  });
});
