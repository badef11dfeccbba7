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
 * Which cluster the suite runs against. `CONFORMANCE_KUBECONFIG` names the kubeconfig file of a real one, with
 * `CONFORMANCE_CONTEXT` and `CONFORMANCE_IMAGE` beside it; without it, every test file starts a sandbox.
 */
export const target = {
  kubeconfigFile: process.env.CONFORMANCE_KUBECONFIG || undefined,
  context: process.env.CONFORMANCE_CONTEXT || undefined,
  /** An image that the cluster's nodes have; `undefined` when no Pod can be run. */
  image: process.env.CONFORMANCE_KUBECONFIG
    ? process.env.CONFORMANCE_IMAGE || undefined
    : 'busybox',
  /** Marks everything that one run of the suite makes. */
  run: process.env.CONFORMANCE_RUN || 'unnamed',
};

/** Label that everything cluster-scoped carries that the suite makes, so that it can be swept. */
export const RUN_LABEL = 'conformance.example.test/run';
