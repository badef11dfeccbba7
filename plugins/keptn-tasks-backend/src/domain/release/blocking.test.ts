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
  effectiveConfig,
  failedChecksOf,
  rolloutSecondsOf,
  type BlockingSources,
} from './blocking';
import type { KeptnConfig } from './resources';
import { defaultReleaseSettings as settings } from './settings';

function said(value: string) {
  return { metadata: { annotations: { 'keptn-tasks/failed-checks': value } } };
}

function aConfig(
  spec: KeptnConfig['spec'],
  metadata: Partial<KeptnConfig['metadata']> = {},
): KeptnConfig {
  return {
    apiVersion: 'options.keptn.sh/v1alpha1',
    kind: 'KeptnConfig',
    metadata: {
      name: 'config',
      namespace: 'keptn-system',
      uid: 'c',
      ...metadata,
    },
    spec,
  };
}

describe('failedChecksOf', () => {
  const cases: {
    name: string;
    sources: Partial<BlockingSources>;
    expected: string;
  }[] = [
    {
      name: 'is what the settings say when nobody says anything',
      sources: {},
      expected: 'block',
    },
    {
      name: 'is what the KeptnConfig says before the settings',
      sources: { keptnConfig: aConfig({ blockDeployment: false }) },
      expected: 'warn',
    },
    {
      name: 'is what the namespace says before the KeptnConfig',
      sources: {
        namespace: said('block'),
        keptnConfig: aConfig({ blockDeployment: false }),
      },
      expected: 'block',
    },
    {
      name: 'is what the app says before the namespace',
      sources: { app: said('warn'), namespace: said('block') },
      expected: 'warn',
    },
    {
      name: 'is what the context of the app says as well',
      sources: { appContext: said('warn'), namespace: said('block') },
      expected: 'warn',
    },
    {
      name: 'is not what nobody understands',
      sources: { app: said('sometimes'), namespace: said('warn') },
      expected: 'warn',
    },
  ];

  it.each(cases)('$name', ({ sources, expected }) => {
    expect(failedChecksOf({ settings, ...sources })).toBe(expected);
  });
});

describe('effectiveConfig', () => {
  it('is one of the Keptn namespace, and no other (D-58)', () => {
    const configs = [
      aConfig({}, { name: 'b' }),
      aConfig({}, { name: 'a', namespace: 'shop' }),
      aConfig({}, { name: 'c' }),
    ];
    expect(effectiveConfig(configs, 'keptn-system')?.metadata.name).toBe('b');
    expect(effectiveConfig(configs, 'elsewhere')).toBeUndefined();
  });
});

describe('rolloutSecondsOf', () => {
  it('is what the KeptnConfig says, as far as it is a duration', () => {
    expect(
      rolloutSecondsOf(aConfig({ observabilityTimeout: '1m30s' }), settings),
    ).toBe(90);
    expect(
      rolloutSecondsOf(aConfig({ observabilityTimeout: 'abc5m' }), settings),
    ).toBe(300);
    expect(rolloutSecondsOf(undefined, settings)).toBe(300);
  });
});
