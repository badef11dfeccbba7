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
import { createHash } from 'node:crypto';
import limit from 'p-limit';
import type { ClusterObject } from '../cluster/resourceKinds';
import type { Notice } from '../domain/plan';
import { versionOf } from '../domain/release/eventAnnotations';
import { eventSubject } from '../domain/release/eventSubject';

const SOURCE = 'keptn.sh';
const TIMEOUT_MS = 5_000;
/** Posts at once, and how many more may wait; what comes on top is not sent. */
const CONCURRENT = 5;
const MAX_WAITING = 1_000;

export interface CloudEventsOptions {
  /** Where events go now: `cloudEventsEndpoint` of the KeptnConfig. Nowhere while it is empty. */
  endpoint: () => string | undefined;
  logger: LoggerService;
  now: () => Date;
  timeoutMs?: number;
}

/** Tells a receiver outside of the cluster what happens to releases and tasks. */
export interface CloudEvents {
  /** One attempt in the background, never twice. Never throws; what goes wrong is for the log alone. */
  publish(about: ClusterObject, notice: Notice): void;
}

/** Posts CloudEvents 1.0 in binary mode, with the types and the data that Keptn sends. */
export function createCloudEvents(options: CloudEventsOptions): CloudEvents {
  const { logger, timeoutMs = TIMEOUT_MS } = options;
  const slots = limit(CONCURRENT);
  let warnedAbout: string | undefined;

  function usableEndpoint(): string | undefined {
    const endpoint = options.endpoint()?.trim();
    if (!endpoint || isHttp(endpoint)) {
      return endpoint || undefined;
    }
    if (warnedAbout !== endpoint) {
      warnedAbout = endpoint;
      logger.warn(
        `No CloudEvents are sent: cloudEventsEndpoint of the KeptnConfig is "${endpoint}"; make it an http or https URL`,
      );
    }
    return undefined;
  }

  async function post(endpoint: string, event: CloudEvent): Promise<void> {
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: event.headers,
        body: event.body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      if (!response.ok) {
        throw new Error(`HTTP ${response.status}`);
      }
    } catch (error) {
      logger.debug(
        `CloudEvent ${event.headers['ce-type']} was not taken by ${
          new URL(endpoint).host
        }: ${toError(error).message}`,
      );
    }
  }

  return {
    publish(about, notice) {
      const endpoint = usableEndpoint();
      if (!endpoint) {
        return;
      }
      if (slots.pendingCount >= MAX_WAITING) {
        logger.debug(
          `CloudEvent ${notice.reason} about ${about.kind} ${about.metadata?.name} was not sent: too many are waiting`,
        );
        return;
      }
      const event = cloudEvent(about, notice, options.now());
      void slots(() => post(endpoint, event));
    },
  };
}

interface CloudEvent {
  headers: Record<string, string>;
  body: string;
}

function cloudEvent(
  about: ClusterObject,
  notice: Notice,
  time: Date,
): CloudEvent {
  const { apiVersion = '', kind = '', metadata } = about;
  const { title, word } = eventSubject(kind, notice.reason);
  const [version, group = ''] = apiVersion.split('/').reverse();
  return {
    headers: {
      'ce-specversion': '1.0',
      'ce-id': createHash('sha256')
        .update(`${metadata?.uid}\n${notice.reason}\n${notice.message}`)
        .digest('hex')
        .slice(0, 32),
      'ce-source': SOURCE,
      'ce-type': headerValue(`${title}.${word}`),
      'ce-time': time.toISOString(),
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      message: notice.message,
      type: notice.type,
      version: versionOf(about),
      resource: {
        group,
        kind,
        version,
        name: metadata?.name ?? '',
        namespace: metadata?.namespace ?? '',
      },
    }),
  };
}

/** Blanks stay, as Keptn sends them; what a header cannot carry is percent-encoded. */
function headerValue(text: string): string {
  return text.replace(/[^\x20-\x7e]|["%]/gu, encodeURIComponent);
}

function isHttp(text: string): boolean {
  return (
    URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
  );
}
