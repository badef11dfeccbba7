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

import { KubeObject } from '../ClusterApi';
import { FieldError, forbiddenField } from '../errors/FieldError';
import { Strategy, WriteOptions } from '../resources/ResourceType';
import { deepCopy, Json, semanticEqual } from '../schema/json';
import { labelledFields } from '../selectors/fieldSelector';
import { subdomainProblems } from '../service/names';
import { setPodSpecDefaults } from './podDefaults';
import { validatePodSpec } from './validatePodSpec';

const IMMUTABLE_TEXT =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** The rules of Pods. */
export const podStrategy: Strategy = {
  hasGeneration: true,
  unconditionalUpdate: true,
  validateName: subdomainProblems,
  fields: labelledFields({
    'spec.nodeName': pod => pod.spec?.nodeName ?? '',
    'spec.restartPolicy': pod => pod.spec?.restartPolicy ?? '',
    'spec.schedulerName': pod => pod.spec?.schedulerName ?? '',
    'spec.serviceAccountName': pod => pod.spec?.serviceAccountName ?? '',
    'spec.hostNetwork': pod => String(pod.spec?.hostNetwork ?? false),
    'status.phase': pod => pod.status?.phase ?? '',
    'status.podIP': pod => pod.status?.podIP ?? '',
    'status.nominatedNodeName': pod => pod.status?.nominatedNodeName ?? '',
  }),
  setDefaults: pod => {
    pod.spec ??= {};
    setPodSpecDefaults(pod.spec);
    pod.spec.enableServiceLinks ??= true;
  },
  prepareForCreate: pod => {
    pod.status = { phase: 'Pending', qosClass: qosClass(pod.spec) };
    const gated = pod.spec.schedulingGates?.length;
    if (gated) {
      pod.status.conditions = [
        {
          type: 'PodScheduled',
          status: 'False',
          lastProbeTime: null,
          lastTransitionTime: null,
          reason: 'SchedulingGated',
          message: 'Scheduling is blocked due to non-empty scheduling gates',
        },
      ];
    }
  },
  prepareForStatusUpdate: (pod, old) => {
    if (old.metadata.ownerReferences) {
      pod.metadata = {
        ...pod.metadata,
        ownerReferences: old.metadata.ownerReferences,
      };
    }
  },
  prepareForUpdate: (pod, old) => {
    // Opening the last gate takes the condition about it away.
    if (old.spec.schedulingGates?.length && !pod.spec.schedulingGates?.length) {
      const conditions = (old.status?.conditions ?? []).filter(
        (condition: Json) => condition.reason !== 'SchedulingGated',
      );
      pod.status = { ...old.status, conditions };
      if (conditions.length === 0) delete pod.status.conditions;
    }
  },
  // Being given a node is no change of what is wanted.
  countedPart: pod => ({ ...pod, spec: { ...pod.spec, nodeName: undefined } }),
  validate: pod => validatePodSpec(pod.spec, 'spec'),
  validateCreate: ({ spec }) =>
    spec.schedulingGates?.length && spec.nodeName
      ? [
          forbiddenField(
            'spec.nodeName',
            'cannot be set until all schedulingGates have been cleared',
          ),
        ]
      : [],
  validateUpdate,
  gracePeriod: (pod, requested) => {
    const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    let period = requested ?? pod.spec.terminationGracePeriodSeconds ?? 30;
    if (period < 0) period = 1;
    const isOver = ['Succeeded', 'Failed'].includes(pod.status?.phase);
    if (!pod.spec.nodeName || isOver) return 0;
    if (!deletionTimestamp) return period;
    return Math.min(
      requested ?? Infinity,
      deletionGracePeriodSeconds ?? period,
    );
  },
};

/** Guaranteed, Burstable or BestEffort, from the resources of all containers. */
export function qosClass(spec: Json): string {
  const containers: Json[] = [
    ...(spec.containers ?? []),
    ...(spec.initContainers ?? []),
  ];
  const used = (kind: string, container: Json) =>
    ['cpu', 'memory'].filter(name => container.resources?.[kind]?.[name]);
  if (
    containers.every(
      c => !used('limits', c).length && !used('requests', c).length,
    )
  ) {
    return 'BestEffort';
  }
  const guaranteed = containers.every(
    c =>
      used('limits', c).length === 2 &&
      ['cpu', 'memory'].every(
        name =>
          (c.resources.requests?.[name] ?? c.resources.limits[name]) ===
          c.resources.limits[name],
      ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

function validateUpdate(
  pod: KubeObject,
  old: KubeObject,
  options: WriteOptions,
): FieldError[] {
  const before = new Set(
    (old.spec.schedulingGates ?? []).map((gate: Json) => gate.name),
  );
  const errors: FieldError[] = [];
  (pod.spec.schedulingGates ?? []).forEach((gate: Json, index: number) => {
    if (before.has(gate.name)) return;
    errors.push(
      forbiddenField(
        `spec.schedulingGates[${index}].name`,
        `only deletion is allowed, but found new scheduling gate '${gate.name}'`,
      ),
    );
  });
  if (errors.length) return errors;
  const mutable = mutableCopy(pod, old, before.size > 0, options);
  if (!semanticEqual(mutable, old.spec)) {
    errors.push(forbiddenField('spec', IMMUTABLE_TEXT));
  }
  return errors;
}

/** The new spec with everything that may change put back as it was. */
function mutableCopy(
  pod: KubeObject,
  old: KubeObject,
  gated: boolean,
  options: WriteOptions,
): Json {
  const spec = deepCopy(pod.spec) as Json;
  for (const list of ['containers', 'initContainers']) {
    (spec[list] ?? []).forEach((container: Json, index: number) => {
      const twin = old.spec[list]?.[index];
      if (twin) container.image = twin.image;
    });
  }
  const free = ['activeDeadlineSeconds', 'schedulingGates', 'tolerations'];
  if (gated) free.push('nodeSelector', 'affinity');
  if (options.internal && !old.spec.nodeName) free.push('nodeName');
  for (const field of free) {
    if (old.spec[field] === undefined) delete spec[field];
    else spec[field] = old.spec[field];
  }
  return spec;
}
