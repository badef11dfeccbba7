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

import type { ApiClient } from '../client/ApiClient';
import { coreEvents } from './paths';
import { eventually } from './eventually';

/** Waits for an event about an object and returns it as core v1 tells it. */
export function eventOf(
  api: ApiClient,
  namespace: string,
  kind: string,
  name: string,
  reason: string,
  fits: (event: any) => boolean = () => true,
  timeoutMs?: number,
): Promise<any> {
  return eventually(
    `event ${reason} of ${kind} ${name}`,
    async () => {
      const events = await eventsOf(api, namespace, kind, name);
      return events.find(event => event.reason === reason && fits(event));
    },
    timeoutMs,
  );
}

/** All events about an object. */
export async function eventsOf(
  api: ApiClient,
  namespace: string,
  kind: string,
  name: string,
): Promise<any[]> {
  const { body } = await api.get(coreEvents(namespace), {
    query: {
      fieldSelector: `involvedObject.kind=${kind},involvedObject.name=${name}`,
    },
  });
  return body.items;
}
