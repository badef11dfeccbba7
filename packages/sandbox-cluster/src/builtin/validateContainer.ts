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

import {
  FieldError,
  invalid,
  notSupported,
  required,
} from '../errors/FieldError';
import { Json } from '../schema/json';
import { configKeyProblems } from '../service/names';
import { isQuantity, parseQuantity } from './quantity';

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];

/** What is wrong with a container of a Pod; `volumes` are the names that it may mount. */
export function validateContainer(
  container: Json,
  at: string,
  volumes: Set<string>,
): FieldError[] {
  const errors: FieldError[] = [];
  if (!container.image) errors.push(required(`${at}.image`));
  else if (container.image !== container.image.trim()) {
    errors.push(
      invalid(
        `${at}.image`,
        container.image,
        'must not have leading or trailing whitespace',
      ),
    );
  }
  if (!PULL_POLICIES.includes(container.imagePullPolicy)) {
    errors.push(
      notSupported(
        `${at}.imagePullPolicy`,
        container.imagePullPolicy,
        PULL_POLICIES,
      ),
    );
  }
  if (!MESSAGE_POLICIES.includes(container.terminationMessagePolicy)) {
    errors.push(
      notSupported(
        `${at}.terminationMessagePolicy`,
        container.terminationMessagePolicy,
        MESSAGE_POLICIES,
      ),
    );
  }
  errors.push(
    ...validateEnv(container.env ?? [], `${at}.env`),
    ...validateEnvFrom(container.envFrom ?? [], `${at}.envFrom`),
    ...validateMounts(
      container.volumeMounts ?? [],
      `${at}.volumeMounts`,
      volumes,
    ),
    ...validateResources(container.resources ?? {}, `${at}.resources`),
  );
  return errors;
}

function validateEnv(env: Json[], path: string): FieldError[] {
  return env.flatMap((entry, index) => {
    const at = `${path}[${index}]`;
    const errors: FieldError[] = [];
    if (!entry.name) errors.push(required(`${at}.name`));
    else if (!/^[ -<>-~]+$/.test(entry.name)) {
      errors.push(
        invalid(
          `${at}.name`,
          entry.name,
          "a valid environment variable name must consist only of printable ASCII characters other than '='",
        ),
      );
    }
    if (!entry.valueFrom) return errors;
    const sources = Object.keys(entry.valueFrom);
    if (entry.value) {
      errors.push(
        invalid(
          `${at}.valueFrom`,
          '',
          'may not be specified when `value` is not empty',
        ),
      );
    } else if (sources.length !== 1) {
      const detail = sources.length
        ? 'may not have more than one field specified at a time'
        : 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`';
      errors.push(invalid(`${at}.valueFrom`, '', detail));
    }
    for (const kind of ['configMapKeyRef', 'secretKeyRef']) {
      const ref = entry.valueFrom[kind];
      if (!ref) continue;
      if (!ref.name) errors.push(required(`${at}.valueFrom.${kind}.name`));
      if (!ref.key) errors.push(required(`${at}.valueFrom.${kind}.key`));
      else {
        for (const problem of configKeyProblems(ref.key)) {
          errors.push(invalid(`${at}.valueFrom.${kind}.key`, ref.key, problem));
        }
      }
    }
    if (entry.valueFrom.fieldRef && !entry.valueFrom.fieldRef.fieldPath) {
      errors.push(required(`${at}.valueFrom.fieldRef.fieldPath`));
    }
    return errors;
  });
}

function validateEnvFrom(sources: Json[], path: string): FieldError[] {
  return sources.flatMap((source, index) => {
    const at = `${path}[${index}]`;
    const kinds = ['configMapRef', 'secretRef'].filter(kind => source[kind]);
    if (kinds.length === 0) {
      return [
        invalid(at, '', 'must specify one of: `configMapRef` or `secretRef`'),
      ];
    }
    return kinds
      .filter(kind => !source[kind].name)
      .map(kind => required(`${at}.${kind}.name`));
  });
}

function validateMounts(
  mounts: Json[],
  path: string,
  volumes: Set<string>,
): FieldError[] {
  const paths = new Set<string>();
  return mounts.flatMap((mount, index) => {
    const at = `${path}[${index}]`;
    const errors: FieldError[] = [];
    if (!mount.name) errors.push(required(`${at}.name`));
    else if (!volumes.has(mount.name)) {
      errors.push({
        reason: 'FieldValueNotFound',
        message: `Not found: ${JSON.stringify(mount.name)}`,
        field: `${at}.name`,
      });
    }
    if (!mount.mountPath) errors.push(required(`${at}.mountPath`));
    else if (paths.has(mount.mountPath)) {
      errors.push(
        invalid(`${at}.mountPath`, mount.mountPath, 'must be unique'),
      );
    }
    paths.add(mount.mountPath);
    if (mount.subPath && mount.subPath.startsWith('/')) {
      errors.push(
        invalid(`${at}.subPath`, mount.subPath, 'must be a relative path'),
      );
    }
    if (mount.subPath && mount.subPath.split('/').includes('..')) {
      errors.push(
        invalid(`${at}.subPath`, mount.subPath, "must not contain '..'"),
      );
    }
    return errors;
  });
}

function validateResources(resources: Json, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const [name, request] of Object.entries(resources.requests ?? {})) {
    const limit = resources.limits?.[name];
    if (limit === undefined || !isQuantity(limit) || !isQuantity(request))
      continue;
    if (parseQuantity(request) > parseQuantity(limit)) {
      errors.push(
        invalid(
          `${path}.requests`,
          request,
          `must be less than or equal to ${name} limit of ${limit}`,
        ),
      );
    }
  }
  return errors;
}
