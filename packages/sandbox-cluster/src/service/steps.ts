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

import { WebhookAnswer, WebhookCall } from '../admission/webhooks/WebhookCall';

/**
 * An operation on its way. Where a webhook has to be asked it yields the question and goes on with the answer;
 * an operation that no webhook wants to see runs to its end at once.
 */
export type Steps<T> = Generator<WebhookCall, T, WebhookAnswer>;

/** Carries an operation out and waits for its webhooks. */
export async function carryOut<T>(
  steps: Steps<T>,
  ask: (call: WebhookCall) => Promise<WebhookAnswer>,
): Promise<T> {
  let step = steps.next();
  while (!step.done) step = steps.next(await ask(step.value));
  return step.value;
}

/** Carries an operation of the server itself out, which no webhook is asked about. */
export function atOnce<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next({ notAsked: true });
  return step.value;
}
