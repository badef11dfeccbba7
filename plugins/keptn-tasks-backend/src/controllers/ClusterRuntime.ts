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

import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  ClusterHealth,
  MissingRight,
} from 'backstage-plugin-keptn-tasks-common';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { reviewAccess } from '../cluster/accessReview';
import type { ClusterClient, ObjectKey } from '../cluster/ClusterClient';
import { fenceWrites, limitWrites } from '../cluster/ClusterClient';
import type { ClusterConfig } from '../cluster/ClusterConfig';
import { describeConfigProblem } from '../cluster/ClusterConfig';
import { ClusterConnection } from '../cluster/ClusterConnection';
import { ClusterError, isClusterError } from '../cluster/ClusterError';
import type { ServedKinds } from '../cluster/discovery';
import {
  findMissingResources,
  findServedKinds,
  getServerVersion,
} from '../cluster/discovery';
import type { GateStatus } from '../cluster/gatePolicy';
import { findGateStatus } from '../cluster/gatePolicy';
import { findKeptnOperator } from '../cluster/keptnOperator';
import { KubernetesClusterClient } from '../cluster/KubernetesClusterClient';
import { LeaderElection, RECONCILER_LEASE } from '../cluster/LeaderElection';
import { RateLimiter, sleep } from '../cluster/RateLimiter';
import type { ResourceWatch } from '../cluster/ResourceWatch';
import type { KeptnTask, KeptnTaskDefinition } from '../domain/resources';
import type { ReleaseSettings } from '../domain/release/settings';
import type { TaskSettings } from '../domain/settings';
import type { ReleaseStore } from '../history/ReleaseStore';
import type { RunLogStore } from '../history/RunLogStore';
import type { RunStore } from '../history/RunStore';
import type { WebhookCluster } from '../webhook/WebhookClusters';
import { createDefinitionWatch, createSecretWatch } from './ClusterWatches';
import type { CreateCloudEvents } from './ClusterWork';
import { ClusterWork } from './ClusterWork';
import { describeHealth } from './describeHealth';
import type { ReleaseTelemetry } from './release/ReleaseTelemetry';
import { WebhookView } from './release/WebhookView';
import type { RuntimeTimings } from './RuntimeTimings';
import { DEFAULT_TIMINGS } from './RuntimeTimings';

const LOOP_ENDS_MS = 1_000;
const DEFAULT_QPS = 200;
const DEFAULT_BURST = 1_500;
const DEFAULT_WORKERS = 20;
/** Looks that have stored their intent wait for a free write, so that no write waits for the history. */
const LOOKS_PER_WRITE = 10;

/** What the work on releases needs beside the cluster. */
export interface ReleaseOptions {
  settings: ReleaseSettings;
  store: ReleaseStore;
  /** What is told about a cluster; asked for once, because spans that are open live in it. */
  telemetry: { forCluster(name: string): ReleaseTelemetry };
  /** Asks for the tasks of a cluster at each collection of the gauges, until the returned function is called. */
  observeTasks?: (
    cluster: string,
    tasks: () => Iterable<KeptnTask>,
  ) => () => void;
  /** Tells a receiver outside of the cluster what Kubernetes events tell inside. */
  createCloudEvents?: CreateCloudEvents;
}

/** How the webhook of this process is doing. */
export interface WebhookHealth {
  isListening: boolean;
  /** When the certificate that is served ends. */
  certificateExpiresAt?: Date;
  /** A sentence about what is wrong. */
  problem?: string;
}

export interface ClusterRuntimeOptions {
  config: ClusterConfig;
  settings: TaskSettings;
  runs: RunStore;
  logs: RunLogStore;
  /** Without it, tasks alone are run. */
  releases?: ReleaseOptions;
  /** Of the webhook that holds Pods, where this process serves one. */
  webhook?: () => WebhookHealth | undefined;
  logger: LoggerService;
  identity?: string;
  /** Writes to the cluster that are under way at once. 20 when absent. */
  workers?: number;
  timings?: Partial<RuntimeTimings>;
}

