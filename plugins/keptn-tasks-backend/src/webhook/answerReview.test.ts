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
import { answerReview } from './answerReview';
import type { WebhookCluster } from './WebhookClusters';

const cluster: WebhookCluster = {
  ready: () => true,
  seen: async () => {},
  isOptedIn: () => true,
  hasIdentity: () => true,
  isCleared: () => false,
};

const request = (overrides: object = {}) => ({
  uid: 'u-1',
  operation: 'CREATE',
  namespace: 'shop',
  kind: { group: '', version: 'v1', kind: 'Pod' },
  object: {
    metadata: {
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: 'cart-1',
          uid: 'u',
          controller: true,
        },
      ],
    },
    spec: { containers: [] },
  },
  ...overrides,
});
const review = (overrides: object = {}) =>
  JSON.stringify({
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: request(overrides),
  });

describe('answerReview', () => {
  it('answers with the patch, under the uid of the request', async () => {
    const answer = await answerReview(review(), 'eu-1', cluster);
    const { patch, ...response } = answer.response;
    expect(response).toEqual({
      uid: 'u-1',
      allowed: true,
      patchType: 'JSONPatch',
    });
    expect(JSON.parse(Buffer.from(patch!, 'base64').toString())).toEqual([
      {
        op: 'add',
        path: '/spec/schedulingGates',
        value: [{ name: 'keptn-prechecks-gate' }],
      },
    ]);
  });

  it('answers the same to a dry run (D-46)', async () => {
    expect(
      await answerReview(review({ dryRun: true }), 'eu-1', cluster),
    ).toEqual(await answerReview(review(), 'eu-1', cluster));
  });

  it.each([
    ['an update (D-45)', { operation: 'UPDATE' }],
    ['a deletion', { operation: 'DELETE', object: null }],
    ['a subresource', { subResource: 'binding' }],
    ['another kind', { kind: { group: 'apps', kind: 'ReplicaSet' } }],
    ['a request without an object', { object: null }],
  ])('says yes to %s and nothing else', async (_, overrides) => {
    const { response } = await answerReview(review(overrides), 'eu-1', cluster);
    expect(response).toEqual({ uid: 'u-1', allowed: true });
  });

  it('says yes for a cluster that it does not know, with a warning', async () => {
    const { response } = await answerReview(review(), 'eu-9', undefined);
    expect(response).toEqual({
      uid: 'u-1',
      allowed: true,
      warnings: [expect.stringContaining("cluster 'eu-9'")],
    });
  });

  it.each(['{', '[]', 'null', '{"kind":"AdmissionReview"}'])(
    'takes %s for no review',
    async body => {
      await expect(answerReview(body, 'eu-1', cluster)).rejects.toThrow(
        /^The body is/,
      );
    },
  );
});
