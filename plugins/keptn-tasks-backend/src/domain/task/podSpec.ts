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

import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import { mergePatch, type PodTemplate } from '../definition/podTemplate';
import type { KeptnTask } from '../resources';
import type { TaskSettings } from '../settings';
import type { EffectiveTask } from './effectiveTask';
import { functionContainer } from './functionContainer';
import { givenContainer } from './givenContainer';

/** User of both of Keptn's runner images. Their names for it are not numbers, which Kubernetes cannot check. */
const RUNNER_USER = 1000;

/**
 * The Pod of a task. What comes later wins: what the runner needs, the platform's pod template, the definition's,
 * and what the definition's own fields say.
 */
export function podSpec(
  task: KeptnTask,
  effective: EffectiveTask,
  configMapName: string | undefined,
  settings: Pick<TaskSettings, 'resources' | 'podTemplate'>,
): V1PodSpec {
  const { definition } = effective;
  const isFunction = definition.runner !== 'container';
  const templates = [settings.podTemplate, definition.podTemplate ?? {}];

  const { volumes: declared = [], ...pod } = templates.reduce<
    Partial<V1PodSpec>
  >(
    (spec, { containers: _containers, ...fields }) => mergePatch(spec, fields),
    {
      securityContext: podSecurity(isFunction),
    },
  );
  const onTop = templates.map(containerFields);
  const { container, volumes } = isFunction
    ? functionContainer(task, effective, configMapName, settings)
    : givenContainer(task, effective, declared);

  return {
    ...pod,
    ...ownFields(effective),
    restartPolicy: 'Never',
    containers: [
      isFunction
        ? onTop.reduce(mergeContainer, container)
        : // A container that the definition spells out is the definition's last word.
          mergePatch<V1Container>(
            onTop.reduce(mergePatch, {}) as V1Container,
            container,
          ),
    ],
    ...nonEmpty('volumes', [
      ...volumes,
      ...declared.filter(
        ({ name }) => !volumes.some(volume => volume.name === name),
      ),
    ]),
  };
}

function containerFields({ containers }: PodTemplate): Partial<V1Container> {
  const { name: _name, ...fields } = containers?.[0] ?? {};
  return fields;
}

/** The runner's own variables and mounts stay; those of the template are added. */
function mergeContainer(
  container: V1Container,
  { env, volumeMounts, ...fields }: Partial<V1Container>,
): V1Container {
  const own = container.env ?? [];
  return {
    ...mergePatch(container, fields),
    ...nonEmpty('env', [
      ...own,
      ...(env ?? []).filter(
        ({ name }) => !own.some(entry => entry.name === name),
      ),
    ]),
    ...nonEmpty('volumeMounts', [
      ...(container.volumeMounts ?? []),
      ...(volumeMounts ?? []),
    ]),
  };
}

/** Together with the container's, what the `restricted` Pod Security Standard asks for. */
function podSecurity(isFunction: boolean): V1PodSpec['securityContext'] {
  return {
    ...(isFunction && { runAsNonRoot: true, runAsUser: RUNNER_USER }),
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

function ownFields({ definition }: EffectiveTask): Partial<V1PodSpec> {
  const { serviceAccountName, automountServiceAccountToken, imagePullSecrets } =
    definition;
  return {
    ...(serviceAccountName !== undefined && { serviceAccountName }),
    ...(automountServiceAccountToken !== undefined && {
      automountServiceAccountToken,
    }),
    ...(imagePullSecrets?.length && { imagePullSecrets }),
  };
}

function nonEmpty<K extends string, T>(key: K, list: T[]): { [P in K]?: T[] } {
  return (list.length ? { [key]: list } : {}) as { [P in K]?: T[] };
}
