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
import { Steps } from './steps';
import { WebhooksPending } from './WebhooksPending';

const KEPT_MS = 30_000;

interface Answer {
  value?: WebhookAnswer;
  since: number;
}

/**
 * Lets controllers create objects synchronously although webhooks answer later: the first try sends the question and
 * throws `WebhooksPending`; a later try with the same object finds the answer and goes on.
 */
export class AnswersAtHand {
  private readonly answers = new Map<string, Answer>();

  constructor(
    private readonly ask: (call: WebhookCall) => Promise<WebhookAnswer>,
  ) {}

  /** Carries an operation out with the answers that are there. */
  carryOut<T>(steps: Steps<T>): T {
    let step = steps.next();
    if (step.done) return step.value;
    const used: string[] = [];
    try {
      while (!step.done) {
        const key = keyOf(step.value);
        used.push(key);
        step = steps.next(this.answerTo(key, step.value));
      }
    } catch (error) {
      if (!(error instanceof WebhooksPending)) this.forget(used);
      throw error;
    }
    this.forget(used);
    return step.value;
  }

  private answerTo(key: string, call: WebhookCall): WebhookAnswer {
    const known = this.answers.get(key);
    const isFresh = known && Date.now() - known.since < KEPT_MS;
    if (known?.value && isFresh) return known.value;
    const answer: Answer = { since: Date.now() };
    this.answers.set(key, answer);
    const settled = this.ask(call).then(value => {
      answer.value = value;
      answer.since = Date.now();
    });
    throw new WebhooksPending(settled);
  }

  private forget(keys: string[]) {
    for (const key of keys) this.answers.delete(key);
    const old = Date.now() - 2 * KEPT_MS;
    for (const [key, { since }] of this.answers) {
      if (since < old) this.answers.delete(key);
    }
  }
}

/** The same for every try: without what differs each time. */
function keyOf({ name, request }: WebhookCall): string {
  const { metadata, ...rest } = request.object ?? {};
  const {
    managedFields: _m,
    uid: _u,
    creationTimestamp: _c,
    ...kept
  } = metadata ?? {};
  if (kept.generateName) delete kept.name;
  return JSON.stringify([
    name,
    { ...request, object: { ...rest, metadata: kept } },
  ]);
}
