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

/** The parts of an image reference, with the defaults filled in. */
export interface ImageName {
  /** `docker.io/library/busybox` */
  repository: string;
  /** `docker.io/library/busybox:1.36.1`, or with `@sha256:…` */
  full: string;
}

/** The reference is not one: the kubelet's `InvalidImageName`. */
export class InvalidImageNameError extends Error {}

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const PATH = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const DOMAIN = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.?)+(?::\d+)?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST =
  /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** Reads an image reference as container runtimes do: `busybox` is `docker.io/library/busybox:latest`. */
export function parseImageName(image: string): ImageName {
  const [domain, remainder] = splitDomain(image);
  const [named, digest] = splitAt(remainder, '@');
  const [path, tag] = splitAt(named, ':');
  if (path !== path.toLowerCase()) {
    throw invalid(image, `repository name (${path}) must be lowercase`);
  }
  const wellFormed =
    DOMAIN.test(domain) &&
    PATH.test(path) &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest));
  if (!wellFormed) throw invalid(image);
  const repository = `${domain}/${path}`;
  const withTag = tag || digest ? tag : 'latest';
  const full = [repository, withTag && `:${withTag}`, digest && `@${digest}`];
  return { repository, full: full.filter(Boolean).join('') };
}

function splitDomain(image: string): [string, string] {
  const slash = image.indexOf('/');
  const first = image.slice(0, Math.max(0, slash));
  if (slash < 0 || !(/[.:]/.test(first) || first === 'localhost')) {
    const path = slash < 0 ? `library/${image}` : image;
    return ['docker.io', path];
  }
  const rest = image.slice(slash + 1);
  if (first === 'index.docker.io' || first === 'docker.io') {
    return ['docker.io', rest.includes('/') ? rest : `library/${rest}`];
  }
  return [first, rest];
}

function splitAt(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function invalid(image: string, why?: string): InvalidImageNameError {
  const detail = why ? `: ${why}` : '';
  return new InvalidImageNameError(
    `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format${detail}`,
  );
}
