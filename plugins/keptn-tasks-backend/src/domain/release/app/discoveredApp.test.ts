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

import { anApp, aWorkload } from '../__testUtils__/appBuilders';
import {
  discoveredVersion,
  lacksWorkload,
  planDiscoveredApp,
} from './discoveredApp';

const cart = aWorkload('shop', 'cart', '2.3.0');
const ui = aWorkload('shop', 'ui', '1.0.0');
const LISTED = [
  { name: 'cart', version: '2.3.0' },
  { name: 'ui', version: '1.0.0' },
];
const discovered = (workloads: object[], version = 'old') =>
  anApp({
    labels: { 'app.kubernetes.io/managed-by': 'keptn' },
    spec: { version, workloads: workloads as any },
  });

describe('discoveredVersion', () => {
  it("is Keptn's hash of the workloads, in the order of their names", () => {
    expect(discoveredVersion([ui, cart])).toBe('06c7f535dd');
  });

  it('is that of a workload that is alone', () => {
    expect(discoveredVersion([cart])).toBe('2.3.0');
  });
});

describe('planDiscoveredApp', () => {
  it('creates an app of the workloads that name it', () => {
    expect(planDiscoveredApp(undefined, [ui, cart])).toEqual({
      type: 'create',
      spec: { version: '06c7f535dd', revision: 1, workloads: LISTED },
    });
  });

  it('D-48 never creates an app of nothing, nor empties one', () => {
    expect(planDiscoveredApp(undefined, [])).toEqual({ type: 'leave' });
    expect(planDiscoveredApp(discovered(LISTED), [])).toEqual({
      type: 'leave',
    });
  });

  it('leaves an app alone that somebody writes himself', () => {
    const app = anApp({ spec: { version: '1', workloads: [] } });
    expect(planDiscoveredApp(app, [cart])).toEqual({ type: 'leave' });
  });

  it('leaves an app alone that is as it should be', () => {
    expect(planDiscoveredApp(discovered(LISTED), [ui, cart])).toEqual({
      type: 'leave',
    });
  });

  it('brings versions up to date, and leaves places and revision alone', () => {
    const app = discovered([
      { name: 'ui', version: '0.9.0' },
      { name: 'cart', version: '2.3.0' },
    ]);
    expect(planDiscoveredApp(app, [cart, ui])).toEqual({
      type: 'update',
      spec: {
        version: '06c7f535dd',
        workloads: [
          { name: 'ui', version: '1.0.0' },
          { name: 'cart', version: '2.3.0' },
        ],
      },
    });
  });

  it('drops workloads that are gone and adds new ones', () => {
    const app = discovered([
      { name: 'gone', version: '1' },
      { name: 'cart', version: '2.3.0' },
    ]);
    expect(planDiscoveredApp(app, [cart, ui])).toMatchObject({
      type: 'update',
      spec: { workloads: LISTED },
    });
  });
});

describe('lacksWorkload', () => {
  it.each([
    ['an app that is not there', undefined, true],
    ['an app that lists it in this version', discovered(LISTED), false],
    [
      'an app that lists another version',
      discovered([{ name: 'cart', version: '2.2.0' }]),
      true,
    ],
    [
      'an app that somebody writes himself',
      anApp({ spec: { version: '1', workloads: [] } }),
      false,
    ],
  ])('of %s: %p', (_name, app, expected) => {
    expect(lacksWorkload(app, cart)).toBe(expected);
  });
});
