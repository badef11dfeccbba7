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

/** On a namespace: Keptn looks after its workloads when the value is `enabled`. */
export const OPT_IN_ANNOTATION = 'keptn.sh/lifecycle-toolkit';
export const OPTED_IN = 'enabled';

/** On a Pod template: an admission policy carried what the workload's own metadata say to it, and keeps it in step. */
export const CARRIED_ANNOTATION = 'keptn-tasks/carried';

/** The gate that keeps a Pod from being scheduled until its checks have passed. */
export const SCHEDULING_GATE = 'keptn-prechecks-gate';
/** On a Pod whose gate was opened. */
export const GATE_REMOVED_ANNOTATION = 'keptn.sh/scheduling-gate-removed';

/** Label of an app that was made by discovery. */
export const APP_MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
export const APP_MANAGED_BY = 'keptn';
/** On a creation request, when the Pod names no app. */
export const APP_TYPE_ANNOTATION = 'keptn.sh/app-type';
export const SINGLE_SERVICE = 'single-service';

/** On a namespace, KeptnApp or KeptnAppContext: what a failed check does there, `block` or `warn`. */
export const FAILED_CHECKS_ANNOTATION = 'keptn-tasks/failed-checks';

/** On a KeptnWorkload: the key of its current revision. On a KeptnWorkloadVersion: those of all its revisions, by commas. */
export const REVISION_ANNOTATION = 'keptn-tasks/revision';
export const REVISIONS_ANNOTATION = 'keptn-tasks/revisions';

/** On a KeptnWorkloadVersion: lets its Pods go although its checks have not passed; the value is the reason. */
export const RELEASE_GATE_ANNOTATION = 'keptn-tasks/release-gate';
/** Who asked for it: an entity ref. */
export const RELEASE_GATE_BY_ANNOTATION = 'keptn-tasks/release-gate-by';
/** ISO time of that. */
export const RELEASE_GATE_AT_ANNOTATION = 'keptn-tasks/release-gate-at';

/**
 * On a KeptnWorkloadVersion: ISO time of the last request to repeat its checks. One that ended before it starts again
 * from its first phase; one that ended after it has answered the request.
 */
export const REPEAT_ANNOTATION = 'keptn-tasks/repeat-requested-at';
/** Number of the attempt that a request to repeat led to; 1 when absent. */
export const ATTEMPT_ANNOTATION = 'keptn-tasks/attempt';

/** In each opted-in namespace: the revisions whose Pods need no gate any more, as keys. */
export const CLEARED_REVISIONS = 'keptn-cleared-revisions';
/** On that ConfigMap: ISO time from which on the namespace is looked after. */
export const SINCE_ANNOTATION = 'keptn-tasks/since';
