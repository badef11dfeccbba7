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

/** The ways in which a cluster says no that are treated differently. */
export type ClusterErrorKind =
  /** Somebody wrote in between: look again. */
  | 'conflict'
  | 'already-exists'
  | 'not-found'
  /** A right is missing, or admission or quota refuses. */
  | 'forbidden'
  /** The credentials are not accepted. */
  | 'unauthorized'
  /** The object can never be accepted as it is. */
  | 'invalid'
  /** A list or watch has to start anew. */
  | 'expired'
  /** The API server asks to slow down. */
  | 'too-many-requests'
  /** Away, overloaded, or the answer was lost; a write may have happened. */
  | 'unavailable'
  /** This replica may not write to the cluster now. */
  | 'not-leader';

interface ClusterErrorOptions {
  cause?: unknown;
  /** How long the API server asks to wait. */
  retryAfterMs?: number;
  /** A refusal by RBAC rather than by admission or quota. */
  missingRight?: boolean;
}

/** The API server said no, or nothing at all. */
export class ClusterError extends Error {
  readonly retryAfterMs?: number;
  readonly missingRight: boolean;

  constructor(
    readonly kind: ClusterErrorKind,
    message: string,
    options: ClusterErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'ClusterError';
    this.retryAfterMs = options.retryAfterMs;
    this.missingRight = options.missingRight ?? false;
  }
}

/** Whether an error is a ClusterError of one of these kinds. */
export function isClusterError(
  error: unknown,
  ...kinds: ClusterErrorKind[]
): error is ClusterError {
  return (
    error instanceof ClusterError &&
    (kinds.length === 0 || kinds.includes(error.kind))
  );
}

/** What was asked for, to say it in errors. */
export interface Asked {
  verb: string;
  /** For example `jobs.batch`. */
  resource: string;
  namespace?: string;
  name?: string;
}

/** An answer that is not a success, as the connection delivers it. */
export interface Refusal {
  status: number;
  retryAfter?: string;
  body: string;
}

/** Turns a refusal into an error. HTTP codes are read here and nowhere else. */
export function toClusterError(refusal: Refusal, asked: Asked): ClusterError {
  const { message, reason } = parseStatus(refusal.body);
  const what = describeAsked(asked);
  const text = message || `HTTP ${refusal.status}`;
  const retryAfterMs = parseRetryAfter(refusal.retryAfter);
  const as = (kind: ClusterErrorKind, options?: ClusterErrorOptions) =>
    new ClusterError(kind, `${what}: ${text}`, { retryAfterMs, ...options });

  switch (refusal.status) {
    case 400:
    case 405:
    case 413:
    case 415:
    case 422:
      return as('invalid');
    case 401:
      return new ClusterError(
        'unauthorized',
        `${what}: ${text}. The cluster does not accept the credentials that are configured for it.`,
      );
    case 403:
      return as('forbidden', { missingRight: isRbacRefusal(text) });
    case 404:
      return as('not-found');
    case 409:
      return as(reason === 'AlreadyExists' ? 'already-exists' : 'conflict');
    case 410:
      return as('expired');
    case 429:
      return as('too-many-requests');
    default:
      return as('unavailable');
  }
}

/** An error from the network or TLS: nobody answered, or the answer was cut off. */
export function toConnectionError(error: unknown, asked: Asked): ClusterError {
  if (error instanceof ClusterError) {
    return error;
  }
  return new ClusterError(
    'unavailable',
    `${describeAsked(asked)}: ${describeCause(error)}`,
    { cause: error },
  );
}

/** Error events of a watch carry a Status with the code that an answer would have had. */
export function statusEventError(
  status: { code?: number; message?: string; reason?: string },
  asked: Asked,
): ClusterError {
  return toClusterError(
    { status: status.code ?? 500, body: JSON.stringify(status) },
    asked,
  );
}

function describeAsked({ verb, resource, namespace, name }: Asked): string {
  const object = name ? `${resource} ${name}` : resource;
  return `Cannot ${verb} ${object}${namespace ? ` in ${namespace}` : ''}`;
}

/** RBAC names user and verb; quota, admission webhooks and Pod security do not. */
function isRbacRefusal(message: string): boolean {
  return /cannot \S+ resource|cannot \S+ path/.test(message);
}

function parseStatus(body: string): { message?: string; reason?: string } {
  try {
    const { message, reason } = JSON.parse(body);
    return { message, reason };
  } catch {
    return { message: body.trim().slice(0, 300) || undefined };
  }
}

function parseRetryAfter(header: string | undefined): number | undefined {
  const seconds = Number(header);
  return header && Number.isFinite(seconds) && seconds >= 0
    ? seconds * 1000
    : undefined;
}

/** The innermost message: outer ones say only that a fetch or socket failed. */
function describeCause(error: unknown): string {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) {
    current = current.cause;
  }
  if (current instanceof AggregateError && current.errors.length > 0) {
    return describeCause(current.errors[0]);
  }
  return current instanceof Error ? current.message : String(current);
}
