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

import { ResponseError } from '@backstage/errors';
import type { ClusterList } from './cluster';
import type { DefinitionList } from './definition';
import type { KeptnTasksApi, LogListener } from './KeptnTasksApi';
import type { EnvironmentList, ReleaseDetail, ReleasePage } from './release';
import type {
  CancelRequest,
  CountRunsQuery,
  ListReleasesQuery,
  ListRunsQuery,
  ReleaseGateRequest,
  RepeatChecksRequest,
  RerunRequest,
  RunHint,
  TriggerRequest,
} from './requests';
import type { RunCounts, RunDetail, RunPage } from './run';
import type { RunLog } from './runLog';
import { readServerSentEvents } from './serverSentEvents';

type Query = Record<string, string | number | string[] | undefined>;

/**
 * The API over HTTP. The only place that knows its URLs.
 * @public
 */
export class KeptnTasksClient implements KeptnTasksApi {
  readonly #baseUrl: () => Promise<string>;
  readonly #fetch: typeof fetch;

  constructor(options: {
    /** Where the plugin answers, for example `discoveryApi.getBaseUrl('keptn-tasks')`. Asked for each request. */
    baseUrl: () => Promise<string>;
    /** A fetch that adds the caller's credentials. */
    fetch: typeof fetch;
  }) {
    this.#baseUrl = options.baseUrl;
    this.#fetch = options.fetch;
  }

  async listRuns(query: ListRunsQuery): Promise<RunPage> {
    return this.#json('GET', '/runs', { query });
  }

  async countRuns(query: CountRunsQuery): Promise<RunCounts> {
    return this.#json('GET', '/runs/counts', { query });
  }

  async getRun(
    id: string,
    query: { entityRef?: string } = {},
  ): Promise<RunDetail> {
    return this.#json('GET', runPath(id), { query });
  }

  async getRunLog(
    id: string,
    query: { entityRef?: string; attempt?: number; from?: number } = {},
  ): Promise<RunLog> {
    return this.#json('GET', `${runPath(id)}/log`, { query });
  }

  async getRunLogText(
    id: string,
    query: { entityRef?: string; attempt?: number } = {},
  ): Promise<string> {
    const response = await this.#request('GET', `${runPath(id)}/log`, {
      query,
      headers: { accept: 'text/plain' },
    });
    return response.text();
  }

  async followRunLog(
    id: string,
    options: {
      entityRef?: string;
      attempt?: number;
      from?: number;
      signal: AbortSignal;
    },
    listener: LogListener,
  ): Promise<void> {
    const { signal, ...query } = options;
    let ended = false;
    await this.#events(`${runPath(id)}/log`, { query, signal }, event => {
      if (event.name === 'lines') listener.onLines(JSON.parse(event.data));
      if (event.name === 'attempt') {
        listener.onAttempt?.(JSON.parse(event.data));
      }
      if (event.name === 'end') ended = true;
    });
    if (!ended && !signal.aborted) {
      throw new Error('The connection was lost before the log ended');
    }
  }

  async followTransitions(
    entityRef: string,
    options: { signal: AbortSignal; onOpen?: () => void },
    onHint: (hint: RunHint) => void,
  ): Promise<void> {
    const { signal, onOpen } = options;
    await this.#events(
      '/transitions',
      { query: { entityRef }, signal, onOpen },
      event => {
        if (event.name === 'run' || event.name === 'release') {
          onHint(JSON.parse(event.data));
        }
      },
    );
    if (!signal.aborted) {
      throw new Error('The connection was lost');
    }
  }

  async listDefinitions(entityRef: string): Promise<DefinitionList> {
    return this.#json('GET', '/definitions', { query: { entityRef } });
  }

  async listEnvironments(entityRef: string): Promise<EnvironmentList> {
    return this.#json('GET', '/environments', { query: { entityRef } });
  }

  async listReleases(query: ListReleasesQuery): Promise<ReleasePage> {
    return this.#json('GET', '/releases', { query });
  }

  async getRelease(
    id: string,
    query: { entityRef: string },
  ): Promise<ReleaseDetail> {
    return this.#json('GET', releasePath(id), { query });
  }

  async repeatChecks(
    id: string,
    request: RepeatChecksRequest,
  ): Promise<ReleaseDetail> {
    return this.#json('POST', `${releasePath(id)}/repeat`, { body: request });
  }

  async releaseGate(
    id: string,
    request: ReleaseGateRequest,
  ): Promise<ReleaseDetail> {
    return this.#json('POST', `${releasePath(id)}/release-gate`, {
      body: request,
    });
  }

  async listClusters(): Promise<ClusterList> {
    return this.#json('GET', '/clusters', {});
  }

  async triggerRun(
    request: TriggerRequest,
    options: { idempotencyKey?: string } = {},
  ): Promise<RunDetail> {
    return this.#json('POST', '/runs', { body: request, ...options });
  }

  async rerun(
    id: string,
    request: RerunRequest = {},
    options: { idempotencyKey?: string } = {},
  ): Promise<RunDetail> {
    return this.#json('POST', `${runPath(id)}/rerun`, {
      body: request,
      ...options,
    });
  }

  async cancelRun(id: string, request: CancelRequest = {}): Promise<RunDetail> {
    return this.#json('POST', `${runPath(id)}/cancel`, { body: request });
  }

  async #json<T>(
    method: string,
    path: string,
    options: { query?: Query; body?: unknown; idempotencyKey?: string },
  ): Promise<T> {
    const { query, body, idempotencyKey } = options;
    const response = await this.#request(method, path, {
      query,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return response.json();
  }

  async #events(
    path: string,
    options: { query: Query; signal: AbortSignal; onOpen?: () => void },
    onEvent: (event: { name: string; data: string }) => void,
  ): Promise<void> {
    const { query, signal, onOpen } = options;
    try {
      const response = await this.#request('GET', path, {
        query,
        headers: { accept: 'text/event-stream' },
        signal,
      });
      onOpen?.();
      await readServerSentEvents(response, onEvent);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #request(
    method: string,
    path: string,
    options: {
      query?: Query;
      headers?: Record<string, string>;
      body?: string;
      signal?: AbortSignal;
    },
  ): Promise<Response> {
    const { query = {}, ...init } = options;
    const search = toSearch(query);
    const url = `${await this.#baseUrl()}${path}${search && `?${search}`}`;
    const response = await this.#fetch(url, { method, ...init });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function runPath(id: string): string {
  return `/runs/${encodeURIComponent(id)}`;
}

function releasePath(id: string): string {
  return `/releases/${encodeURIComponent(id)}`;
}

function toSearch(query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      params.append(name, String(one));
    }
  }
  return params.toString();
}
