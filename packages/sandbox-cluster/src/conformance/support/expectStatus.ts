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

import type { ApiResponse } from '../client/ApiClient';

/** What a refusal must say. What is left out is not looked at. */
export interface ExpectedStatus {
  code: number;
  reason?: string;
  message?: string | RegExp;
  details?: Record<string, unknown>;
  /** The causes, complete and in order. */
  causes?: { reason?: string; field?: string; message?: string | RegExp }[];
}

const matching = (text: string | RegExp) =>
  typeof text === 'string' ? text : expect.stringMatching(text);

/** Asserts that the answer is a `Status` that refuses the request, and what it says. */
export function expectStatus(response: ApiResponse, expected: ExpectedStatus) {
  const { code, reason, message, details, causes } = expected;
  expect(response.body).toMatchObject({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    code,
    ...(reason && { reason }),
    ...(message && { message: matching(message) }),
    ...(details && { details }),
  });
  expect(response.status).toBe(code);
  if (causes) {
    expect(response.body.details.causes).toEqual(
      causes.map(cause =>
        expect.objectContaining({
          ...cause,
          ...(cause.message && { message: matching(cause.message) }),
        }),
      ),
    );
  }
}
