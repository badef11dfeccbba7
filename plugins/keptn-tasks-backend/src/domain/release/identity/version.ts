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

import type { V1Container } from '@kubernetes/client-node';
import { KEYS } from './keys';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Version of a workload whose version nobody names: the tag of the image of the container that somebody names, else a
 * number that follows from the images and the environment. A tag `latest` says nothing and does not count. The tag of
 * a lone container counts only when `keptn.sh/container` names it.
 */
export function versionOf(
  containers: V1Container[],
  containerName: string | undefined,
): { version: string; problems: string[] } {
  const named = containers.find(({ name }) => name === containerName);
  const problems =
    containerName && !named
      ? [
          `${
            KEYS.container.keptn
          } names container '${containerName}', which the Pod template does not have, so that the version is a hash of the template; its containers are ${containers
            .map(({ name }) => name)
            .join(', ')}.`,
        ]
      : [];
  return {
    version: imageTag(named?.image) ?? templateHash(containers),
    problems,
  };
}

/** What follows the last colon of an image, as Keptn reads it: also a digest, or the path behind a port. */
function imageTag(image: string | undefined): string | undefined {
  const tag = image?.includes(':')
    ? image.slice(image.lastIndexOf(':') + 1)
    : '';
  return tag && tag !== 'latest' ? tag : undefined;
}

/** FNV-1a, 32 bit, of names and images of the containers and of names and literal values of their environment. */
export function templateHash(containers: V1Container[]): string {
  const text = containers
    .flatMap(({ name, image, env }) => [
      name,
      image ?? '',
      ...(env ?? []).flatMap(entry => [entry.name, entry.value ?? '']),
    ])
    .join('');
  let hash = FNV_OFFSET;
  for (const byte of Buffer.from(text)) {
    hash = Math.imul(hash ^ byte, FNV_PRIME) >>> 0;
  }
  return String(hash);
}
