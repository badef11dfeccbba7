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

import { badRequest } from '../errors/StatusError';
import { isObject } from '../schema/json';
import { Faults } from './Faults';

/**
 * `POST /sandbox/faults`: `{ "<method of Faults>": <its argument>, ... }` for a cluster in another
 * process. Answers what the methods answered; `requests` takes a filter and lists the log.
 */
export function controlFaults(faults: Faults, body: unknown): object {
  if (!isObject(body)) throw badRequest('expected an object of faults');
  const actions: Record<string, (argument: any) => unknown> = {
    dropWatches: filter => faults.dropWatches(filter ?? {}),
    openWatches: resource => faults.openWatches(resource || undefined),
    failNext: fault => faults.failNext(fault),
    loseResponse: fault => faults.loseResponse(fault),
    refuse: refusal => faults.refuse(refusal),
    allow: refusal =>
      faults.allow(
        isObject(refusal) && Object.keys(refusal).length ? refusal : undefined,
      ),
    expireHistory: () => faults.expireHistory(),
    delay: delay => faults.delay(delay),
    reset: () => faults.reset(),
    requests: filter => faults.requests.list(filter ?? {}),
    countRequests: filter => faults.requests.count(filter ?? {}),
    clearRequests: () => faults.requests.clear(),
  };
  const answer: Record<string, unknown> = {};
  for (const [name, argument] of Object.entries(body)) {
    const action = actions[name];
    if (!action) throw badRequest(`unknown fault ${JSON.stringify(name)}`);
    answer[name] = action(argument) ?? null;
  }
  return answer;
}
