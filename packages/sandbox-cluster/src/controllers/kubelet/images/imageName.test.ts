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

import { parseImageName } from './imageName';

describe('parseImageName', () => {
  it.each([
    ['busybox', 'docker.io/library/busybox:latest'],
    ['busybox:1.36.1', 'docker.io/library/busybox:1.36.1'],
    ['denoland/deno:2.0.6', 'docker.io/denoland/deno:2.0.6'],
    ['docker.io/alpine', 'docker.io/library/alpine:latest'],
    ['ghcr.io/keptn/deno-runtime:v3', 'ghcr.io/keptn/deno-runtime:v3'],
    ['localhost:5000/a/b', 'localhost:5000/a/b:latest'],
    [
      `busybox@sha256:${'a'.repeat(64)}`,
      `docker.io/library/busybox@sha256:${'a'.repeat(64)}`,
    ],
  ])('reads %s', (image, full) => {
    expect(parseImageName(image).full).toBe(full);
  });

  it.each(['Not A Name', 'Upper/case', 'a:b:c', 'a//b', 'a:', '-x', ''])(
    'refuses %j',
    image => {
      expect(() => parseImageName(image)).toThrow(
        `couldn't parse image name "${image}": invalid reference format`,
      );
    },
  );
});
