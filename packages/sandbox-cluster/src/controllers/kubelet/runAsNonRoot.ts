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

import { KubeObject } from '../../ClusterApi';

/**
 * What the kubelet says when a container must not run as root and would, or when that cannot be told from
 * the image. Processes of the sandbox run as whoever started it; only the check is real.
 */
export function rootComplaint(
  pod: KubeObject,
  container: any,
  imageUser = 'root',
): string | undefined {
  const context = { ...pod.spec.securityContext, ...container.securityContext };
  if (!context.runAsNonRoot) return undefined;
  const { name, namespace, uid } = pod.metadata;
  const where = `(pod: "${name}_${namespace}(${uid})", container: ${container.name})`;
  if (context.runAsUser !== undefined) {
    return context.runAsUser === 0
      ? `container's runAsUser breaks non-root policy ${where}`
      : undefined;
  }
  const [user] = imageUser.split(':');
  if (user === 'root' || user === '0') {
    return `container has runAsNonRoot and image will run as root ${where}`;
  }
  return /^\d+$/.test(user)
    ? undefined
    : `container has runAsNonRoot and image has non-numeric user (${user}), cannot verify user is non-root ${where}`;
}
