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
import { EventText } from './EventRecorder';
import { eventName, eventReference } from './eventNames';
import { toMicros } from './time';

/**
 * Writes Events in the newer form, as the scheduler does: with `eventTime` and an action; the same event
 * again becomes a series.
 */
export class SeriesRecorder {
  private readonly events: ResourceClient;

  private readonly names = new LruMap<string, string>(1024);

  constructor(api: ClusterApi, private readonly component: string) {
    this.events = api.resource('v1', 'Event');
  }

  /** Never throws: events are best effort. */
  record(about: KubeObject, text: EventText & { action: string }): void {
    try {
      this.write(about, text);
    } catch {
      // The namespace may be going away.
    }
  }

  private write(about: KubeObject, text: EventText & { action: string }) {
    const namespace = about.metadata.namespace ?? 'default';
    const key = [about.metadata.uid, text.reason, text.message].join('\n');
    const name = this.names.get(key);
    const known = name && this.events.get(namespace, name);
    if (known) {
      this.events.update({
        ...known,
        series: {
          count: (known.series?.count ?? 1) + 1,
          lastObservedTime: toMicros(),
        },
      });
      return;
    }
    const created = this.events.create({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: eventName(about), namespace },
      involvedObject: eventReference(about),
      reason: text.reason,
      message: text.message,
      source: {},
      firstTimestamp: null,
      lastTimestamp: null,
      type: text.type,
      eventTime: toMicros(),
      action: text.action,
      reportingComponent: this.component,
      reportingInstance: `${this.component}-sandbox`,
    });
    this.names.set(key, created.metadata.name);
  }
}
