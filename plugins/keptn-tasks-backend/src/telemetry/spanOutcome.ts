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

import type { Span } from '@opentelemetry/api';
import { SpanStatusCode } from '@opentelemetry/api';
import type { KeptnEvaluation } from '../domain/release/resources';
import type { KeptnTask } from '../domain/resources';

/** How a task or evaluation ended. */
export function outcomeOf(item: KeptnTask | KeptnEvaluation): {
  state: string;
  message?: string;
} {
  if (item.kind === 'KeptnTask') {
    return {
      state: item.status?.status ?? 'Unknown',
      message: item.status?.message,
    };
  }
  const { overallStatus, evaluationStatus } = item.status ?? {};
  const messages = Object.values(evaluationStatus ?? {})
    .filter(({ status }) => status === 'Failed')
    .flatMap(({ message }) => message ?? []);
  return { state: overallStatus ?? 'Unknown', message: messages.join(' ') };
}

/** Ends a span. What is neither good nor bad, such as a version that was superseded, has no status. */
export function finish(
  span: Span,
  {
    state,
    success,
    message,
    at,
  }: { state: string; success: string; message?: string; at?: Date },
): void {
  if (state === 'Failed') {
    span.setStatus({
      code: SpanStatusCode.ERROR,
      message: message || 'Failed',
    });
  } else if (state === 'Succeeded' || state === 'Warning') {
    span.setStatus({
      code: SpanStatusCode.OK,
      message: state === 'Warning' ? 'Warning' : success,
    });
  }
  span.end(at);
}
