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

import { ControllerRunner } from '../runtime/ControllerRunner';
import { createAppController } from './app/appController';
import { createAppVersionController } from './appVersion/appVersionController';
import { createCreationRequestController } from './app/creationRequestController';
import { createEvaluationController } from './evaluation/evaluationController';
import { createClearedRevisionsController } from './gate/clearedRevisionsController';
import { createGateController } from './gate/gateController';
import { createOptInController } from './optIn';
import type { ReleaseContext } from './ReleaseContext';
import type { CreateReleaseController } from './ReleaseController';
import { createRevisionController } from './workload/revisionController';
import { createWorkloadController } from './workload/workloadController';
import { createWorkloadVersionController } from './workloadVersion/workloadVersionController';

/**
 * From a Pod template to the end of a release, one controller for each step. Each makes the objects that the next one
 * looks at, or reports on its own; none knows another.
 *
 *   ReplicaSet, StatefulSet, DaemonSet ─▶ KeptnWorkload ─▶ KeptnWorkloadVersion ─▶ gate of its Pods
 *                                    └─▶ KeptnAppCreationRequest ─▶ KeptnApp ─▶ KeptnAppVersion
 */
const CONTROLLERS: CreateReleaseController[] = [
  createRevisionController,
  createWorkloadController,
  createCreationRequestController,
  createAppController,
  createAppVersionController,
  createWorkloadVersionController,
  createEvaluationController,
  createGateController,
  createClearedRevisionsController,
  createOptInController,
];

/** The controllers of releases of a cluster. Nothing wakes them before `connect`. */
export interface ReleaseControllers {
  runners: ControllerRunner[];
  /** Looks at everything now, and from now on at whatever changes. */
  connect(): void;
  /** Takes no more news, and waits for the looks under way, but not longer than the bound. */
  stop(boundMs: number): Promise<void>;
}

export function createReleaseControllers(
  context: ReleaseContext,
  workers: number,
): ReleaseControllers {
  const parts = CONTROLLERS.map(create => {
    const controller = create(context);
    const runner = new ControllerRunner({
      name: controller.name,
      reconcile: controller.reconcile,
      workers,
      logger: context.logger,
    });
    return { controller, runner };
  });
  let disconnect: (() => void)[] = [];
  return {
    runners: parts.map(({ runner }) => runner),

    connect() {
      disconnect = parts.map(({ controller, runner }) =>
        controller.connect(runner.wake),
      );
      for (const { controller, runner } of parts) {
        for (const key of controller.keys()) {
          runner.wake(key);
        }
        runner.start();
      }
    },

    async stop(boundMs) {
      disconnect.forEach(end => end());
      await Promise.all(parts.map(({ runner }) => runner.stop(boundMs)));
    },
  };
}
