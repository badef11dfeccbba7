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

import { TRACEPARENT_ANNOTATION } from '../annotations';
import { mapToKeptnJson, toKeptnJson } from '../keptnJson';
import type { KeptnTask, KeptnTaskContext } from '../resources';

/** Keptn's order. These are always there, even when empty. */
const KEYS = [
  'workloadName',
  'appName',
  'appVersion',
  'workloadVersion',
  'taskType',
  'objectType',
] as const;

/**
 * KEPTN_CONTEXT of a task, byte for byte as Keptn writes it. A trace context stands where Keptn documents it, at the
 * end of the top level, and where Keptn puts it, inside `metadata`.
 */
export function keptnContext(task: KeptnTask): string {
  const context = task.spec.context ?? {};
  const traceparent = traceparentOf(task);
  const metadata = {
    ...(traceparent ? { traceparent } : undefined),
    ...context.metadata,
  };
  const members = KEYS.map(key => member(key, toKeptnJson(context[key] ?? '')));
  if (Object.keys(metadata).length) {
    members.push(member('metadata', mapToKeptnJson(metadata)));
  }
  if (traceparent) {
    members.push(member('traceparent', toKeptnJson(traceparent)));
  }
  return `{${members.join(',')}}`;
}

/** The trace that the task belongs to, if it carries one. */
export function traceparentOf(task: KeptnTask): string | undefined {
  return (
    task.spec.context?.metadata?.traceparent ||
    task.metadata.annotations?.[TRACEPARENT_ANNOTATION] ||
    undefined
  );
}

/** The context for another run of the same: that one is not part of this one's trace. */
export function withoutTrace(context: KeptnTaskContext): KeptnTaskContext {
  if (!context.metadata) return context;
  const { traceparent: _, tracestate: __, ...metadata } = context.metadata;
  return { ...context, metadata };
}

function member(key: string, json: string) {
  return `${toKeptnJson(key)}:${json}`;
}
