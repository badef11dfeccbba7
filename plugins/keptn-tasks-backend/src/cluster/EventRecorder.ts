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
import type { Notice } from '../domain/plan';
import { eventAnnotations } from '../domain/release/eventAnnotations';
import type { ClusterClient } from './ClusterClient';
import { isClusterError } from './ClusterError';
import type { ClusterObject } from './resourceKinds';

const COMPONENT = 'keptn-tasks';
/** Kubernetes refuses longer messages. */
const MAX_MESSAGE = 1024;
/** Sentences remembered, so that none is told twice by this process. */
const MAX_REMEMBERED = 5_000;

/**
 * Tells people about an object through Kubernetes events, one create each. The same sentence about the same object is
 * told once: its event has a name made of both, so that not even a restart repeats it while it is still stored.
 */
export class EventRecorder {
  private readonly told = new Set<string>();

  constructor(
    private readonly options: {
      client: ClusterClient;
      logger: LoggerService;
      now: () => Date;
      /** Called after an event was stored that was not stored before: once for each sentence, whoever restarts. */
      onTold?: (about: ClusterObject, notice: Notice) => void;
    },
  ) {}

  /** Tells each notice that was not told before. An event that cannot be stored changes nothing else. */
  async tell(
    about: ClusterObject & { apiVersion: string; kind: string },
    notices: Notice[],
  ): Promise<void> {
    for (const notice of notices) {
      const name = eventName(about, notice);
      if (!this.told.has(name)) {
        this.remember(name);
        await this.record(name, about, notice);
      }
    }
  }

  private async record(
    name: string,
    about: ClusterObject,
    notice: Notice,
  ): Promise<void> {
    const { client, logger, now, onTold } = this.options;
    const { namespace, uid, resourceVersion } = about.metadata!;
    const time = now();
    time.setMilliseconds(0);
    try {
      await client.create('Event', {
        metadata: {
          name,
          namespace,
          annotations: eventAnnotations(about, notice.reason),
        },
        involvedObject: {
          apiVersion: about.apiVersion,
          kind: about.kind,
          namespace,
          name: about.metadata!.name,
          uid,
          resourceVersion,
        },
        type: notice.type,
        reason: notice.reason,
        message: shorten(notice.message),
        source: { component: COMPONENT },
        firstTimestamp: wholeSeconds(time),
        lastTimestamp: wholeSeconds(time),
        count: 1,
      });
      onTold?.(about, notice);
    } catch (error) {
      if (isClusterError(error, 'already-exists')) {
        return;
      }
      if (isClusterError(error, 'unavailable', 'too-many-requests')) {
        this.told.delete(name);
      }
      logger.debug(
        `Event ${notice.reason} about ${about.kind} ${
          about.metadata!.name
        } was not stored: ${toError(error).message}`,
      );
    }
  }

  private remember(name: string): void {
    this.told.add(name);
    if (this.told.size > MAX_REMEMBERED) {
      this.told.delete(this.told.values().next().value!);
    }
  }
}

/** Names are at most 253 characters, and so may the object's be. */
function eventName({ metadata }: ClusterObject, notice: Notice): string {
  const hash = createHash('sha256')
    .update(`${metadata!.uid}\n${notice.reason}\n${notice.message}`)
    .digest('hex')
    .slice(0, 16);
  return `${metadata!.name!.slice(0, 230)}.${hash}`;
}

function shorten(message: string): string {
  return message.length <= MAX_MESSAGE
    ? message
    : `${message.slice(0, MAX_MESSAGE - 1)}…`;
}

/** These fields take no fractions of seconds. */
function wholeSeconds(time: Date): any {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}
