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

import { at } from '../__testUtils__/builders';
import { ownerReference } from '../ownership';
import {
  anAppVersion,
  appObservation,
  nameOfItem,
} from './phase/__testUtils__/versionBuilders';
import { planAppVersion } from './planAppVersion';
import type { KeptnEvaluation, KeptnEvaluationDefinition } from './resources';

const latency: KeptnEvaluationDefinition = {
  apiVersion: 'lifecycle.keptn.sh/v1',
  kind: 'KeptnEvaluationDefinition',
  metadata: { name: 'latency', namespace: 'shop', uid: 'ked-1' },
  spec: { objectives: [], retries: 3, retryInterval: '2s' },
};
const bare = anAppVersion();
const name = nameOfItem(bare, 'pre-eval', 'latency');
const named = anAppVersion({
  spec: { preDeploymentEvaluations: ['latency'] },
  status: {
    status: 'Progressing',
    currentPhase: 'AppPreDeployEvaluations',
    preDeploymentStatus: 'Succeeded',
    preDeploymentEvaluationTaskStatus: [{ definitionName: 'latency', name }],
  },
});

function anEvaluation(status: KeptnEvaluation['status']): KeptnEvaluation {
  return {
    apiVersion: 'lifecycle.keptn.sh/v1',
    kind: 'KeptnEvaluation',
    metadata: {
      name,
      namespace: 'shop',
      uid: 'ke-1',
      creationTimestamp: at(3),
      ownerReferences: [ownerReference(named)],
    },
    spec: { evaluationDefinition: 'latency', workloadVersion: '' },
    status,
  };
}

describe('a phase of evaluations', () => {
  it('asks for an evaluation that is as patient as its definition', () => {
    const { creations } = planAppVersion(
      appObservation(named, { evaluationDefinitions: [latency] }),
    );
    expect(creations).toMatchObject([
      {
        kind: 'KeptnEvaluation',
        object: {
          metadata: { name, namespace: 'shop' },
          spec: {
            appName: 'shop',
            appVersion: '7',
            workloadVersion: '',
            evaluationDefinition: 'latency',
            checkType: 'pre-eval',
            retries: 3,
            retryInterval: '2s',
          },
        },
      },
    ]);
  });

  it('fails with an evaluation, in its words', () => {
    const { status, notices } = planAppVersion(
      appObservation(named, {
        evaluationDefinitions: [latency],
        objects: [
          anEvaluation({
            overallStatus: 'Failed',
            endTime: '2026-01-01T12:00:09Z',
            evaluationStatus: {
              p95: {
                status: 'Failed',
                value: '812',
                message: 'Metric p95 is 812, not < 500.',
              },
            },
          }),
        ],
      }),
    );
    expect(status.preDeploymentEvaluationStatus).toBe('Failed');
    expect(notices.at(-1)?.message).toBe(
      'App Pre-Deployment Evaluations failed. Evaluation latency failed: Metric p95 is 812, not < 500.',
    );
  });

  it('fails at once where the cluster has no metrics, and says so', () => {
    const { status, notices } = planAppVersion(
      appObservation(
        anAppVersion({ spec: { preDeploymentEvaluations: ['latency'] } }),
        { evaluationDefinitions: [latency], metricsServed: false },
      ),
    );
    expect(status).toMatchObject({
      status: 'Failed',
      preDeploymentEvaluationStatus: 'Failed',
      workloadOverallStatus: 'Deprecated',
    });
    expect(notices.at(-1)?.message).toContain('the cluster has no metrics');
  });

  it('waits for a definition that is missing (D-06)', () => {
    const version = anAppVersion({
      spec: { preDeploymentEvaluations: ['latency'] },
    });
    const { status } = planAppVersion(appObservation(version));
    expect(status.preDeploymentEvaluationStatus).toBe('Pending');

    const later = planAppVersion(
      appObservation({ ...version, status }, {}, { now: at(15) }),
    );
    expect(later.status).toEqual(status);
    expect(later.requeueAfterMs).toBe(115_000);
    expect(later.notices.map(({ reason }) => reason)).toEqual([
      'CreateEvaluationNotFound',
    ]);
  });
});
