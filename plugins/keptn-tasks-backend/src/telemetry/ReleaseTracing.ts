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

import type { Context, Span, Tracer } from '@opentelemetry/api';
import { SpanKind, trace } from '@opentelemetry/api';
import type { VersionObject } from '../controllers/release/ReleaseTelemetry';
import type {
  KeptnEvaluation,
  TraceCarrier,
} from '../domain/release/resources';
import {
  outerTrace,
  phaseTraceparent,
  storedTrace,
} from '../domain/release/traceIds';
import type { KeptnTask } from '../domain/resources';
import { finish, outcomeOf } from './spanOutcome';
import { attemptKey } from './attemptKey';
import { itemAttributes, versionAttributes } from './spanAttributes';
import { carrierOf, contextOf, linksTo } from './spans';

/** Versions whose spans are kept open; the oldest is closed to make room. */
const MAX_OPEN = 5_000;

/** The spans of a version that this process has begun. */
interface OpenVersion {
  root: Span;
  phases: Map<string, Span>;
}

/**
 * The trace of each release: a span for the version, below it one for each phase, below these the tasks and
 * evaluations. Spans live in this process. After a restart, what is under way goes on in new ones, with its true times
 * and below what is stored of the trace; so nothing of a trace is lost but the spans that were open.
 */
export class ReleaseTracing {
  private readonly open = new Map<string, OpenVersion>();

  constructor(private readonly options: { tracer: Tracer; cluster: string }) {}

  /** Opens the span of a phase, once. Returns what its tasks are told. */
  phaseStarted(version: VersionObject, phase: string, at: Date): TraceCarrier {
    const { root, phases } = this.openVersion(version, at);
    const parent = trace.setSpan(contextOf(undefined), root);
    const span =
      phases.get(phase) ?? this.startPhase(version, phase, parent, at);
    phases.set(phase, span);
    return (
      carrierOf(span, parent) ?? {
        traceparent: phaseTraceparent(version, phase),
      }
    );
  }

  phaseEnded(
    version: VersionObject,
    phase: string,
    outcome: {
      state: string;
      startedAt?: string;
      endedAt: string;
      message?: string;
    },
  ): void {
    const endedAt = new Date(outcome.endedAt);
    const startedAt = outcome.startedAt ? new Date(outcome.startedAt) : endedAt;
    const span =
      this.open.get(attemptKey(version))?.phases.get(phase) ??
      this.startPhase(
        version,
        phase,
        this.contextOfPhase(version, phase),
        startedAt,
      );
    finish(span, { ...outcome, success: 'Succeeded', at: endedAt });
  }

  versionEnded(version: VersionObject): void {
    const { status: state, startTime, endTime } = version.status ?? {};
    if (!startTime) {
      // Nothing of it was ever done.
      return;
    }
    const at = endTime ? new Date(endTime) : undefined;
    const { root, phases } = this.openVersion(version, new Date(startTime));
    for (const span of phases.values()) {
      // Of one that was superseded meanwhile; ended ones stay as they are.
      if (span.isRecording()) {
        span.end(at);
      }
    }
    finish(root, { state: state ?? 'Unknown', success: 'Finished', at });
    this.open.delete(attemptKey(version));
  }

  itemEnded(
    version: VersionObject,
    phase: string,
    item: KeptnTask | KeptnEvaluation,
  ): void {
    const { startTime, endTime } = item.status ?? {};
    const span = this.options.tracer.startSpan(
      item.metadata.name,
      {
        kind: SpanKind.CONSUMER,
        startTime: startTime ? new Date(startTime) : undefined,
        attributes: itemAttributes(this.options.cluster, item),
      },
      this.contextOfPhase(version, phase),
    );
    const { state, message } = outcomeOf(item);
    if (state === 'Failed') {
      span.addEvent(
        message ? `${item.metadata.name}: ${message}` : item.metadata.name,
        endTime ? new Date(endTime) : undefined,
      );
    }
    finish(span, {
      state,
      message,
      success: 'Finished',
      at: endTime ? new Date(endTime) : undefined,
    });
  }

  private contextOfPhase(version: VersionObject, phase: string): Context {
    const known = this.open.get(attemptKey(version));
    const span = known?.phases.get(phase) ?? known?.root;
    return span
      ? trace.setSpan(contextOf(undefined), span)
      : contextOf(storedTrace(version, phase) ?? parentOf(version));
  }

  private startPhase(
    version: VersionObject,
    phase: string,
    parent: Context,
    startTime: Date,
  ): Span {
    const { tracer, cluster } = this.options;
    return tracer.startSpan(
      version.kind === 'KeptnWorkloadVersion'
        ? `${version.spec.workloadName}/${phase}`
        : phase,
      {
        kind: SpanKind.CONSUMER,
        startTime,
        attributes: versionAttributes(cluster, version),
      },
      parent,
    );
  }

  private openVersion(version: VersionObject, at: Date): OpenVersion {
    const key = attemptKey(version);
    const known = this.open.get(key);
    if (known) {
      return known;
    }
    const { tracer, cluster } = this.options;
    const root = tracer.startSpan(
      version.metadata.name,
      {
        kind: SpanKind.CONSUMER,
        startTime: version.status?.startTime
          ? new Date(version.status.startTime)
          : at,
        attributes: versionAttributes(cluster, version),
        links:
          version.kind === 'KeptnAppVersion'
            ? linksTo(version.spec.spanLinks)
            : [],
      },
      contextOf(parentOf(version)),
    );
    const opened = { root, phases: new Map<string, Span>() };
    this.open.set(key, opened);
    this.makeRoom();
    return opened;
  }

  private makeRoom(): void {
    if (this.open.size > MAX_OPEN) {
      const [key, { root, phases }] = this.open.entries().next().value!;
      this.open.delete(key);
      [...phases.values(), root].forEach(span => span.end());
    }
  }
}

/** What the span of a version is below: what it continues, else (after a restart) what is left of its own trace. */
function parentOf(version: VersionObject): TraceCarrier | undefined {
  return outerTrace(version) ?? storedTrace(version);
}
