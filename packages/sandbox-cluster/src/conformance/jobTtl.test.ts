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

import { setTimeout as sleep } from 'node:timers/promises';
import { inBackground } from './support/inBackground';
import { job } from './support/objects';
import { jobs } from './support/paths';
import { isFinished, recordTimeline } from './support/timeline';
import type { Timeline } from './support/timeline';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

describeWithPods('A Job with a time to live', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  let timeline: Timeline;
  beforeAll(async () => {
    timeline = await recordTimeline(api, namespace);
  });
  afterAll(() => timeline?.stop());
  const untilDeleted = (name: string) =>
    timeline.jobs.until(
      ({ type, object }) => type === 'DELETED' && object.metadata.name === name,
      `Job ${name} deleted`,
    );

  const early = inBackground(async () => {
    await api.post(
      jobs(namespace),
      job('early', 'true', { ttlSecondsAfterFinished: 4 }),
    );
    const finished = await timeline.untilJob('early', 'finished', isFinished);
    return { finished, deleted: await untilDeleted('early') };
  });
  const late = inBackground(async () => {
    await api.post(jobs(namespace), job('late', 'true'));
    const finished = await timeline.untilJob('late', 'finished', isFinished);
    // Longer than the time to live that it will get.
    await sleep(4_000);
    const before = await api.get(jobs(namespace, 'late'));
    const patched = await api.patch(jobs(namespace, 'late'), {
      spec: { ttlSecondsAfterFinished: 2 },
    });
    const patchedAfterMs = Date.now();
    const deleted = await untilDeleted('late');
    return {
      finished,
      before,
      patched,
      deleted,
      tookMs: Date.now() - patchedAfterMs,
    };
  });

  it('is deleted that long after it has finished, not earlier', async () => {
    const { finished, deleted } = await early();
    const { completionTime } = finished.object.status;
    expect(completionTime).toEqual(expect.any(String));
    // Whole seconds: up to one may be missing.
    const lived = deleted.afterMs - finished.afterMs;
    expect(lived).toBeGreaterThanOrEqual(2_900);
    expect(lived).toBeLessThan(30_000);
  });

  it('is deleted in the foreground: its Pods go first', async () => {
    const { deleted } = await early();
    const marked = timeline.jobs
      .about('early')
      .find(({ object }) => object.metadata.deletionTimestamp);
    expect(marked?.type).toBe('MODIFIED');
    expect(marked?.object.metadata.finalizers).toEqual(['foregroundDeletion']);
    const gone = await timeline.untilPod(
      'early',
      'deleted',
      (_, { type }) => type === 'DELETED',
    );
    expect(BigInt(gone.object.metadata.resourceVersion)).toBeLessThan(
      BigInt(deleted.object.metadata.resourceVersion),
    );
  });

  it('stays when it has none', async () => {
    expect((await late()).before.status).toBe(200);
  });

  it('is deleted at once when a time to live is set that is over already', async () => {
    const { patched, deleted, tookMs } = await late();
    expect(patched.status).toBe(200);
    expect(patched.body.spec.ttlSecondsAfterFinished).toBe(2);
    expect(deleted.object.metadata.name).toBe('late');
    expect(tookMs).toBeLessThan(15_000);
    await timeline.untilPod(
      'late',
      'deleted',
      (_, { type }) => type === 'DELETED',
    );
  });
});
