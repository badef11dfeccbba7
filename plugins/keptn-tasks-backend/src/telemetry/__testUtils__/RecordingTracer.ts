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

import type {
  Attributes,
  Context,
  Link,
  Span,
  SpanContext,
  SpanOptions,
  SpanStatus,
  TimeInput,
  Tracer,
} from '@opentelemetry/api';
import { SpanStatusCode, trace } from '@opentelemetry/api';

/** A span as it was told. */
export interface RecordedSpan {
  name: string;
  kind?: number;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: Attributes;
  links: Link[];
  events: { name: string; time?: TimeInput }[];
  status: SpanStatus;
  startTime?: TimeInput;
  endTime?: TimeInput;
  isEnded: boolean;
}

/** Does what a tracer of an SDK does, and keeps the spans, in the order in which they were begun. */
export class RecordingTracer implements Tracer {
  readonly spans: RecordedSpan[] = [];

  /** What `prefix` is the first part of are the ids that this process makes. */
  constructor(private readonly prefix = 'a') {}

  startSpan(name: string, options: SpanOptions = {}, context?: Context): Span {
    const parent = context && trace.getSpanContext(context);
    const span: RecordedSpan = {
      name,
      kind: options.kind,
      traceId: parent?.traceId ?? this.id(32),
      spanId: this.id(16),
      parentSpanId: parent?.spanId,
      attributes: { ...options.attributes },
      links: options.links ?? [],
      events: [],
      status: { code: SpanStatusCode.UNSET },
      startTime: options.startTime,
      isEnded: false,
    };
    this.spans.push(span);
    return handle(span, {
      traceId: span.traceId,
      spanId: span.spanId,
      traceFlags: parent?.traceFlags ?? 1,
      traceState: parent?.traceState,
    });
  }

  startActiveSpan(): never {
    throw new Error('Spans of releases are never the active one');
  }

  span(name: string): RecordedSpan {
    const found = this.spans.filter(span => span.name === name);
    if (found.length !== 1) {
      throw new Error(`${found.length} spans have the name ${name}`);
    }
    return found[0];
  }

  private id(length: number): string {
    const count = String(this.spans.length + 1);
    return this.prefix + count.padStart(length - this.prefix.length, '0');
  }
}

function handle(recorded: RecordedSpan, context: SpanContext): Span {
  const span: Span = {
    spanContext: () => context,
    setAttribute: (key, value) => span.setAttributes({ [key]: value }),
    setAttributes: values => {
      Object.assign(recorded.attributes, values);
      return span;
    },
    addEvent: (name, attributesOrTime) => {
      recorded.events.push({ name, time: attributesOrTime as TimeInput });
      return span;
    },
    addLink: link => {
      recorded.links.push(link);
      return span;
    },
    addLinks: links => {
      recorded.links.push(...links);
      return span;
    },
    setStatus: status => {
      recorded.status = status;
      return span;
    },
    updateName: () => span,
    recordException: () => {},
    isRecording: () => !recorded.isEnded,
    end: endTime => {
      if (recorded.isEnded) {
        throw new Error(`The span ${recorded.name} was ended twice`);
      }
      recorded.isEnded = true;
      recorded.endTime = endTime;
    },
  };
  return span;
}