/** What is known of a cluster, besides what is under way. */
export interface ClusterFindings {
  version?: string;
  missingResources: string[];
  missingRights: MissingRight[];
  keptnOperator?: string;
  /** Kinds that not every cluster serves; known once the work has begun. */
  served?: ServedKinds;
  /** Whether Pods are held as the configuration says. */
  gates?: GateStatus;
  /** Why the work has not begun, or not begun again. */
  problem?: string;
  reachable: boolean;
}

/**
 * One cluster, from the first contact on: what it lacks, who else reconciles it, whether this replica is to act, and
 * the work itself. Whatever goes wrong is told by `health` and tried again.
 */
export class ClusterRuntime {
  readonly name: string;
  readonly title?: string;
  readonly mode: ClusterConfig['mode'];
  readonly keptnNamespace: string;
  /**
   * For what the API does in somebody's name: a task to create, an annotation to set. The reconciler's own writes are
   * fenced by the Lease; these are not, so that any replica may answer.
   */
  readonly client: ClusterClient;

  private readonly logger: LoggerService;
  private readonly timings: RuntimeTimings;
  private readonly connection: ClusterConnection;
  private readonly reader: KubernetesClusterClient;
  private readonly definitions: ResourceWatch<'KeptnTaskDefinition'>;
  private readonly aborter = new AbortController();
  private readonly findings: ClusterFindings = {
    missingResources: [],
    missingRights: [],
    reachable: false,
  };
  private readonly telemetry?: ReleaseTelemetry;
  private webhookView?: WebhookView;
  private readonly secrets: ResourceWatch<'Secret'>[] = [];
  private loop?: Promise<void>;
  private election?: LeaderElection;
  private work?: ClusterWork;
  /** Terms begin and end one after the other. */
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly options: ClusterRuntimeOptions) {
    const { config, logger } = options;
    this.name = config.name;
    this.title = config.title;
    this.mode = config.mode;
    this.keptnNamespace = config.keptnNamespace;
    this.logger = logger.child({ cluster: config.name });
    this.timings = { ...DEFAULT_TIMINGS, ...options.timings };
    this.connection = new ClusterConnection(config);
    this.reader = new KubernetesClusterClient(
      this.connection,
      new RateLimiter({
        qps: config.qps ?? DEFAULT_QPS,
        burst: config.burst ?? DEFAULT_BURST,
      }),
    );
    this.client = this.reader;
    this.telemetry = options.releases?.telemetry.forCluster(config.name);
    this.definitions = createDefinitionWatch(this.watchDependencies());
  }

  /** Starts in the background. */
  start(): void {
    this.loop ??= this.run();
  }

  /** Ends the work in order and gives the Lease up. Takes no longer than its parts may. */
  async stop(): Promise<void> {
    this.aborter.abort(new Error('The plugin is shutting down'));
    // It may be waiting for an answer of a cluster that gives none; closing the connection ends that.
    await Promise.race([
      this.loop,
      new Promise(resolve => setTimeout(resolve, LOOP_ENDS_MS).unref()),
    ]);
    await this.endWork();
    await this.election?.stop();
    await Promise.all([
      this.definitions.stop(),
      this.webhookView?.stop(),
      ...this.secrets.map(secret => secret.stop()),
    ]);
    await this.connection.close();
  }

  /** Whether this replica looks after the releases of the cluster now. */
  releasesReady(): boolean {
    return this.work?.releasesReady ?? false;
  }

  /** What the webhook has to know; `undefined` where it is not the one to hold Pods, or nothing is known yet. */
  webhook(): WebhookCluster | undefined {
    return this.webhookView;
  }

  /** Watches one Secret from now on. */
  watchSecret(key: ObjectKey): ResourceWatch<'Secret'> {
    const watch = createSecretWatch(this.watchDependencies(), key);
    this.secrets.push(watch);
    watch.start();
    return watch;
  }

  /** Whether the definitions in memory are all that there are. */
  definitionsKnown(): boolean {
    return this.definitions.health().synced;
  }

  /** Definitions of a namespace, from memory. */
  listDefinitions(namespace: string): KeptnTaskDefinition[] {
    return [...this.definitions.cache.values()].filter(
      ({ metadata }) => metadata.namespace === namespace,
    );
  }

  /** A definition, from memory. */
  getDefinition(
    namespace: string,
    name: string,
  ): KeptnTaskDefinition | undefined {
    return this.definitions.cache.get({ namespace, name });
  }

  /** How the cluster is. Asks nobody. */
  health(): ClusterHealth {
    const { name, title, mode, findings, election, work } = this;
    return describeHealth({
      name,
      title,
      mode,
      findings,
      lastContactAt: this.connection.lastContactAt,
      watches: [this.definitions.health(), ...(work?.watchHealth() ?? [])],
      work: work && {
        ready: work.ready && this.mayAct(),
        lagMs: work.lagMs,
        queueLength: work.queueLength,
      },
      leader: election?.holder(),
      electionError: election?.lastError(),
      webhook: this.options.webhook?.(),
    });
  }

  private async run(): Promise<void> {
    const { signal } = this.aborter;
    while (!signal.aborted) {
      const blocked = await this.findObstacle();
      if (blocked !== this.findings.problem) {
        this.sayProblem(blocked);
      }
      if (blocked) {
        await this.stand();
      } else if (!this.isUnderWay()) {
        this.begin();
      }
      await sleep(
        blocked ? this.timings.retryMs : this.timings.operatorCheckMs,
        signal,
      ).catch(() => undefined);
    }
  }

  /** What keeps us from working on the cluster now, in one sentence. */
  private async findObstacle(): Promise<string | undefined> {
    const { config } = this.options;
    const { findings, reader } = this;
    try {
      const wrong = describeConfigProblem(config);
      if (wrong) {
        return wrong;
      }
      if (!this.isUnderWay()) {
        findings.version = await getServerVersion(reader);
        findings.reachable = true;
        findings.missingResources = await findMissingResources(reader);
        if (findings.missingResources.length > 0) {
          return `The cluster does not serve ${findings.missingResources.join(
            ' and ',
          )}; apply them with kubectl apply -f deploy/crds`;
        }
        findings.served = await findServedKinds(reader);
        const { missing, blocks } = await reviewAccess(
          reader,
          config,
          findings.served,
        );
        findings.missingRights = missing;
        if (blocks) {
          return missing[0].message;
        }
        this.definitions.start();
        this.startWebhookView();
      }
      findings.keptnOperator = await findKeptnOperator(
        reader,
        config.keptnNamespace,
        new Date(),
      );
      findings.reachable = true;
      await this.lookAtReleases();
      return findings.keptnOperator && config.mode === 'reconcile'
        ? `Keptn's own operator (${findings.keptnOperator}) reconciles this cluster; remove it first, or set mode: observe`
        : undefined;
    } catch (error) {
      if (this.isUnderWay()) {
        // What is under way has its own patience with a cluster that is away.
        return this.findings.problem;
      }
      // One that refuses us has answered.
      findings.reachable = isClusterError(error, 'unauthorized', 'forbidden');
      return toError(error).message;
    }
  }

  /** What releases need may come or go later; the work begins anew with what there is. */
  private async lookAtReleases(): Promise<void> {
    const { findings, reader, options } = this;
    const { gates = 'declared' } = options.config;
    if (this.mode === 'reconcile' && options.releases) {
      findings.gates = await findGateStatus(reader, gates);
    }
    if (this.isUnderWay() && options.releases) {
      const served = await findServedKinds(reader);
      if (!isDeepStrictEqual(served, findings.served)) {
        findings.served = served;
        const { missing } = await reviewAccess(reader, options.config, served);
        findings.missingRights = missing;
        this.startWebhookView();
        await this.endWork();
        this.beginWork();
      }
    }
  }

  private watchDependencies() {
    const { connection, reader, logger, timings } = this;
    return { connection, client: reader, logger, timings };
  }

  private startWebhookView(): void {
    const { served } = this.findings;
    if (this.options.config.gates === 'webhook' && served?.releases) {
      this.webhookView ??= new WebhookView(this.watchDependencies(), served);
      this.webhookView.start();
    }
  }

  private sayProblem(problem: string | undefined): void {
    this.findings.problem = problem;
    if (problem && !this.aborter.signal.aborted) {
      this.logger.warn(`Not at work on the cluster, trying again: ${problem}`);
    } else if (!problem) {
      this.logger.info('The cluster can be worked on');
    }
  }

  private isUnderWay(): boolean {
    return this.work !== undefined || this.election !== undefined;
  }

  private begin(): void {
    if (this.mode === 'observe') {
      this.beginWork();
      return;
    }
    const { identity } = this.options;
    this.election = new LeaderElection({
      // Renewing must not wait behind other requests, nor longer than the Lease lasts.
      client: new KubernetesClusterClient(this.connection, undefined, {
        timeoutMs: this.timings.lease.renewDeadlineMs / 2,
      }),
      namespace: this.keptnNamespace,
      name: RECONCILER_LEASE,
      identity: identity ?? `${hostname()}_${randomUUID()}`,
      timings: this.timings.lease,
      logger: this.logger,
    });
    this.election.onChange(leads => {
      if (leads) {
        this.logger.info('This replica reconciles the cluster from now on');
        this.beginWork();
      } else {
        this.logger.info('This replica does not reconcile the cluster now');
        this.endWork();
      }
    });
    this.election.start();
  }

  /** Leaves the cluster to somebody else. */
  private async stand(): Promise<void> {
    await this.endWork();
    const { election } = this;
    this.election = undefined;
    await election?.stop();
  }

  private beginWork(): void {
    this.turn = this.turn.then(() => {
      if (this.aborter.signal.aborted || !this.mayAct() || this.work) {
        return;
      }
      const { options, timings } = this;
      const workers = options.workers ?? DEFAULT_WORKERS;
      const { served } = this.findings;
      const work = new ClusterWork({
        ...options,
        releases:
          options.releases && served?.releases
            ? { ...options.releases, served, telemetry: this.telemetry! }
            : undefined,
        settings: { ...options.settings, keptnNamespace: this.keptnNamespace },
        connection: this.connection,
        reader: this.reader,
        client: limitWrites(
          fenceWrites(this.reader, () => this.assertMayWrite()),
          workers,
        ),
        definitions: this.definitions,
        logger: this.logger,
        // While some look into the history, others write to the cluster.
        workers: workers * LOOKS_PER_WRITE,
        timings,
        assertLeader: () => this.assertMayAct(),
      });
      this.work = work;
      // Not awaited: a cluster that is slow to answer must not hold up the end of this term.
      work.start().catch(error => this.beginAgain(work, toError(error)));
    });
  }

  private beginAgain(work: ClusterWork, error: Error): void {
    if (this.work !== work || this.aborter.signal.aborted) {
      return;
    }
    this.logger.error('The work on the cluster could not begin', error);
    this.endWork();
    this.turn = this.turn.then(() =>
      sleep(this.timings.retryMs, this.aborter.signal).catch(() => undefined),
    );
    this.beginWork();
  }

  private endWork(): Promise<void> {
    this.turn = this.turn.then(async () => {
      const { work } = this;
      await work?.stop();
      this.work = undefined;
    });
    return this.turn;
  }

  private mayAct(): boolean {
    return this.mode === 'observe' || (this.election?.isLeader() ?? false);
  }

  private assertMayAct(): void {
    if (!this.mayAct()) {
      throw new ClusterError(
        'not-leader',
        `This replica does not reconcile cluster ${this.name} now`,
      );
    }
  }

  private assertMayWrite(): void {
    if (this.mode === 'observe') {
      throw new ClusterError(
        'not-leader',
        `Cluster ${this.name} is only observed`,
      );
    }
    this.assertMayAct();
  }
}
