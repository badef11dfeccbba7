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

import type { Context, Link, Span } from '@opentelemetry/api';
import {
  createTraceState,
  isSpanContextValid,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api';
import type { TraceCarrier } from '../domain/release/resources';
import {
  formatTraceparent,
  parseTraceparent,
} from '../domain/release/traceIds';

/** A context below the span that a carrier names; the root when it names none. */
export function contextOf(carrier: TraceCarrier | undefined): Context {
  const parts = parseTraceparent(carrier?.traceparent);
  return parts
    ? trace.setSpanContext(ROOT_CONTEXT, {
        traceId: parts.traceId,
        spanId: parts.spanId,
        traceFlags: parts.flags,
        isRemote: true,
        ...(carrier!.tracestate && {
          traceState: createTraceState(carrier!.tracestate),
        }),
      })
    : ROOT_CONTEXT;
}

/** What names a span to others; `undefined` when there is no SDK, which answers with the parent or with nothing. */
export function carrierOf(
  span: Span,
  parent: Context,
): TraceCarrier | undefined {
  const own = span.spanContext();
  if (
    !isSpanContextValid(own) ||
    own.spanId === trace.getSpanContext(parent)?.spanId
  ) {
    return undefined;
  }
  const tracestate = own.traceState?.serialize();
  return {
    traceparent: formatTraceparent({ ...own, flags: own.traceFlags }),
    ...(tracestate && { tracestate }),
  };
}

/** Links to traces that this one follows from, as Keptn marks them; what is no traceparent is left out. */
export function linksTo(traceparents: string[] | undefined): Link[] {
  return (traceparents ?? []).flatMap(traceparent => {
    const context = trace.getSpanContext(contextOf({ traceparent }));
    return context
      ? { context, attributes: { 'opentracing.ref_type': 'follows-from' } }
      : [];
  });
}
