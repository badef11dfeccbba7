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
import { stateOfWorkload } from './appPhases';
import {
  anAppVersion,
  appObservation,
  aWorkloadVersion,
  listed,
} from './phase/__testUtils__/versionBuilders';
import type { KeptnWorkloadVersionStatus } from './resources';
import { defaultReleaseSettings } from './settings';

const CREATED = at(0);
/** Discovery may take 30 s, and as long again is waited for. */
const settings = { ...defaultReleaseSettings, discoverySeconds: 30 };

function stateAt(seconds: number, status: KeptnWorkloadVersionStatus) {
  const cart = listed('cart', '2.3.0', aWorkloadVersion({ status }));
  const look = appObservation(
    anAppVersion({ metadata: { creationTimestamp: CREATED } }),
    {},
    { settings, now: at(seconds), workloads: [cart] },
  );
  return stateOfWorkload(look, cart);
}
const ended = (status: 'Failed' | 'Deprecated', seconds: number) => ({
  status,
  endTime: at(seconds).toISOString(),
});

describe('the state of a workload for its app', () => {
  it('D-37 is open for a while when another version was asked for: the next attempt of the app is about to come', () => {
    expect(stateAt(101, ended('Deprecated', 100))).toEqual({
      state: 'Pending',
      againMs: 59_000,
    });
    expect(stateAt(160, ended('Deprecated', 100))).toEqual({
      state: 'Deprecated',
    });
  });

  it('is failed at once when its checks have failed', () => {
    expect(stateAt(101, ended('Failed', 100))).toEqual({ state: 'Failed' });
  });

  it('waits for one that was superseded before the app was made to begin again', () => {
    expect(stateAt(1, ended('Deprecated', -10))).toEqual({
      state: 'Pending',
      againMs: 29_000,
    });
    expect(stateAt(30, ended('Deprecated', -10))).toEqual({
      state: 'Deprecated',
    });
  });
});
