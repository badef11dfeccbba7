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

import { HumanDuration } from '@backstage/types';

export interface Config {
  keptnTasks?: {
    /**
     * Clusters whose tasks are run and shown. Each is reached in one of three ways: `kubeconfig`, `url` or
     * `inCluster`.
     */
    clusters?: Array<{
      /** What the cluster is called in entity annotations, in the API and in the history. Do not change it later. */
      name: string;
      /** What people read instead of the name. */
      title?: string;
      /**
       * `reconcile`: this plugin runs the tasks. `observe`: another operator does; they are recorded, shown and
       * triggered only.
       * @default "reconcile"
       */
      mode?: 'reconcile' | 'observe';
      /** Path of a kubeconfig file. A relative path starts from the folder in which the backend was started. */
      kubeconfig?: string;
      /** Context in the kubeconfig; its current one by default. */
      context?: string;
      /** Address of the API server. */
      url?: string;
      /**
       * Bearer token for `url`.
       * @visibility secret
       */
      token?: string;
      /** File with the bearer token for `url`; read again while the backend runs. */
      tokenFile?: string;
      /** Certificate authority for `url`: PEM, base64-encoded. */
      caData?: string;
      /** File with the certificate authority for `url`. */
      caFile?: string;
      /** Do not check the certificate of `url`. */
      skipTLSVerify?: boolean;
      /** The cluster in which this backend runs, with the service account of its Pod. */
      inCluster?: boolean;
      /**
       * Where Keptn lives: definitions that all namespaces share, and the Lease of this plugin.
       * @default "keptn-system"
       */
      keptnNamespace?: string;
      /**
       * How the scheduling gate gets onto Pods. `declared`: it stands in Pod templates. `policy`: an admission policy
       * of the cluster adds it. `webhook`: a webhook of this backend does, see `webhook`. `off`: nothing is held.
       * @default "declared"
       */
      gates?: 'declared' | 'policy' | 'webhook' | 'off';
      /**
       * Namespaces that entities may reach, besides asking for them in their annotations. None by default. In a name
       * `*` stands for anything, but a name with `*` reaches neither the Keptn namespace nor `kube-*`.
       */
      namespaces?: Array<
        | string
        | {
            name: string;
            /** Only entities owned by one of these, for example `group:default/shop-team`. */
            owners?: string[];
            /** Only these definitions; `*` stands for anything. */
            definitions?: string[];
          }
      >;
      /** Requests per second on average. @default 200 */
      qps?: number;
      /** Requests that may be made at once after a quiet time. @default 1500 */
      burst?: number;
    }>;

    /**
     * Lets people pass parameters that a definition does not have.
     * @default false
     */
    allowExtraParameters?: boolean;

    history?: {
      retention?: {
        /** How long finished runs are kept. @default { "days": 180 } */
        maxAge?: HumanDuration | string;
        /** How many runs are kept for each definition in each namespace. @default 1000 */
        maxRunsPerDefinition?: number;
      };
    };

    /** How much is kept of the log of each attempt, in bytes before compression. */
    logs?: {
      /** From its start. @default 1048576 */
      headBytes?: number;
      /** From its end. @default 4194304 */
      tailBytes?: number;
      /** Longer lines are cut. @default 65536 */
      lineBytes?: number;
    };

    runners?: {
      deno?: { image?: string };
      python?: { image?: string };
      /** Requests and limits of the Deno and Python containers, as in Kubernetes. */
      resources?: {
        requests?: { [resource: string]: string };
        limits?: { [resource: string]: string };
      };
      /** Part of a PodSpec that is laid over every task's Pod, for example tolerations. */
      podTemplate?: { [field: string]: unknown };
    };

    /** What applies when neither the task nor its definition says anything. */
    defaults?: {
      /** @default 10 */
      retries?: number;
      /** A duration such as `5m` or `1h30m`. @default "5m" */
      timeout?: string;
      /** How long a finished Job stays in the cluster. @default 300 */
      ttlSecondsAfterFinished?: number;
    };

    /** How long an obstacle may heal by itself before the task fails, in seconds. */
    graces?: {
      /** Missing or invalid definitions. @default 30 */
      definitionSeconds?: number;
      /** An image that cannot be pulled. @default 60 */
      imagePullSeconds?: number;
      /** Anything else that keeps a Pod from starting. @default 30 */
      startSeconds?: number;
    };

    /**
     * The webhook that holds Pods in clusters with `gates: webhook`. Its certificate is in two files, or in a Secret of
     * one of the clusters.
     */
    webhook?: {
      /** Where the clusters reach it, over HTTPS. */
      port: number;
      /** Address to listen on; all of the machine's by default. */
      host?: string;
      /** PEM; read again when it is renewed. */
      certFile?: string;
      /** PEM. */
      keyFile?: string;
      /** Name of the cluster that has the Secret. */
      cluster?: string;
      /** With the entries `tls.crt` and `tls.key`. */
      secret?: { namespace: string; name: string };
    };

    /** What happens around the deployments of workloads and apps. */
    releases?: {
      /**
       * What a failed check does: `block` keeps the deployment back, `warn` only reports it. A KeptnConfig in the Keptn
       * namespace, and the annotation `keptn-tasks/failed-checks` on a namespace, KeptnApp or KeptnAppContext go
       * before it.
       * @default "block"
       */
      failedChecks?: 'block' | 'warn';
      /** How long the workloads of an app are waited for before the app is made of them. @default 30 */
      discoverySeconds?: number;
      /** How long a rollout may take once its Pods are let go. @default 300 */
      rolloutSeconds?: number;
      /** How long a missing definition may be waited for before its phase fails. @default 120 */
      definitionGraceSeconds?: number;
      /** Versions kept in the cluster for each app and each workload, besides those in use. @default 10 */
      keepVersions?: number;
      /** Whether promotion tasks of a KeptnAppContext run. @default true */
      promotionTasks?: boolean;
    };

    /** Tasks looked at side by side, per cluster. @default 20 */
    workers?: number;

    /** Creates Jobs suspended, so that nothing runs. For measurements. */
    suspendJobs?: boolean;
  };
}
