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

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import type { Connection } from './Connection';

/** The parts of a kubeconfig file that are read here. */
interface Kubeconfig {
  'current-context'?: string;
  clusters?: { name: string; cluster?: Record<string, any> }[];
  contexts?: { name: string; context?: { cluster?: string; user?: string } }[];
  users?: { name: string; user?: Record<string, any> }[];
}

/**
 * Reads the connection of one context. Understands certificates and keys (inline or as files), tokens
 * (inline or as a file) and user name with password.
 *
 * @param yaml - the text of the kubeconfig
 * @param context - name of the context; the current one when absent
 * @param baseDir - directory that relative file names refer to
 * @throws Error that names the part that is missing or not understood
 */
export function readKubeconfig(
  yaml: string,
  context?: string,
  baseDir = '.',
): Connection {
  const config = (parse(yaml) ?? {}) as Kubeconfig;
  const name = context ?? config['current-context'];
  if (!name) {
    throw new Error('The kubeconfig names no current context');
  }
  const chosen = config.contexts?.find(entry => entry.name === name)?.context;
  if (!chosen) {
    const known = config.contexts?.map(entry => entry.name).join(', ');
    throw new Error(`The kubeconfig has no context ${name}; it has: ${known}`);
  }
  const cluster = config.clusters?.find(
    entry => entry.name === chosen.cluster,
  )?.cluster;
  if (!cluster?.server) {
    throw new Error(`Context ${name} has no cluster with a server`);
  }
  if (cluster['proxy-url']) {
    throw new Error(
      `Cluster ${chosen.cluster} uses a proxy-url: not supported`,
    );
  }
  const user =
    config.users?.find(entry => entry.name === chosen.user)?.user ?? {};
  if (user.exec || user['auth-provider']) {
    throw new Error(
      `User ${chosen.user} gets its credentials from a program: not supported. ` +
        'Use a context with a token or a client certificate.',
    );
  }

  const pem = (entry: Record<string, any>, field: string) => {
    const inline = entry[`${field}-data`];
    if (inline) {
      return Buffer.from(inline, 'base64').toString('utf8');
    }
    return entry[field]
      ? readFileSync(resolve(baseDir, entry[field]), 'utf8')
      : undefined;
  };
  const cert = pem(user, 'client-certificate');
  const key = pem(user, 'client-key');
  return {
    url: String(cluster.server).replace(/\/+$/, ''),
    ca: pem(cluster, 'certificate-authority'),
    insecure: cluster['insecure-skip-tls-verify'] === true,
    serverName: cluster['tls-server-name'],
    clientCertificate: cert && key ? { cert, key } : undefined,
    authorization: authorizationOf(user, baseDir),
  };
}

/** Reads a kubeconfig from a file. */
export function readKubeconfigFile(path: string, context?: string): Connection {
  return readKubeconfig(readFileSync(path, 'utf8'), context, dirname(path));
}

function authorizationOf(user: Record<string, any>, baseDir: string) {
  if (user.token) {
    return `Bearer ${user.token}`;
  }
  if (user.tokenFile) {
    const token = readFileSync(resolve(baseDir, user.tokenFile), 'utf8');
    return `Bearer ${token.trim()}`;
  }
  if (user.username) {
    const pair = `${user.username}:${user.password ?? ''}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  return undefined;
}
