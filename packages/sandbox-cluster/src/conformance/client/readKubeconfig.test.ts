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

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKubeconfig, readKubeconfigFile } from './readKubeconfig';

const base64 = (text: string) => Buffer.from(text).toString('base64');

const KUBECONFIG = `
apiVersion: v1
kind: Config
current-context: main
clusters:
  - name: one
    cluster:
      server: https://one.test:6443/
      certificate-authority-data: ${base64('the authority')}
  - name: two
    cluster:
      server: https://two.test
      insecure-skip-tls-verify: true
      tls-server-name: inner.test
  - name: proxied
    cluster: { server: https://three.test, proxy-url: http://proxy.test }
contexts:
  - { name: main, context: { cluster: one, user: token } }
  - { name: cert, context: { cluster: two, user: cert } }
  - { name: file, context: { cluster: two, user: file } }
  - { name: basic, context: { cluster: two, user: basic } }
  - { name: program, context: { cluster: one, user: program } }
  - { name: proxied, context: { cluster: proxied, user: token } }
  - { name: broken, context: { cluster: absent, user: token } }
users:
  - { name: token, user: { token: secret } }
  - name: cert
    user:
      client-certificate-data: ${base64('the certificate')}
      client-key-data: ${base64('the key')}
  - { name: file, user: { tokenFile: token.txt } }
  - { name: basic, user: { username: me, password: mine } }
  - { name: program, user: { exec: { command: login } } }
`;

describe('readKubeconfig', () => {
  it('reads the current context: server, authority, token', () => {
    expect(readKubeconfig(KUBECONFIG)).toEqual({
      url: 'https://one.test:6443',
      ca: 'the authority',
      insecure: false,
      serverName: undefined,
      clientCertificate: undefined,
      authorization: 'Bearer secret',
    });
  });

  it('reads another context: client certificate, no verification', () => {
    expect(readKubeconfig(KUBECONFIG, 'cert')).toEqual({
      url: 'https://two.test',
      ca: undefined,
      insecure: true,
      serverName: 'inner.test',
      clientCertificate: { cert: 'the certificate', key: 'the key' },
      authorization: undefined,
    });
  });

  it('reads a user name with a password', () => {
    expect(readKubeconfig(KUBECONFIG, 'basic').authorization).toBe(
      `Basic ${base64('me:mine')}`,
    );
  });

  it('looks for files beside the kubeconfig', () => {
    const directory = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
    try {
      writeFileSync(join(directory, 'config'), KUBECONFIG);
      writeFileSync(join(directory, 'token.txt'), 'from-file\n');
      expect(
        readKubeconfigFile(join(directory, 'config'), 'file').authorization,
      ).toBe('Bearer from-file');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it.each([
    ['nowhere', /has no context nowhere; it has: main, cert/],
    ['broken', /Context broken has no cluster/],
    ['program', /gets its credentials from a program: not supported/],
    ['proxied', /uses a proxy-url: not supported/],
  ])('says what is wrong with the context %s', (context, message) => {
    expect(() => readKubeconfig(KUBECONFIG, context)).toThrow(message);
  });

  it('says that there is no context at all', () => {
    expect(() => readKubeconfig('')).toThrow(/names no current context/);
  });
});
