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

import { ClusterApi, KubeObject, ResourceClient } from '../../ClusterApi';
import { LruMap } from './LruMap';
import { toSeconds } from './time';
import { eventName, eventReference } from './eventNames';

const REMEMBERED = 4096;
/** So many different messages of one kind within the interval, then they are counted as one. */
const SIMILAR_LIMIT = 10;
const SIMILAR_INTERVAL_MS = 600_000;

/** Who reports. `host` is set by the kubelet only. */
export interface EventSource {
  component: string;
  host?: string;
}

/** What happened. `fieldPath` names the part of the object, e.g. `spec.containers{main}`. */
export interface EventText {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  fieldPath?: string;
}

/**
 * Writes core/v1 Events like client-go's recorder: the same event again raises `count` and `lastTimestamp`
 * of the first one, and many alike with changing texts become one "(combined from similar events)".
 */
export class EventRecorder {
  private readonly events: ResourceClient;

  private readonly names = new LruMap<string, string>(REMEMBERED);

  private readonly similar = new LruMap<
    string,
    { messages: Set<string>; last: number }
  >(REMEMBERED);

  constructor(api: ClusterApi, private readonly source: EventSource) {
    this.events = api.resource('v1', 'Event');
  }

  /** Never throws: an event that cannot be written (namespace gone, …) is dropped, as a real recorder does. */
  record(about: KubeObject, text: EventText): void {
    try {
      this.write(about, this.aggregated(about, text));
    } catch {
      // Events are best effort.
    }
  }

  private write(about: KubeObject, { text, key }: Aggregated): void {
    const namespace = about.metadata.namespace ?? 'default';
    const name = this.names.get(key);
    const known = name && this.events.get(namespace, name);
    if (known) {
      this.events.update({
        ...known,
        message: text.message,
        count: (known.count ?? 1) + 1,
        lastTimestamp: toSeconds(),
      });
      return;
    }
    const created = this.events.create({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: eventName(about), namespace },
      involvedObject: eventReference(about, text.fieldPath),
      reason: text.reason,
      message: text.message,
      source: { ...this.source },
      firstTimestamp: toSeconds(),
      lastTimestamp: toSeconds(),
      count: 1,
      type: text.type,
      eventTime: null,
      reportingComponent: this.source.component,
      reportingInstance: this.source.host ?? '',
    });
    this.names.set(key, created.metadata.name);
  }

  private aggregated(about: KubeObject, text: EventText): Aggregated {
    const kind = [
      about.metadata.uid,
      text.fieldPath ?? '',
      text.type,
      text.reason,
    ].join('\n');
    const now = Date.now();
    let seen = this.similar.get(kind);
    if (!seen || now - seen.last > SIMILAR_INTERVAL_MS) {
      seen = { messages: new Set(), last: now };
    }
    seen.last = now;
    seen.messages.add(text.message);
    this.similar.set(kind, seen);
    if (seen.messages.size < SIMILAR_LIMIT) {
      return { text, key: `${kind}\n${text.message}` };
    }
    // Make room, so that the set does not grow: from here on only the kind matters.
    seen.messages.delete(seen.messages.values().next().value!);
    const message = `(combined from similar events): ${text.message}`;
    return { text: { ...text, message }, key: kind };
  }
}

interface Aggregated {
  text: EventText;
  key: string;
}
