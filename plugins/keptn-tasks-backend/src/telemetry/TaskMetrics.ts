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

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { toError } from '@backstage/errors';
import type { KeptnTask } from '../domain/resources';
import type { RunStore } from '../history/RunStore';
import type { Reading } from './Gauge';
import { Gauge } from './Gauge';
import { runLabels, taskLabels } from './labels';
import { Outcomes } from './Outcomes';

/**
 * The metrics of tasks, under Keptn's names. A run is counted by the process whose write has ended it in the history,
 * so that it is counted once, whoever restarts and however many replicas there are.
 */
export class TaskMetrics {
  private readonly outcomes: Outcomes;
  private readonly active: Gauge;

  constructor(
    private readonly options: {
      metrics: MetricsService;
      runs: Pick<RunStore, 'get'>;
      logger: LoggerService;
    },
  ) {
    const { metrics } = options;
    this.outcomes = new Outcomes(metrics, 'keptn.task', 'Tasks');
    this.active = new Gauge(metrics, 'keptn.task.active', 'Tasks under way');
  }

  /** These runs were ended by a write of this process. Waits for nobody. */
  runsEnded(ids: string[]): void {
    for (const id of ids) {
      this.count(id).catch(error =>
        this.options.logger.debug(
          `Run ${id} is missing in the metrics: ${toError(error).message}`,
        ),
      );
    }
  }

  /** Asks for the tasks of a cluster at each collection, until the returned function is called. */
  observe(cluster: string, tasks: () => Iterable<KeptnTask>): () => void {
    return this.active.add(() => readActive(cluster, tasks()));
  }

  private async count(id: string): Promise<void> {
    const run = await this.options.runs.get(id);
    if (run) {
      this.outcomes.record({
        labels: runLabels(run),
        from: run.startedAt,
        to: run.finishedAt,
        measured: true,
      });
    }
  }
}

/** How many have begun and not ended, by what they do. Nothing is told of those that are over: there are many. */
function* readActive(
  cluster: string,
  tasks: Iterable<KeptnTask>,
): Iterable<Reading> {
  for (const task of tasks) {
    const { status, startTime, endTime } = task.status ?? {};
    const isOver = status === 'Succeeded' || status === 'Failed' || endTime;
    if (startTime && !isOver) {
      yield { labels: taskLabels(cluster, task), value: 1 };
    }
  }
}
