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
import { isObject, Json } from '../../schema/json';
import { WebhookAnswer } from './WebhookCall';

/** Reads the AdmissionReview that a webhook answers to a request, as strictly as the API server. */
export function readReview(uid: string, text: string): WebhookAnswer {
  try {
    return { response: checked(uid, JSON.parse(text)) };
  } catch (error) {
    return {
      failure: `received invalid webhook response: ${(error as Error).message}`,
    };
  }
}

function checked(uid: string, review: unknown) {
  const { apiVersion, kind, response } = (
    isObject(review) ? review : {}
  ) as Json;
  if (apiVersion !== 'admission.k8s.io/v1' || kind !== 'AdmissionReview') {
    throw new Error(
      `expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got ${
        apiVersion ?? ''
      }, Kind=${kind ?? ''}`,
    );
  }
  if (!isObject(response)) throw new Error('webhook response was absent');
  if (response.uid !== uid) {
    throw new Error(
      `expected response.uid="${uid}", got "${response.uid ?? ''}"`,
    );
  }
  const { allowed, status, warnings, patch, patchType } = response;
  if (!patch && patchType) {
    throw new Error(
      'webhook returned response.patchType but not response.patch',
    );
  }
  if (patch && patchType !== 'JSONPatch') {
    throw new Error(
      patchType
        ? `webhook returned invalid response.patchType of "${patchType}"`
        : 'webhook returned response.patch but not response.patchType',
    );
  }
  return {
    allowed: allowed === true,
    status,
    warnings,
    patch: patch
      ? JSON.parse(Buffer.from(patch, 'base64').toString())
      : undefined,
  };
}
