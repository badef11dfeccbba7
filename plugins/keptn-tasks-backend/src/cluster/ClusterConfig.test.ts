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

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import type { ClusterConfig } from './ClusterConfig';
import { describeConfigProblem } from './ClusterConfig';
import { loadKubeConfig } from './loadKubeConfig';

const config = (given: Partial<ClusterConfig>): ClusterConfig => ({
  name: 'shop',
  mode: 'reconcile',
  keptnNamespace: 'keptn-system',
  ...given,
});

describe('describeConfigProblem', () => {
  it.each<[Partial<ClusterConfig>, string]>([
    [
      {},
      "Cluster 'shop' has no address; set one of kubeconfig, url or inCluster",
    ],
    [
      { url: 'https://a.test', inCluster: true },
      "Cluster 'shop' has several addresses (url, inCluster); keep one",
    ],
    [
      { url: 'https://a.test', context: 'a' },
      "Cluster 'shop' names a context without a kubeconfig",
    ],
    [
      { url: 'a.test' },
      "Cluster 'shop' has an invalid url 'a.test'; it must start with https://",
    ],
    [
      { url: 'http://a.test' },
      "Cluster 'shop' has an unencrypted url 'http://a.test'; use https, or set skipTLSVerify for a proxy on this machine",
    ],
    [
      { url: 'https://a.test', token: 'a', tokenFile: 'b' },
      "Cluster 'shop' has both token and tokenFile; keep one",
    ],
    [
      { url: 'https://a.test', caData: 'a', caFile: 'b' },
      "Cluster 'shop' has both caData and caFile; keep one",
    ],
    [
      { kubeconfig: '/a', token: 'a' },
      "Cluster 'shop' has credentials beside its kubeconfig; token, tokenFile, caData and caFile belong to a url",
    ],
  ])('%j', (given, problem) => {
    expect(describeConfigProblem(config(given))).toBe(problem);
  });

  it.each<Partial<ClusterConfig>>([
    { kubeconfig: '/etc/kubeconfig', context: 'shop' },
    { url: 'https://a.test', tokenFile: '/token', caFile: '/ca' },
    { url: 'http://localhost:8001', skipTLSVerify: true },
    { inCluster: true },
  ])('%j is fine', given => {
    expect(describeConfigProblem(config(given))).toBeUndefined();
  });
});

describe('loadKubeConfig', () => {
  it.each<[Partial<ClusterConfig>, string]>([
    [
      { kubeconfig: '/does/not/exist' },
      "Cluster 'shop': there is no kubeconfig file /does/not/exist",
    ],
    [
      { url: 'https://a.test', caFile: '/does/not/exist' },
      "Cluster 'shop': there is no caFile /does/not/exist",
    ],
    [
      { url: 'https://a.test', tokenFile: '/does/not/exist' },
      "Cluster 'shop': tokenFile /does/not/exist cannot be read",
    ],
    [
      { inCluster: true },
      "Cluster 'shop' is configured as inCluster, but this backend does not run in a Pod",
    ],
  ])('%j', (given, message) => {
    expect(() => loadKubeConfig(config(given))).toThrow(message);
  });

  it('quotes nothing of a kubeconfig that is broken', () => {
    const file = temporaryFile('users:\n- user:\n    token: s3cret\n   a: b\n');
    const error = errorOf(() => loadKubeConfig(config({ kubeconfig: file })));
    expect(error.message).toBe(
      `Cluster 'shop': kubeconfig file ${file} cannot be read: bad indentation of a mapping entry (4:4)`,
    );
    expect(inspect(error, { depth: null })).not.toContain('s3cret');
  });

  it('says that a token file is empty instead of asking without a token', () => {
    const file = temporaryFile('\n');
    expect(() =>
      loadKubeConfig(config({ url: 'https://a.test', tokenFile: file })),
    ).toThrow(`Cluster 'shop': tokenFile ${file} is empty`);
  });
});

const directory = mkdtempSync(path.join(tmpdir(), 'keptn-tasks-'));
afterAll(() => rmSync(directory, { recursive: true }));

function temporaryFile(text: string): string {
  const file = path.join(directory, randomUUID());
  writeFileSync(file, text);
  return file;
}

function errorOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown');
}
