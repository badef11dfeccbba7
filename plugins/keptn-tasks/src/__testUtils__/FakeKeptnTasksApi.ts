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
  isRunFinished,
  type Attempt,
  type CancelRequest,
  type ClusterList,
  type CountRunsQuery,
  type Definition,
  type DefinitionList,
  type EnvironmentList,
  type KeptnTasksApi,
  type ListReleasesQuery,
  type ListRunsQuery,
  type LogLine,
  type LogListener,
  type ReleaseDetail,
  type ReleaseGateRequest,
  type ReleasePage,
  type RepeatChecksRequest,
  type RerunRequest,
  type Run,
  type RunCounts,
  type RunDetail,
  type RunHint,
  type RunLog,
  type RunPage,
  type Target,
  type TriggerRequest,
} from 'backstage-plugin-keptn-tasks-common';
import { aRun, aRunDetail, ENTITY_REF, responseError } from './builders';
import { FakeReleases } from './FakeReleases';
import { FakeStreams } from './FakeStreams';

/**
 * The API with a history in memory. It answers like the real one: pages, counts, idempotency keys, hints for every
 * change, logs that replay and follow. Tests change the history through the methods that are not part of the API.
 */
export class FakeKeptnTasksApi implements KeptnTasksApi {
  targets: Target[] = [
    { cluster: 'sandbox', namespace: 'shop', available: true },
  ];
  definitions: Definition[] = [];
  problem?: string;
  readonly hints = new FakeStreams<RunHint>();
  readonly logStreams = new FakeStreams<LogLine[]>();
  readonly releases = new FakeReleases(
    id => this.#tell({ id, of: 'release' }),
    id => this.#details.get(id),
  );

  #details = new Map<string, RunDetail>();
  #logs = new Map<string, { lines: LogLine[]; ended: boolean }>();
  #started = new Map<string, string>();
  #failures = new Map<string, Error[]>();
  #sequence = 0;

  /** @param entityRef - the entity that all runs belong to */
  constructor(readonly entityRef: string = ENTITY_REF) {}

  // What a test does to the world.

  /** Adds a run or changes it, and tells about it. */
  save({ run, ...rest }: RunDetail): RunDetail {
    const detail = { ...rest, run: { ...run, entityRef: this.entityRef } };
    this.#details.set(run.id, detail);
    this.#tell({ id: run.id });
    return detail;
  }

  /** Changes some fields of a run. */
  change(id: string, part: Partial<Run>): RunDetail {
    const detail = this.#get(id);
    return this.save({ ...detail, run: { ...detail.run, ...part } });
  }

  /** Writes to the log of an attempt. */
  log(id: string, texts: string[], attempt = 1) {
    const log = this.#logOf(id, attempt);
    const lines = texts.map((text, index) => ({
      n: log.lines.length + index,
      at: new Date().toISOString(),
      text,
    }));
    log.lines.push(...lines);
    this.logStreams.tell(`${id}/${attempt}`, lines);
  }

  /** Sets a log as it is kept, with gaps where the numbers have some. */
  keepLog(id: string, lines: LogLine[], attempt = 1) {
    this.#logs.set(`${id}/${attempt}`, { lines, ended: true });
  }

  endLog(id: string, attempt = 1) {
    this.#logOf(id, attempt).ended = true;
    this.logStreams.end(`${id}/${attempt}`);
  }

