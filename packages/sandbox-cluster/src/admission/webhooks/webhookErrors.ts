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
import { StatusError } from '../../errors/StatusError';
import { WebhookResponse } from './WebhookCall';

/** A webhook that must be asked and could not be. */
export function callFailed(name: string, failure: string): StatusError {
  const text = `failed calling webhook ${JSON.stringify(name)}: ${failure}`;
  return new StatusError(
    500,
    'InternalError',
    `Internal error occurred: ${text}`,
    { causes: [{ message: text }] },
  );
}

/** What a webhook's denial becomes. */
export function rejected(
  name: string,
  { status = {} }: WebhookResponse,
): StatusError {
  const deniedBy = `admission webhook ${JSON.stringify(
    name,
  )} denied the request`;
  const why = status.message || status.reason;
  // A denial never has the code of a success.
  const code = Math.max(status.code ?? 0, 400);
  return new StatusError(
    code,
    status.reason,
    why ? `${deniedBy}: ${why}` : `${deniedBy} without explanation`,
    status.details,
  );
}
