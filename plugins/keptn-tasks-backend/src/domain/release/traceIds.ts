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

import { createHash } from 'node:crypto';
import { ATTEMPT_ANNOTATION } from './annotations';
import type {
  KeptnAppVersion,
  KeptnWorkloadVersion,
  TraceCarrier,
} from './resources';

/** On a KeptnApp or a namespace: the trace that its releases continue, as a W3C traceparent. */
export const TRACEPARENT_ANNOTATION = 'keptn-tasks/traceparent';

/** The parts of a W3C traceparent. */
export interface TraceParent {
  traceId: string;
  spanId: string;
  flags: number;
}

type Version = KeptnAppVersion | KeptnWorkloadVersion;

const SAMPLED = 1;
const TRACEPARENT =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The parts of a traceparent; `undefined` for what is none. Later versions of the format may say more at the end. */
export function parseTraceparent(
  text: string | undefined,
): TraceParent | undefined {
  const [, format, traceId, spanId, flags, rest] =
    text?.trim().match(TRACEPARENT) ?? [];
  if (!traceId || (format === '00' && rest)) {
    return undefined;
  }
  return { traceId, spanId, flags: parseInt(flags, 16) };
}

export function formatTraceparent(parts: TraceParent): string {
  const flags = parts.flags.toString(16).padStart(2, '0');
  return `00-${parts.traceId}-${parts.spanId}-${flags}`;
}

/** A carrier with a valid traceparent, reduced to what belongs to the trace. */
function carrierOf(
  carrier: Record<string, string> | undefined,
  key = 'traceparent',
): TraceCarrier | undefined {
  const parts = parseTraceparent(carrier?.[key]);
  return parts
    ? {
        traceparent: formatTraceparent(parts),
        ...(carrier!.tracestate && { tracestate: carrier!.tracestate }),
      }
    : undefined;
}

/**
 * The trace that a new version of an app continues: the one that its context's metadata name, else its KeptnApp's
 * annotation, else its namespace's. What belongs into `spec.traceId`.
 */
export function givenTrace(places: {
  metadata?: Record<string, string>;
  app?: Record<string, string>;
  namespace?: Record<string, string>;
}): TraceCarrier | undefined {
  return (
    carrierOf(places.metadata) ??
    carrierOf(places.app, TRACEPARENT_ANNOTATION) ??
    carrierOf(places.namespace, TRACEPARENT_ANNOTATION)
  );
}

/** The trace that a version continues: of an app, one from outside; of a workload, that of its app's deployment. */
export function outerTrace(version: Version): TraceCarrier | undefined {
  const { metadata, spec } = version;
  return (
    carrierOf(spec.traceId) ??
    (version.kind === 'KeptnAppVersion'
      ? carrierOf(spec.metadata)
      : undefined) ??
    carrierOf(metadata.annotations, TRACEPARENT_ANNOTATION)
  );
}

/** What is stored of a phase, or of any phase: it tells which trace a version is in. */
export function storedTrace(
  version: Version,
  phase?: string,
): TraceCarrier | undefined {
  const stored = version.status?.phaseTraceIDs ?? {};
  const carriers =
    phase === undefined ? Object.values(stored) : [stored[phase]];
  return carriers.map(carrier => carrierOf(carrier)).find(Boolean);
}

/**
 * The traceparent of a version where nothing is traced. It follows from the version's uid and attempt, so that every
 * look finds the same. A trace that is continued keeps its id.
 */
export function rootTraceparent(version: Version): string {
  return traceparent(version, 'root');
}

/** The same of a phase: what its tasks are told. */
export function phaseTraceparent(version: Version, phase: string): string {
  return traceparent(version, `phase ${phase}`);
}

function traceparent(version: Version, what: string): string {
  const outer = parseTraceparent(outerTrace(version)?.traceparent);
  const { uid, annotations } = version.metadata;
  const release = `${uid} ${annotations?.[ATTEMPT_ANNOTATION] ?? '1'}`;
  return formatTraceparent({
    traceId: outer?.traceId ?? hash(`trace ${release}`, 32),
    spanId: hash(`${what} ${release}`, 16),
    flags: outer?.flags ?? SAMPLED,
  });
}

function hash(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