  /** Lets the next calls of a method fail, one error each. */
  failNext(method: keyof KeptnTasksApi, ...errors: Error[]) {
    this.#failures.set(method, [
      ...(this.#failures.get(method) ?? []),
      ...errors,
    ]);
  }

  get runs(): Run[] {
    return [...this.#details.values()]
      .map(({ run }) => run)
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  // The API.

  async listRuns(query: ListRunsQuery): Promise<RunPage> {
    this.#maybeFail('listRuns');
    const { limit = 25, cursor } = query;
    const matching = this.#matching(query, true);
    const start = cursor
      ? matching.findIndex(({ id }) => id === cursor) + 1
      : 0;
    const items = matching.slice(start, start + limit);
    const more = matching.length > start + limit;
    return { items, nextCursor: more ? items[items.length - 1].id : undefined };
  }

  async countRuns(query: CountRunsQuery): Promise<RunCounts> {
    this.#maybeFail('countRuns');
    const states: Record<string, number> = {};
    for (const { state } of this.#matching(query, false)) {
      states[state] = (states[state] ?? 0) + 1;
    }
    return { states, limit: 1_000 };
  }

  async getRun(id: string): Promise<RunDetail> {
    this.#maybeFail('getRun');
    return this.#get(id);
  }

  async getRunLog(
    id: string,
    { attempt = 1, from = 0 }: { attempt?: number; from?: number } = {},
  ): Promise<RunLog> {
    const { lines, ended } = this.#logOf(id, attempt);
    const rest = lines.filter(({ n }) => n >= from);
    return { attempt, lines: rest, complete: ended };
  }

  async getRunLogText(
    id: string,
    { attempt = 1 }: { attempt?: number } = {},
  ): Promise<string> {
    this.#maybeFail('getRunLogText');
    const { lines } = this.#logOf(id, attempt);
    return lines.map(({ text }) => text).join('\n');
  }

  async followRunLog(
    id: string,
    options: { attempt?: number; from?: number; signal: AbortSignal },
    listener: LogListener,
  ): Promise<void> {
    this.#maybeFail('followRunLog');
    const { attempt = 1, from = 0, signal } = options;
    if (this.logStreams.refused) throw new Error('The connection was refused');
    const { lines, ended } = this.#logOf(id, attempt);
    const stored = lines.filter(({ n }) => n >= from);
    if (stored.length > 0) listener.onLines(stored);
    if (ended) return;
    await this.logStreams.follow(`${id}/${attempt}`, signal, added =>
      listener.onLines(added),
    );
  }

  async followTransitions(
    entityRef: string,
    options: { signal: AbortSignal; onOpen?: () => void },
    onHint: (hint: RunHint) => void,
  ): Promise<void> {
    const following = this.hints.follow(entityRef, options.signal, onHint);
    if (!this.hints.refused) options.onOpen?.();
    await following;
  }

  async listDefinitions(_entityRef: string): Promise<DefinitionList> {
    this.#maybeFail('listDefinitions');
    const items = this.definitions.map(definition => {
      const lastRun = this.runs.find(
        run =>
          run.definition.name === definition.name &&
          run.cluster === definition.cluster &&
          run.namespace === definition.namespace,
      );
      return lastRun ? { ...definition, lastRun } : definition;
    });
    return { items, targets: this.targets, problem: this.problem };
  }

  async listEnvironments(_entityRef: string): Promise<EnvironmentList> {
    this.#maybeFail('listEnvironments');
    return { items: this.releases.environments, problem: this.problem };
  }

  async listReleases(query: ListReleasesQuery): Promise<ReleasePage> {
    this.#maybeFail('listReleases');
    return this.releases.list(query);
  }

  async getRelease(id: string): Promise<ReleaseDetail> {
    this.#maybeFail('getRelease');
    return this.releases.detail(id);
  }

  async repeatChecks(
    id: string,
    _request: RepeatChecksRequest,
  ): Promise<ReleaseDetail> {
    this.#maybeFail('repeatChecks');
    return this.releases.repeat(id);
  }

  async releaseGate(
    id: string,
    { reason }: ReleaseGateRequest,
  ): Promise<ReleaseDetail> {
    this.#maybeFail('releaseGate');
    return this.releases.open(id, reason, 'user:default/guest');
  }

  async listClusters(): Promise<ClusterList> {
    return { items: [] };
  }

  async triggerRun(
    request: TriggerRequest,
    { idempotencyKey }: { idempotencyKey?: string } = {},
  ): Promise<RunDetail> {
    return this.#startOnce('triggerRun', idempotencyKey, () => {
      const definition = this.definitions.find(
        ({ name }) => name === request.definition,
      );
      return this.#start(
        {
          cluster: request.cluster,
          namespace: request.namespace,
          definition: { name: request.definition, hash: definition?.hash },
          entityRef: request.entityRef,
          trigger: { source: 'portal', by: 'user:default/guest' },
        },
        withOwn(definition?.parameters ?? [], request.parameters),
      );
    });
  }

  async rerun(
    id: string,
    request: RerunRequest = {},
    { idempotencyKey }: { idempotencyKey?: string } = {},
  ): Promise<RunDetail> {
    return this.#startOnce('rerun', idempotencyKey, () => {
      const { run, parameters } = this.#get(id);
      const { cluster, namespace, definition, entityRef } = run;
      return this.#start(
        {
          cluster,
          namespace,
          definition,
          entityRef,
          rerunOf: id,
          trigger: { source: 'rerun', by: 'user:default/guest' },
        },
        withOwn(parameters, request.parameters),
      );
    });
  }

  async cancelRun(id: string, request: CancelRequest = {}): Promise<RunDetail> {
    this.#maybeFail('cancelRun');
    const message = request.reason
      ? `guest cancelled it: ${request.reason}`
      : undefined;
    return this.change(id, { cancelRequested: true, message });
  }

  /** Like the server, the answer may be lost after the run has been started. */
  async #startOnce(
    method: 'triggerRun' | 'rerun',
    key: string | undefined,
    start: () => RunDetail,
  ): Promise<RunDetail> {
    const [failure] = this.#failures.get(method) ?? [];
    const refused = (failure as { statusCode?: number } | undefined)
      ?.statusCode;
    if (refused) this.#maybeFail(method);
    const known = key ? this.#started.get(key) : undefined;
    const detail = known ? this.#get(known) : start();
    if (key) this.#started.set(key, detail.run.id);
    this.#maybeFail(method);
    return detail;
  }

  #start(part: Partial<Run>, parameters: RunDetail['parameters']): RunDetail {
    const run = aRun({
      ...part,
      taskName: `${part.definition?.name}-${this.#details.size}`,
      state: 'Pending',
      attempts: 0,
      createdAt: new Date().toISOString(),
      startedAt: undefined,
      finishedAt: undefined,
    });
    return this.save(aRunDetail(run, { parameters }));
  }

  #matching(query: CountRunsQuery & ListRunsQuery, byState: boolean): Run[] {
    const { definition, phase, trigger, cluster, namespace, state } = query;
    return this.runs.filter(
      run =>
        run.entityRef === query.entityRef &&
        (!definition || run.definition.name === definition) &&
        (!phase || run.phase === phase) &&
        (!trigger || run.trigger.source === trigger) &&
        (!cluster || run.cluster === cluster) &&
        (!namespace || run.namespace === namespace) &&
        (!byState || !state?.length || state.includes(run.state)),
    );
  }

  #tell(hint: Omit<RunHint, 'sequence'>) {
    this.#sequence += 1;
    this.hints.tell(this.entityRef, { ...hint, sequence: this.#sequence });
  }

  #get(id: string): RunDetail {
    const detail = this.#details.get(id);
    if (!detail) throw responseError(404, 'NotFoundError', `No run ${id}`);
    return detail;
  }

  #logOf(id: string, attempt: Attempt['number']) {
    const key = `${id}/${attempt}`;
    const state = this.#details.get(id)?.run.state;
    const log = this.#logs.get(key) ?? {
      lines: [],
      ended: !!state && isRunFinished(state),
    };
    this.#logs.set(key, log);
    return log;
  }

  #maybeFail(method: keyof KeptnTasksApi) {
    const error = this.#failures.get(method)?.shift();
    if (error) throw error;
  }
}

function withOwn(
  base: Definition['parameters'] | RunDetail['parameters'],
  own: Record<string, string> = {},
): RunDetail['parameters'] {
  const kept = base.filter(({ name }) => !(name in own));
  const added = Object.entries(own).map(([name, value]) => ({
    name,
    value,
    source: 'run' as const,
  }));
  return [...kept, ...added];
}
