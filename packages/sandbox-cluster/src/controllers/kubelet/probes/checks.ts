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

import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect } from 'node:net';
import { LOCAL_IP } from '../env/fieldRef';
import { execInContainer } from '../process/execInContainer';
import { Launch } from '../process/launch';

/** Why a probe failed, in the kubelet's words; nothing when it passed. */
export type ProbeFailure = string | undefined;

/**
 * Asks a container once. Commands run beside its process; HTTP and TCP go to the loopback address, which all Pods of
 * the sandbox share. gRPC is not asked and passes.
 */
export async function checkContainer(
  container: Launch,
  probe: any,
  signal: AbortSignal,
): Promise<ProbeFailure> {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1_000;
  const port = (given: number | string) => portOf(container.spec, given);
  if (probe.exec) {
    const { command = [] } = probe.exec;
    return execInContainer(container, command, timeoutMs, signal);
  }
  if (probe.httpGet) {
    const { host = LOCAL_IP, path = '/', scheme = 'HTTP' } = probe.httpGet;
    const base = `${scheme.toLowerCase()}://${host}:${port(
      probe.httpGet.port,
    )}`;
    const url = `${base}${path.startsWith('/') ? path : `/${path}`}`;
    const headers: any[] = probe.httpGet.httpHeaders ?? [];
    return httpGet(url, headers, timeoutMs);
  }
  if (probe.tcpSocket) {
    const { host = LOCAL_IP } = probe.tcpSocket;
    return tcpConnect(host, port(probe.tcpSocket.port), timeoutMs);
  }
  return undefined;
}

/** Ports may be given by the name that the container has for them. */
function portOf({ ports = [] }: any, port: number | string): number {
  const named = ports.find(({ name }: any) => name === port);
  return named ? named.containerPort : Number(port);
}

function httpGet(
  url: string,
  headers: Array<{ name: string; value: string }>,
  timeoutMs: number,
): Promise<ProbeFailure> {
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise(resolve => {
    const sent = request(url, {
      headers: Object.fromEntries(
        headers.map(({ name, value }) => [name, value]),
      ),
      timeout: timeoutMs,
      // As the kubelet: what a container calls itself is not looked at.
      rejectUnauthorized: false,
      agent: false,
    });
    sent.on('response', response => {
      response.resume();
      const { statusCode = 0 } = response;
      const fine = statusCode >= 200 && statusCode < 400;
      resolve(
        fine ? undefined : `HTTP probe failed with statuscode: ${statusCode}`,
      );
    });
    sent.on('timeout', () =>
      sent.destroy(new Error('context deadline exceeded')),
    );
    sent.on('error', error =>
      resolve(`Get "${url}": ${explain(error, new URL(url).host)}`),
    );
    sent.end();
  });
}

function tcpConnect(
  host: string,
  port: number,
  timeoutMs: number,
): Promise<ProbeFailure> {
  return new Promise(resolve => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const over = (failure: ProbeFailure) => {
      socket.destroy();
      resolve(failure);
    };
    socket.on('connect', () => over(undefined));
    socket.on('timeout', () => over(`dial tcp ${host}:${port}: i/o timeout`));
    socket.on('error', error => over(explain(error, `${host}:${port}`)));
  });
}

function explain(error: NodeJS.ErrnoException, address: string): string {
  return error.code === 'ECONNREFUSED'
    ? `dial tcp ${address}: connect: connection refused`
    : error.message;
}
