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
  ClusterError,
  toClusterError,
  toConnectionError,
} from './ClusterError';

const asked = {
  verb: 'create',
  resource: 'jobs.batch',
  namespace: 'shop',
  name: 'greet',
};
const status = (fields: object) =>
  JSON.stringify({ kind: 'Status', status: 'Failure', ...fields });

describe('toClusterError', () => {
  it.each([
    [400, 'BadRequest', 'invalid'],
    [403, 'Forbidden', 'forbidden'],
    [404, 'NotFound', 'not-found'],
    [409, 'Conflict', 'conflict'],
    [409, 'AlreadyExists', 'already-exists'],
    [410, 'Expired', 'expired'],
    [422, 'Invalid', 'invalid'],
    [429, 'TooManyRequests', 'too-many-requests'],
    [500, 'InternalError', 'unavailable'],
    [503, 'ServiceUnavailable', 'unavailable'],
    [504, 'Timeout', 'unavailable'],
  ])('%p %s is %s', (code, reason, kind) => {
    const error = toClusterError(
      { status: code, body: status({ reason, message: 'why' }) },
      asked,
    );
    expect(error.kind).toBe(kind);
    expect(error.message).toBe('Cannot create jobs.batch greet in shop: why');
  });

  it('says what is wrong when credentials are not accepted', () => {
    const error = toClusterError(
      { status: 401, body: status({ message: 'Unauthorized' }) },
      asked,
    );
    expect(error.kind).toBe('unauthorized');
    expect(error.message).toBe(
      'Cannot create jobs.batch greet in shop: Unauthorized. The cluster does not accept the credentials that are configured for it.',
    );
  });

  it('tells a missing right from a refusal by quota or admission', () => {
    const missing = toClusterError(
      {
        status: 403,
        body: status({
          message:
            'jobs.batch is forbidden: User "dave" cannot create resource "jobs" in API group "batch" in the namespace "shop"',
        }),
      },
      asked,
    );
    const quota = toClusterError(
      {
        status: 403,
        body: status({
          message: 'jobs.batch "x" is forbidden: exceeded quota: few',
        }),
      },
      asked,
    );
    expect([missing.missingRight, quota.missingRight]).toEqual([true, false]);
  });

  it('keeps how long to wait', () => {
    const error = toClusterError(
      { status: 429, retryAfter: '7', body: '' },
      asked,
    );
    expect(error.retryAfterMs).toBe(7_000);
  });

  it('shows an answer that is no Status as it is', () => {
    const error = toClusterError(
      { status: 404, body: '404 page not found\n' },
      asked,
    );
    expect(error.message).toContain('404 page not found');
  });
});

describe('toConnectionError', () => {
  it('says what the network said, not that a fetch failed', () => {
    const cause = new Error('connect ECONNREFUSED 127.0.0.1:9');
    const error = toConnectionError(
      new Error('fetch failed', { cause }),
      asked,
    );
    expect(error.kind).toBe('unavailable');
    expect(error.message).toContain('connect ECONNREFUSED');
  });

  it('leaves what the API server said alone', () => {
    const refusal = new ClusterError('forbidden', 'no');
    expect(toConnectionError(refusal, asked)).toBe(refusal);
  });
});
