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

import { createHash } from 'node:crypto';
import { ImageRule } from '../../options';
import { builtinImages } from './builtinImages';
import { ImageName, parseImageName } from './imageName';

/** An image that containers can be started from. */
export interface Image extends ImageName {
  id: string;
  rule: ImageRule;
}

/** Stands for the image of a workload that there is no rule for. */
const SIMULATED: ImageRule = { name: /^/, simulate: true, user: '65532' };

/** A top-level domain that never resolves: no registry is there. */
const NOWHERE = /^[^/]*\.invalid(:\d+)?\//;

/** Knows which images there are. Nothing is downloaded: an image is a set of rules about a command. */
export class ImageStore {
  private readonly rules: ImageRule[];

  constructor(extra: ImageRule[] = []) {
    this.rules = [...extra, ...builtinImages];
  }

  /**
   * The image, or `undefined` when no registry would have it. Throws `InvalidImageNameError`.
   *
   * @param anything - an image without a rule is simulated, unless its registry is below `.invalid`
   */
  find(reference: string, anything = false): Image | undefined {
    const name = parseImageName(reference);
    const known = this.rules.find(({ name: pattern }) =>
      pattern.test(name.repository),
    );
    const simulated = anything && !NOWHERE.test(name.full);
    const rule = known ?? (simulated ? SIMULATED : undefined);
    if (!rule) return undefined;
    const digest = createHash('sha256').update(name.full).digest('hex');
    return { ...name, id: `sha256:${digest}`, rule };
  }
}

/** What containerd says when the registry does not know the image. */
export function pullFailure(reference: string): string {
  const { full } = parseImageName(reference);
  return `failed to pull and unpack image "${full}": failed to resolve image: ${full}: not found`;
}
