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

import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import type { ClusterConfig } from './cluster/ClusterConfig';
import { parsePodTemplate } from './domain/definition/podTemplate';
import { parseDurationMs } from './domain/duration';
import {
  defaultReleaseSettings,
  type ReleaseSettings,
} from './domain/release/settings';
import { defaultTaskSettings, type TaskSettings } from './domain/settings';
import { defaultLogLimits } from './history/DatabaseRunLogStore';
import type { LogLimits } from './history/DatabaseLogWriter';
import { readCluster } from './readCluster';
import type { ClusterReach } from './service/reach';
import {
  readWebhookConfig,
  type WebhookConfig,
} from './webhook/readWebhookConfig';

/** The section `keptnTasks` with its defaults filled in. */
export interface KeptnTasksConfig {
  clusters: ClusterConfig[];
  /** Which namespaces entities may reach, for each cluster. */
  reach: ClusterReach[];
  /** How tasks run. `keptnNamespace` is each cluster's own. */
  settings: TaskSettings;
  /** What happens around deployments. */
  releases: ReleaseSettings;
  allowExtraParameters: boolean;
  retention: {
    maxAgeMs: number;
    maxRunsPerDefinition: number;
  };
  logs: LogLimits;
  /** Served where a cluster has `gates: webhook`. */
  webhook?: WebhookConfig;
  /** Tasks looked at side by side, per cluster. */
  workers?: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const root = 'keptnTasks';

/**
 * Reads the plugin's section. The first thing that is wrong is told in one sentence that names its path.
 * @throws InputError
 */
export function readConfig(config: Config): KeptnTasksConfig {
  const section = config.getOptionalConfig(root);
  const clusters = section?.getOptionalConfigArray('clusters') ?? [];
  const seen = new Set<string>();
  const parsed = clusters.map((cluster, i) => {
    const at = `${root}.clusters[${i}]`;
    const result = readCluster(cluster, at);
    if (seen.has(result.config.name)) {
      throw new InputError(
        `${at}.name is '${result.config.name}', which another cluster is called already`,
      );
    }
    seen.add(result.config.name);
    return result;
  });
  return {
    clusters: parsed.map(({ config: one }) => one),
    reach: parsed.map(({ reach }) => reach),
    settings: readSettings(section),
    releases: readReleases(section),
    allowExtraParameters:
      section?.getOptionalBoolean('allowExtraParameters') ?? false,
    retention: {
      maxAgeMs: readAge(section) ?? 180 * DAY_MS,
      maxRunsPerDefinition:
        readNumber(section, 'history.retention.maxRunsPerDefinition', 1) ??
        1000,
    },
    logs: {
      headBytes:
        readNumber(section, 'logs.headBytes', 0) ?? defaultLogLimits.headBytes,
      tailBytes:
        readNumber(section, 'logs.tailBytes', 64 * 1024) ??
        defaultLogLimits.tailBytes,
      lineBytes:
        readNumber(section, 'logs.lineBytes', 256) ??
        defaultLogLimits.lineBytes,
    },
    webhook: readWebhookConfig(
      section,
      parsed.map(({ config: { name } }) => name),
    ),
    workers: readNumber(section, 'workers', 1),
  };
}

function readSettings(section: Config | undefined): TaskSettings {
  const base = defaultTaskSettings;
  const timeout =
    section?.getOptionalString('defaults.timeout') ?? base.defaults.timeout;
  if ((parseDurationMs(timeout) ?? 0) < 1000) {
    throw new InputError(
      `${root}.defaults.timeout is '${timeout}'; it must be a duration of at least 1s, such as 5m or 1h30m`,
    );
  }
  return {
    ...base,
    images: {
      deno:
        section?.getOptionalString('runners.deno.image') ?? base.images.deno,
      python:
        section?.getOptionalString('runners.python.image') ??
        base.images.python,
    },
    defaults: {
      retries:
        readNumber(section, 'defaults.retries', 0) ?? base.defaults.retries,
      timeout,
      ttlSecondsAfterFinished:
        readNumber(section, 'defaults.ttlSecondsAfterFinished', 0) ??
        base.defaults.ttlSecondsAfterFinished,
    },
    graces: {
      definitionSeconds:
        readNumber(section, 'graces.definitionSeconds', 0) ??
        base.graces.definitionSeconds,
      imagePullSeconds:
        readNumber(section, 'graces.imagePullSeconds', 0) ??
        base.graces.imagePullSeconds,
      startSeconds:
        readNumber(section, 'graces.startSeconds', 0) ??
        base.graces.startSeconds,
    },
    resources:
      section?.getOptional<TaskSettings['resources']>('runners.resources') ??
      base.resources,
    podTemplate: readPodTemplate(section) ?? base.podTemplate,
    suspendJobs: section?.getOptionalBoolean('suspendJobs') ?? base.suspendJobs,
  };
}

function readReleases(section: Config | undefined): ReleaseSettings {
  const base = defaultReleaseSettings;
  const failedChecks =
    section?.getOptionalString('releases.failedChecks') ?? base.failedChecks;
  if (failedChecks !== 'block' && failedChecks !== 'warn') {
    throw new InputError(
      `${root}.releases.failedChecks is '${failedChecks}'; it must be 'block' (a failed check keeps the deployment back) or 'warn' (it is only reported)`,
    );
  }
  const number = (key: keyof ReleaseSettings & string, min: number) =>
    readNumber(section, `releases.${key}`, min) ?? (base[key] as number);
  return {
    failedChecks,
    discoverySeconds: number('discoverySeconds', 0),
    rolloutSeconds: number('rolloutSeconds', 1),
    definitionGraceSeconds: number('definitionGraceSeconds', 0),
    keepVersions: number('keepVersions', 1),
    promotionTasks:
      section?.getOptionalBoolean('releases.promotionTasks') ??
      base.promotionTasks,
  };
}

function readPodTemplate(
  section: Config | undefined,
): TaskSettings['podTemplate'] | undefined {
  const value = section?.getOptional('runners.podTemplate');
  if (value === undefined) return undefined;
  const { template, problem } = parsePodTemplate(
    JSON.stringify(value),
    `${root}.runners.podTemplate`,
  );
  if (problem) throw new InputError(problem);
  return template;
}

function readAge(section: Config | undefined): number | undefined {
  const key = 'history.retention.maxAge';
  if (!section?.has(key)) return undefined;
  const ms = durationToMilliseconds(readDurationFromConfig(section, { key }));
  if (ms < 60 * 60 * 1000) {
    throw new InputError(`${root}.${key} must be at least one hour`);
  }
  return ms;
}

function readNumber(
  section: Config | undefined,
  key: string,
  min: number,
): number | undefined {
  const value = section?.getOptionalNumber(key);
  if (value === undefined) return undefined;
  if (!Number.isInteger(value) || value < min || value > 2 ** 31 - 1) {
    throw new InputError(
      `${root}.${key} is ${value}; it must be a whole number, ${min} or more`,
    );
  }
  return value;
}
