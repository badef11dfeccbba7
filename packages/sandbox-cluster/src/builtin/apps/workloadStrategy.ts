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

import { selects } from '../../admission/matching/selectors';
import {
  FieldError,
  forbiddenField,
  invalid,
  notSupported,
  required,
} from '../../errors/FieldError';
import { Strategy } from '../../resources/ResourceType';
import { Json, semanticEqual } from '../../schema/json';
import { labelledFields } from '../../selectors/fieldSelector';
import { setPodSpecDefaults } from '../podDefaults';
import { plainStrategy } from '../simple';
import { validatePodSpec } from '../validatePodSpec';

const COUNTS = [
  'replicas',
  'minReadySeconds',
  'revisionHistoryLimit',
  'progressDeadlineSeconds',
];

/** What is special about one kind of workload. */
export interface WorkloadRules {
  /** How messages call it, e.g. `deployment`. */
  called: string;
  /** Fills in the defaults of its spec. */
  defaults(spec: Json): void;
  /** The status of a new one. */
  status: Json;
  validate?(spec: Json): FieldError[];
  /** The rest is as for every workload. */
  strategy?: Partial<Strategy>;
}

/** The rules of Deployments, ReplicaSets, StatefulSets and DaemonSets. */
export function workloadStrategy(rules: WorkloadRules): Strategy {
  return {
    ...plainStrategy,
    hasGeneration: true,
    fields: labelledFields(),
    setDefaults: object => {
      object.spec ??= {};
      object.spec.template ??= {};
      object.spec.template.spec ??= {};
      setPodSpecDefaults(object.spec.template.spec);
      rules.defaults(object.spec);
    },
    prepareForCreate: object => {
      object.status = { ...rules.status };
    },
    validate: ({ spec }) => [
      ...COUNTS.flatMap(field => nonNegative(spec[field], `spec.${field}`)),
      ...validateSelector(spec, rules.called),
      ...(rules.validate?.(spec) ?? []),
      ...validatePodSpec(spec.template.spec, 'spec.template.spec'),
      ...validateTemplate(spec.template.spec),
    ],
    validateUpdate: (object, old) =>
      semanticEqual(object.spec.selector, old.spec.selector)
        ? []
        : [
            invalid(
              'spec.selector',
              object.spec.selector,
              'field is immutable',
            ),
          ],
    ...rules.strategy,
  };
}

function validateSelector(spec: Json, called: string): FieldError[] {
  const { selector, template } = spec;
  if (!selector) return [required('spec.selector')];
  const terms =
    Object.keys(selector.matchLabels ?? {}).length +
    (selector.matchExpressions ?? []).length;
  if (terms === 0) {
    const problem = `empty selector is invalid for ${called}`;
    return [invalid('spec.selector', selector, problem)];
  }
  const labels = template.metadata?.labels ?? {};
  return selects(selector, labels)
    ? []
    : [
        invalid(
          'spec.template.metadata.labels',
          labels,
          '`selector` does not match template `labels`',
        ),
      ];
}

/** Pods of a workload are started again for ever. */
function validateTemplate({
  restartPolicy,
  activeDeadlineSeconds,
}: Json): FieldError[] {
  const errors: FieldError[] = [];
  if (restartPolicy !== 'Always') {
    errors.push(
      notSupported('spec.template.spec.restartPolicy', restartPolicy, [
        'Always',
      ]),
    );
  }
  if (activeDeadlineSeconds !== undefined) {
    errors.push(
      forbiddenField(
        'spec.template.spec.activeDeadlineSeconds',
        'activeDeadlineSeconds in ReplicaSet is not Supported',
      ),
    );
  }
  return errors;
}

function nonNegative(value: unknown, field: string): FieldError[] {
  if (typeof value !== 'number' || value >= 0) return [];
  return [invalid(field, value, 'must be greater than or equal to 0')];
}

/** Whether a number or percentage of Pods comes to nothing. */
export function isNone(value: number | string | undefined): boolean {
  return value === undefined || /^0%?$/.test(String(value));
}

/** What is wrong with numbers or percentages of Pods, such as maxSurge. */
export function validateAmounts(rolling: Json, path: string): FieldError[] {
  return ['maxUnavailable', 'maxSurge'].flatMap(field => {
    const value = rolling[field];
    const at = `${path}.${field}`;
    if (value === undefined) return [];
    if (typeof value === 'number') return nonNegative(value, at);
    return /^\d+%$/.test(value)
      ? []
      : [
          invalid(
            at,
            value,
            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
          ),
        ];
  });
}
