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
import { ClusterError } from '../../cluster/ClusterError';
import type { SecretWatch } from './secretCertificate';
import { secretCertificate } from './secretCertificate';

const base64 = (text: string) => Buffer.from(text).toString('base64');

function sourceOf(data?: Record<string, string>, error?: Error) {
  const listeners = new Set<() => void>();
  const watch: SecretWatch = {
    cache: {
      get: ({ namespace, name }) =>
        data && namespace === 'portal' && name === 'tls' ? { data } : undefined,
    },
    synced: async () => {},
    health: () => ({ error }),
    onChange: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const source = secretCertificate(watch, {
    cluster: 'eu-1',
    namespace: 'portal',
    name: 'tls',
  });
  return { source, listeners };
}

describe('secretCertificate', () => {
  it('reads tls.crt and tls.key', async () => {
    const { source } = sourceOf({
      'tls.crt': base64('certificate'),
      'tls.key': base64('key'),
    });
    expect(await source.read()).toEqual({ cert: 'certificate', key: 'key' });
    expect(source.place).toBe('Secret portal/tls of cluster eu-1');
  });

  it.each<[Record<string, string> | undefined, string]>([
    [undefined, 'it does not exist'],
    [{ 'tls.crt': 'eA==' }, 'it has no tls.key'],
  ])('says what is missing in %j', async (data, message) => {
    await expect(sourceOf(data).source.read()).rejects.toThrow(message);
  });

  it.each<[string, Error | undefined, string | undefined]>([
    ['nothing', undefined, undefined],
    [
      'a cluster that is away',
      new ClusterError('unavailable', 'Nobody answers'),
      'Nobody answers',
    ],
    [
      'a right that is missing',
      new ClusterError('forbidden', 'Cannot list secrets'),
      'Cannot list secrets; grant the right as deploy/gates/webhook-certificate.yaml does',
    ],
  ])('says what it waits for: %s', (_, error, obstacle) => {
    expect(sourceOf(undefined, error).source.obstacle?.()).toBe(obstacle);
  });

  it('tells of changes until it is told to stop', () => {
    const { source, listeners } = sourceOf();
    const told = jest.fn();
    const stop = source.onRenewal(told);
    listeners.forEach(listener => listener());
    expect(told).toHaveBeenCalledTimes(1);
    stop();
    expect(listeners.size).toBe(0);
  });
});
