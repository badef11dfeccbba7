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

import { at } from '../../__testUtils__/builders';
import type { KeptnAppCreationRequest, KeptnConfig } from '../resources';
import { defaultReleaseSettings } from '../settings';
import { discoverySeconds, remainingWindowMs } from './discoveryWindow';

const aConfig = (
  namespace: string,
  keptnAppCreationRequestTimeoutSeconds?: number,
) =>
  ({
    metadata: { name: 'config', namespace },
    spec: { keptnAppCreationRequestTimeoutSeconds },
  } as KeptnConfig);

const aRequest = (annotations?: Record<string, string>) =>
  ({
    metadata: { annotations, creationTimestamp: at(0) },
  } as unknown as KeptnAppCreationRequest);

describe('discoverySeconds', () => {
  const seconds = (...configs: KeptnConfig[]) =>
    discoverySeconds(defaultReleaseSettings, configs, 'keptn-system');

  it('is our setting where no KeptnConfig says anything', () => {
    expect(seconds()).toBe(30);
    expect(seconds(aConfig('keptn-system'))).toBe(30);
  });

  it('is that of the KeptnConfig in the Keptn namespace, also when it is none', () => {
    expect(seconds(aConfig('keptn-system', 0))).toBe(0);
  });

  it('D-58 is not that of a KeptnConfig elsewhere', () => {
    expect(seconds(aConfig('shop', 5))).toBe(30);
  });
});

describe('remainingWindowMs', () => {
  it.each([
    ['all of it at first', undefined, 0, 30_000],
    ['less later', undefined, 12, 18_000],
    ['nothing when it is over', undefined, 40, 0],
    [
      'nothing for an app of one workload',
      { 'keptn.sh/app-type': 'single-service' },
      0,
      0,
    ],
  ])('is %s', (_name, annotations, passed, expected) => {
    expect(remainingWindowMs(aRequest(annotations), 30, at(passed))).toBe(
      expected,
    );
  });
});
