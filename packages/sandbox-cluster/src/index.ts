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
 * A small Kubernetes cluster for development and tests: the API over HTTPS, and Pods as local
 * processes. Never for production.
 *
 * @packageDocumentation
 */
export { makeCertificates } from './certificates';
export type { Certificates, CertificateOptions } from './certificates';
export * from './ClusterApi';
export { Faults } from './faults/Faults';
export type {
  Delay,
  FailNext,
  LoseResponse,
  Refusal,
  RequestFilter,
} from './faults/Faults';
export { RequestLog } from './faults/RequestLog';
export type { LoggedRequest, LogFilter } from './faults/RequestLog';
export { startSandboxCluster } from './startSandboxCluster';
export type {
  SandboxCluster,
  SandboxClusterOptions,
} from './startSandboxCluster';
