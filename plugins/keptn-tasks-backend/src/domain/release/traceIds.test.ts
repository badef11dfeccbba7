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

import type { KeptnAppVersion, KeptnWorkloadVersion } from './resources';
import {
  givenTrace,
  outerTrace,
  parseTraceparent,
  phaseTraceparent,
  rootTraceparent,
  storedTrace,
} from './traceIds';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const GIVEN = `00-${TRACE}-b7ad6b7169203331-01`;
const OTHER = '00-11111111111111111111111111111111-2222222222222222-00';

function appVersion(
  spec: object = {},
  metadata: object = {},
  status?: object,
): KeptnAppVersion {
  return {
    apiVersion: 'lifecycle.keptn.sh/v1',
    kind: 'KeptnAppVersion',
    metadata: { name: 'shop-1', namespace: 'shop', uid: 'uid-1', ...metadata },
    spec: { appName: 'shop', version: '1', ...spec },
    status,
  };
}

describe('parseTraceparent', () => {
  it.each([
    [GIVEN, { traceId: TRACE, spanId: 'b7ad6b7169203331', flags: 1 }],
    [` ${GIVEN}\n`, { traceId: TRACE, spanId: 'b7ad6b7169203331', flags: 1 }],
    [
      `01-${TRACE}-b7ad6b7169203331-00-more`,
      expect.objectContaining({ flags: 0 }),
    ],
    [`${GIVEN}-more`, undefined],
    [`ff-${TRACE}-b7ad6b7169203331-01`, undefined],
    [`00-${'0'.repeat(32)}-b7ad6b7169203331-01`, undefined],
    [`00-${TRACE}-0000000000000000-01`, undefined],
    [GIVEN.toUpperCase(), undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j', (text, parts) => {
    expect(parseTraceparent(text)).toEqual(parts);
  });
});

describe('trace ids where nothing is traced', () => {
  it('D-57 are always there, and the same at every look', () => {
    const version = appVersion();
    const phase = phaseTraceparent(version, 'AppDeploy');
    expect(parseTraceparent(phase)).toBeDefined();
    expect(phaseTraceparent(appVersion(), 'AppDeploy')).toBe(phase);
  });

  it('are one trace for a version, and one span for each of its phases', () => {
    const all = [
      rootTraceparent(appVersion()),
      phaseTraceparent(appVersion(), 'AppDeploy'),
      phaseTraceparent(appVersion(), 'AppPreDeployTasks'),
    ].map(text => parseTraceparent(text)!);
    expect(new Set(all.map(({ traceId }) => traceId)).size).toBe(1);
    expect(new Set(all.map(({ spanId }) => spanId)).size).toBe(3);
  });

  it('D-57 are different ones for another object of the same version, and for another attempt', () => {
    const repeated = { annotations: { 'keptn-tasks/attempt': '2' } };
    const traces = [
      appVersion(),
      appVersion({}, { uid: 'uid-2' }),
      appVersion({}, repeated),
    ].map(version => parseTraceparent(rootTraceparent(version))!.traceId);
    expect(new Set(traces).size).toBe(3);
  });

  it.each([
    ['spec.traceId', appVersion({ traceId: { traceparent: GIVEN } })],
    ['its metadata', appVersion({ metadata: { traceparent: GIVEN } })],
    [
      'its annotation',
      appVersion({}, { annotations: { 'keptn-tasks/traceparent': GIVEN } }),
    ],
  ])('keep the id of a trace that is given in %s', (_, version) => {
    expect(parseTraceparent(rootTraceparent(version))).toMatchObject({
      traceId: TRACE,
      flags: 1,
    });
    expect(
      parseTraceparent(phaseTraceparent(version, 'AppDeploy'))!.traceId,
    ).toBe(TRACE);
  });

  it('put a workload into the trace of its app', () => {
    const app = appVersion();
    const carrier = { traceparent: phaseTraceparent(app, 'AppDeploy') };
    const workload = {
      ...app,
      kind: 'KeptnWorkloadVersion',
      metadata: { ...app.metadata, uid: 'uid-w' },
      spec: { traceId: carrier },
    } as unknown as KeptnWorkloadVersion;
    expect(parseTraceparent(rootTraceparent(workload))!.traceId).toBe(
      parseTraceparent(rootTraceparent(app))!.traceId,
    );
  });
});

describe('the trace that is continued', () => {
  it('is of the metadata before the app before the namespace', () => {
    const annotated = (traceparent: string) => ({
      'keptn-tasks/traceparent': traceparent,
    });
    const places = {
      metadata: { traceparent: GIVEN, tracestate: 'a=b', team: 'blue' },
      app: annotated(OTHER),
      namespace: annotated(GIVEN),
    };
    expect(givenTrace(places)).toEqual({
      traceparent: GIVEN,
      tracestate: 'a=b',
    });
    expect(givenTrace({ ...places, metadata: { team: 'blue' } })).toEqual({
      traceparent: OTHER,
    });
    expect(
      givenTrace({ ...places, metadata: {}, app: annotated('nonsense') }),
    ).toEqual({ traceparent: GIVEN });
    expect(givenTrace({})).toBeUndefined();
  });

  it('is none when what is given is no traceparent', () => {
    expect(
      outerTrace(appVersion({ traceId: { traceparent: 'x' } })),
    ).toBeUndefined();
  });

  it('is told by what was stored of a phase', () => {
    const version = appVersion(
      {},
      {},
      {
        phaseTraceIDs: { A: {}, B: { traceparent: GIVEN } },
      },
    );
    expect(storedTrace(version, 'A')).toBeUndefined();
    expect(storedTrace(version, 'B')).toEqual({ traceparent: GIVEN });
    expect(storedTrace(version)).toEqual({ traceparent: GIVEN });
  });
});
