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

import { ClusterError } from '../../cluster/ClusterError';
import { until } from '../../__testUtils__/until';
import { mockServices } from '@backstage/backend-test-utils';
import { ControllerRunner } from './ControllerRunner';

describe('ControllerRunner', () => {
  const key = { namespace: 'shop', name: 'task' };
  const runners: ControllerRunner[] = [];
  afterEach(async () => {
    await Promise.all(runners.splice(0).map(runner => runner.stop(1_000)));
  });

  function start(
    reconcile: ConstructorParameters<typeof ControllerRunner>[0]['reconcile'],
  ) {
    const logger = mockServices.logger.mock();
    const runner = new ControllerRunner({
      name: 'task',
      reconcile,
      workers: 3,
      logger,
    });
    runners.push(runner);
    runner.start();
    return { runner, logger };
  }

  it('looks again at once after a conflict, without a word', async () => {
    let looks = 0;
    const { runner, logger } = start(async () => {
      looks += 1;
      if (looks < 3) {
        throw new ClusterError('conflict', 'somebody was faster');
      }
      return {};
    });
    runner.wake(key);
    await until(() => looks === 3);
    expect(logger.warn).not.toHaveBeenCalled();
    expect(runner.errorCount).toBe(0);
  });

  it('looks again later when the cluster is away, and says it once', async () => {
    let looks = 0;
    const { runner, logger } = start(async () => {
      looks += 1;
      if (looks < 3) {
        throw new ClusterError('unavailable', 'nobody answers');
      }
      return {};
    });
    runner.wake(key);
    await until(() => looks === 3);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      'task shop/task is looked at again later: nobody answers',
    );
  });

  it('waits as long as the API server asks', async () => {
    const looks: number[] = [];
    const { runner } = start(async () => {
      looks.push(Date.now());
      if (looks.length === 1) {
        throw new ClusterError('too-many-requests', 'slow down', {
          retryAfterMs: 500,
        });
      }
      return {};
    });
    runner.wake(key);
    await until(() => looks.length === 2);
    expect(looks[1] - looks[0]).toBeGreaterThanOrEqual(490);
  });

  it('leaves a key alone that is somebody else’s now', async () => {
    let looks = 0;
    const { runner } = start(async () => {
      looks += 1;
      throw new ClusterError('not-leader', 'not ours');
    });
    runner.wake(key);
    await until(() => looks === 1);
    await new Promise(done => setTimeout(done, 400));
    expect(looks).toBe(1);
  });

  it('goes on with other keys when one is broken', async () => {
    const seen: string[] = [];
    const { runner, logger } = start(async ({ name }) => {
      seen.push(name);
      if (name === 'broken') {
        throw new TypeError('a bug');
      }
      return {};
    });
    runner.wake({ namespace: 'shop', name: 'broken' });
    runner.wake({ namespace: 'shop', name: 'fine' });
    await until(() => seen.includes('fine'));
    expect(logger.error).toHaveBeenCalledWith(
      'Looking at task shop/broken failed',
      expect.any(TypeError),
    );
  });

  it('comes back when a look asks for it', async () => {
    let looks = 0;
    const { runner } = start(async () => {
      looks += 1;
      return looks === 1 ? { requeueAfterMs: 50 } : {};
    });
    runner.wake(key);
    await until(() => looks === 2);
  });

  it('waits for looks under way when it stops, but not for ever', async () => {
    let finish: () => void = () => undefined;
    let isOver = false;
    const { runner } = start(async () => {
      await new Promise<void>(resolve => {
        finish = resolve;
      });
      isOver = true;
      return {};
    });
    runner.wake(key);
    await until(() => runner.queue.activeCount === 1);
    const started = Date.now();
    await runner.stop(100);
    expect(Date.now() - started).toBeLessThan(2_000);
    expect(isOver).toBe(false);

    const stopping = runner.stop(5_000);
    finish();
    await stopping;
    expect(isOver).toBe(true);
  });
});
