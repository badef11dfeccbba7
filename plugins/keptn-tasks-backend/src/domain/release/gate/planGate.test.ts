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

import {
  aGatedPod,
  aRevision,
  aVersion,
  known,
  LONG_BEFORE,
} from './__testUtils__/builders';
import type { GateObservation } from './planGate';
import { planGate } from './planGate';

const NAMED = {
  kind: 'Deployment',
  name: 'cart',
  words: [{ annotations: { 'keptn.sh/workload': 'cart' } }],
};

const plan = (observed: Partial<GateObservation>) =>
  planGate({
    pod: aGatedPod(),
    mode: 'declared',
    isOptedIn: true,
    revision: aRevision(),
    workload: NAMED,
    cleared: known(),
    ...observed,
  });

describe('a gate that goes', () => {
  const deploying = aVersion({ deploymentStatus: 'Progressing' });

  it('needs no word when the checks have passed', () => {
    expect(plan({ revision: aRevision({ versions: [deploying] }) })).toEqual({
      patch: expect.objectContaining({ spec: { schedulingGates: null } }),
      notices: [],
    });
  });

  it.each<[string, Partial<GateObservation>, string]>([
    [
      'because somebody released it says who and why',
      {
        revision: aRevision({
          versions: [
            aVersion(
              { deploymentStatus: 'Deprecated' },
              {
                'keptn-tasks/release-gate': 'flake, see OPS-7',
                'keptn-tasks/release-gate-by': 'user:default/ada',
              },
            ),
          ],
        }),
      },
      'The gate of shop-cart-1.0.0 was released by hand: flake, see OPS-7',
    ],
    [
      'because the revision ran before says so',
      { revision: aRevision({ createdAt: LONG_BEFORE, freePods: 1 }) },
      'This version ran before the namespace was looked after; it is taken as it is',
    ],
    [
      'because gates are off says so, wherever the Pod is and whatever its checks say',
      { mode: 'off', isOptedIn: false, revision: undefined },
      'Gates are switched off for this cluster; no Pod is held',
    ],
  ])('%s', (_, observed, message) => {
    expect(plan(observed)).toEqual({
      patch: expect.anything(),
      notices: [{ type: 'Normal', reason: 'GateRemoved', message }],
    });
  });
});

describe('a gate that stays', () => {
  it('of an older version of a StatefulSet says that it keeps the newer one from coming', () => {
    const failed = aVersion({ deploymentStatus: 'Deprecated' });
    expect(
      plan({ revision: aRevision({ versions: [failed] }), blocks: 'db' }),
    ).toEqual({
      notices: [
        {
          type: 'Warning',
          reason: 'OutdatedPod',
          message: expect.stringMatching(
            /^StatefulSet db has a newer version and waits for this Pod .* kubectl -n shop delete pod \S+$/,
          ),
        },
      ],
    });
  });

  it('needs no word while the checks go on', () => {
    expect(plan({ revision: aRevision({ versions: [aVersion()] }) })).toEqual({
      notices: [],
    });
  });

  it('needs no word until the version was made', () => {
    expect(plan({})).toEqual({ notices: [] });
  });

  it('needs no word while it is not known what the Pod belongs to', () => {
    expect(plan({ workload: undefined })).toEqual({ notices: [] });
  });

  it.each<[string, Partial<GateObservation>, RegExp]>([
    [
      'in a namespace that has not opted in says what to do',
      { isOptedIn: false },
      /namespace shop is not looked after\. Annotate the namespace with keptn\.sh\/lifecycle-toolkit=enabled/,
    ],
    [
      'on a Pod without a workload says what to do',
      { revision: undefined },
      /no ReplicaSet, StatefulSet or DaemonSet controls it.*Create the Pod without the gate/,
    ],
    [
      'on a Pod that names no workload says what to do',
      { workload: { ...NAMED, words: [undefined, { annotations: {} }] } },
      /names no workload.*Annotate the Pod template of Deployment cart with keptn\.sh\/workload/,
    ],
  ])('%s', (_, observed, message) => {
    expect(plan(observed)).toEqual({
      notices: [
        {
          type: 'Warning',
          reason: expect.any(String),
          message: expect.stringMatching(message),
        },
      ],
    });
  });

  it('is not reproached to a workload that is named on its Pods', () => {
    expect(
      plan({
        pod: aGatedPod({
          metadata: { labels: { 'app.kubernetes.io/name': 'cart' } },
        }),
        workload: { ...NAMED, words: [] },
      }),
    ).toEqual({ notices: [] });
  });
});
