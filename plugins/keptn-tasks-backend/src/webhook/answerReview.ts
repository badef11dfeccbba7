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
import type { V1Pod } from '@kubernetes/client-node';
import { InputError } from '@backstage/errors';
import { gatePatch } from './gatePatch';
import type { WebhookCluster } from './WebhookClusters';

/** Answer to an AdmissionReview of `admission.k8s.io/v1`. */
export interface ReviewAnswer {
  apiVersion: 'admission.k8s.io/v1';
  kind: 'AdmissionReview';
  response: {
    uid: string;
    /** Always: a Pod is held by a gate, never refused. */
    allowed: true;
    warnings?: string[];
    patchType?: 'JSONPatch';
    /** In base64. */
    patch?: string;
  };
}

interface ReviewRequest {
  uid: string;
  operation?: string;
  subResource?: string;
  namespace?: string;
  kind?: { group?: string; kind?: string };
  object?: V1Pod | null;
}

/**
 * Answers an AdmissionReview about a Pod. Only a create of a Pod gets anything but a yes; a dry run gets the same answer,
 * which has no effect outside of it.
 * @param clusterName - as the path of the request has it, for the warning about a name that nobody knows
 * @throws InputError when the body is no AdmissionReview
 */
export async function answerReview(
  body: string,
  clusterName: string,
  cluster: WebhookCluster | undefined,
): Promise<ReviewAnswer> {
  const request = readRequest(body);
  const answer: ReviewAnswer = {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: { uid: request.uid, allowed: true },
  };
  const { response } = answer;
  if (!cluster) {
    response.warnings = [
      `Keptn Tasks: the portal does not hold Pods of a cluster '${clusterName}'; correct the end of the path of webhook keptn-gate, or set gates: webhook for that cluster in the portal's configuration.`,
    ];
    return answer;
  }
  if (!isNewPod(request)) {
    return answer;
  }
  await cluster.seen(request.object, request.namespace);
  const patch = gatePatch(request.object, request.namespace, cluster);
  if (patch) {
    response.patchType = 'JSONPatch';
    response.patch = Buffer.from(JSON.stringify(patch)).toString('base64');
  }
  return answer;
}

function readRequest(body: string): ReviewRequest {
  let review: any;
  try {
    review = JSON.parse(body);
  } catch {
    throw new InputError('The body is not JSON');
  }
  if (
    review?.kind !== 'AdmissionReview' ||
    review.apiVersion !== 'admission.k8s.io/v1' ||
    typeof review.request?.uid !== 'string'
  ) {
    throw new InputError(
      'The body is not an AdmissionReview of admission.k8s.io/v1 with a request',
    );
  }
  return review.request;
}

function isNewPod(
  request: ReviewRequest,
): request is ReviewRequest & { object: V1Pod; namespace: string } {
  const { operation, subResource, kind, object, namespace } = request;
  return (
    operation === 'CREATE' &&
    !subResource &&
    !kind?.group &&
    kind?.kind === 'Pod' &&
    Boolean(object) &&
    Boolean(namespace)
  );
}
