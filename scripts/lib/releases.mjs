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

import path from 'node:path';
import { applyFile } from './applyManifests.mjs';

const LIFECYCLE = 'lifecycle.keptn.sh/v1';
const LOOK_MS = 500;

/** The newest attempt to release the version that an app asks for, if there is one. */
export async function currentRelease(api, namespace, app) {
  const { items } = await api.list(LIFECYCLE, 'KeptnAppVersion', namespace);
  const { spec } = await api.read({
    apiVersion: LIFECYCLE,
    kind: 'KeptnApp',
    metadata: { name: app, namespace },
  });
  return items
    .filter(
      one => one.spec.appName === app && one.spec.version === spec.version,
    )
    .sort((a, b) => created(a) - created(b))
    .at(-1);
}

/** Waits until the version that an app asks for has come to its end, and returns how. */
export async function releaseEnded(api, namespace, app, onLook = () => {}) {
  for (;;) {
    const release = await currentRelease(api, namespace, app);
    await onLook(release);
    if (release?.status?.endTime) return release.status.status;
    await new Promise(resolve => setTimeout(resolve, LOOK_MS));
  }
}

/** Rolls the shop's example releases out, one after the other, while the backend looks after them. */
export async function playExampleReleases(api, directory) {
  const scene = name => applyFile(api, path.join(directory, name));
  await scene('00-checks.yaml');
  await Promise.all([
    scene('10-staging-2.3.9.yaml'),
    scene('11-production-2.3.9.yaml'),
  ]);
  await Promise.all([
    releaseEnded(api, 'shop-staging', 'shop'),
    releaseEnded(api, 'shop', 'shop'),
  ]);
  await scene('20-staging-2.4.0.yaml');
  await releaseEnded(api, 'shop-staging', 'shop');
  await scene('21-production-2.4.0.yaml');
}

function created({ metadata }) {
  return new Date(metadata.creationTimestamp).getTime();
}
