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

/**
 * Annotations on catalog entities. Where an entity says nothing of its own, Backstage's
 * `backstage.io/kubernetes-cluster` and `backstage.io/kubernetes-namespace` are used.
 */

/**
 * Places where the entity's tasks run: `cluster/namespace`, separated by commas; a bare `namespace` means every
 * configured cluster that allows it.
 * @public
 */
export const TARGETS_ANNOTATION = 'keptn-tasks/targets';

/**
 * Names of the definitions that the entity may run, separated by commas, with `*` as a wildcard. All of its targets
 * when absent.
 * @public
 */
export const DEFINITIONS_ANNOTATION = 'keptn-tasks/definitions';

/** Name of the Keptn app that the entity stands for. @public */
export const APP_ANNOTATION = 'keptn.sh/app';

/** Name of the Keptn workload that the entity stands for. @public */
export const WORKLOAD_ANNOTATION = 'keptn.sh/workload';

/** The cluster that Backstage's Kubernetes plugin shows for the entity. @public */
export const KUBERNETES_CLUSTER_ANNOTATION = 'backstage.io/kubernetes-cluster';

/** The namespace that Backstage's Kubernetes plugin shows for the entity. @public */
export const KUBERNETES_NAMESPACE_ANNOTATION =
  'backstage.io/kubernetes-namespace';
