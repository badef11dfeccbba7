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
import {
  FieldError,
  invalid,
  notSupported,
  required,
} from '../errors/FieldError';
import { Strategy } from '../resources/ResourceType';
import { deepCopy, Json, semanticEqual } from '../schema/json';
import { labelledFields } from '../selectors/fieldSelector';
import { subdomainProblems } from '../service/names';
import { validateLabels } from '../service/validateMetadata';
import { setPodSpecDefaults } from './podDefaults';
import { validatePodSpec } from './validatePodSpec';

const PREFIX = 'batch.kubernetes.io/';
const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
];

/** The rules of Jobs. */
export const jobStrategy: Strategy = {
  hasGeneration: true,
  unconditionalUpdate: true,
  validateName: subdomainProblems,
  fields: labelledFields({
    'status.successful': job => String(job.status?.succeeded ?? 0),
  }),
  setDefaults: job => {
    job.spec ??= {};
    const { spec } = job;
    if (spec.completions === undefined && spec.parallelism === undefined) {
      spec.completions = 1;
    }
    spec.parallelism ??= 1;
    spec.backoffLimit ??=
      spec.backoffLimitPerIndex === undefined ? 6 : 2147483647;
    spec.completionMode ??= 'NonIndexed';
    spec.suspend ??= false;
    spec.manualSelector ??= false;
    spec.podReplacementPolicy ??= spec.podFailurePolicy
      ? 'Failed'
      : 'TerminatingOrFailed';
    spec.template ??= {};
    spec.template.spec ??= {};
    setPodSpecDefaults(spec.template.spec);
    if (job.metadata.labels === undefined && spec.template.metadata?.labels) {
      job.metadata.labels = { ...spec.template.metadata.labels };
    }
  },
  prepareForCreate: job => {
    job.status = {};
    if (!job.spec.manualSelector) generateSelector(job);
  },
  prepareForUpdate: (job, old) => {
    // A replace by a client that never saw the generated labels keeps them.
    if (!job.spec.selector) job.spec.selector = old.spec.selector;
  },
  validate: job => [
    ...validateSelector(job),
    ...COUNTS.flatMap(field => nonNegative(job.spec[field], `spec.${field}`)),
    ...validateMode(job.spec),
    ...validateLabels(
      job.spec.template.metadata?.labels,
      'spec.template.labels',
    ),
    ...validatePodSpec(job.spec.template.spec, 'spec.template.spec'),
    ...validateRestartPolicy(job.spec.template.spec),
  ],
  validateUpdate,
  defaultPropagation: 'Orphan',
};

function generateSelector(job: KubeObject) {
  const { name, uid } = job.metadata;
  const labels = {
    'controller-uid': uid,
    'job-name': name,
    [`${PREFIX}controller-uid`]: uid,
    [`${PREFIX}job-name`]: name,
  };
  const { template } = job.spec;
  template.metadata = {
    ...template.metadata,
    labels: { ...template.metadata?.labels, ...labels },
  };
  job.metadata.labels = { ...job.metadata.labels, ...labels };
  job.spec.selector ??= {};
  job.spec.selector.matchLabels = {
    ...job.spec.selector.matchLabels,
    [`${PREFIX}controller-uid`]: uid,
  };
}

function nonNegative(value: unknown, field: string): FieldError[] {
  if (typeof value !== 'number' || value >= 0) return [];
  return [invalid(field, value, 'must be greater than or equal to 0')];
}

function validateSelector(job: KubeObject): FieldError[] {
  if (!job.spec.manualSelector) return [];
  if (!job.spec.selector) return [required('spec.selector')];
  const labels = job.spec.template.metadata?.labels ?? {};
  const matches = Object.entries(job.spec.selector.matchLabels ?? {}).every(
    ([key, value]) => labels[key] === value,
  );
  return matches
    ? []
    : [
        invalid(
          'spec.template.metadata.labels',
          labels,
          '`selector` does not match template `labels`',
        ),
      ];
}

function validateMode(spec: Json): FieldError[] {
  const modes = ['NonIndexed', 'Indexed'];
  if (!modes.includes(spec.completionMode)) {
    return [notSupported('spec.completionMode', spec.completionMode, modes)];
  }
  if (spec.completionMode === 'Indexed' && spec.completions === undefined) {
    return [required('spec.completions', 'when completion mode is Indexed')];
  }
  return [];
}

function validateRestartPolicy(spec: Json): FieldError[] {
  return ['OnFailure', 'Never'].includes(spec.restartPolicy)
    ? []
    : [
        required(
          'spec.template.spec.restartPolicy',
          'valid values: "OnFailure", "Never"',
        ),
      ];
}

function validateUpdate(job: KubeObject, old: KubeObject): FieldError[] {
  const errors: FieldError[] = [];
  for (const field of [
    'selector',
    'completionMode',
    'podFailurePolicy',
    'managedBy',
  ]) {
    if (!semanticEqual(job.spec[field], old.spec[field])) {
      errors.push(
        invalid(`spec.${field}`, job.spec[field], 'field is immutable'),
      );
    }
  }
  if (
    job.spec.completionMode !== 'Indexed' &&
    job.spec.completions !== old.spec.completions
  ) {
    errors.push(
      invalid('spec.completions', job.spec.completions, 'field is immutable'),
    );
  }
  const notStarted = old.spec.suspend && !old.status?.startTime;
  if (
    !semanticEqual(
      comparableTemplate(job.spec.template, notStarted),
      comparableTemplate(old.spec.template, notStarted),
    )
  ) {
    errors.push(
      invalid('spec.template', job.spec.template, 'field is immutable'),
    );
  }
  return errors;
}

/** The template without what may be changed while a suspended Job has not started. */
function comparableTemplate(template: Json, notStarted: boolean): Json {
  if (!notStarted) return template;
  const copy = deepCopy(template);
  delete copy.metadata;
  for (const field of [
    'affinity',
    'nodeSelector',
    'tolerations',
    'schedulingGates',
  ]) {
    delete copy.spec[field];
  }
  return copy;
}
