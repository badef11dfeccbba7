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

import { Json } from '../../schema/json';

/** Where a webhook listens, as its configuration says. */
export interface ClientConfig {
  url?: string;
  service?: { namespace: string; name: string; path?: string; port?: number };
  caBundle?: string;
}

/** One question to one webhook. */
export interface WebhookCall {
  /** Name of the webhook, for messages. */
  name: string;
  clientConfig: ClientConfig;
  timeoutSeconds: number;
  /** `request` of the AdmissionReview; its uid is given when it is sent. */
  request: Json;
}

/** What came back: the checked `response`, what went wrong, or that nobody was asked. */
export type WebhookAnswer =
  | { response: WebhookResponse }
  | { failure: string }
  | { notAsked: true };

/** `response` of an AdmissionReview. */
export interface WebhookResponse {
  allowed: boolean;
  status?: { code?: number; message?: string; reason?: string; details?: Json };
  warnings?: string[];
  patch?: unknown[];
}
