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

import { compileProblem } from '../cel/RuleSet';
import {
  FieldError,
  invalid,
  notSupported,
  required,
} from '../errors/FieldError';
import { Strategy } from '../resources/ResourceType';
import { Json } from '../schema/json';
import { plainFields } from '../selectors/fieldSelector';
import { subdomainProblems } from '../service/names';

export const CLEANUP_FINALIZER = 'customresourcecleanup.apiextensions.k8s.io';

/** The rules of CustomResourceDefinitions. */
export const crdStrategy: Strategy = {
  hasGeneration: true,
  unconditionalUpdate: false,
  validateName: subdomainProblems,
  fields: plainFields,
  setDefaults: crd => {
    crd.spec ??= {};
    crd.spec.names ??= {};
    const { names } = crd.spec;
    if (names.kind) {
      names.singular ??= String(names.kind).toLowerCase();
      names.listKind ??= `${names.kind}List`;
    }
    crd.spec.conversion ??= { strategy: 'None' };
    for (const version of crd.spec.versions ?? []) {
      for (const column of version.additionalPrinterColumns ?? []) {
        if (column.priority === 0) delete column.priority;
      }
    }
  },
  prepareForCreate: crd => {
    crd.status = {
      acceptedNames: { kind: '', plural: '' },
      conditions: [],
      storedVersions: (crd.spec.versions ?? [])
        .filter((version: Json) => version.storage)
        .map((version: Json) => version.name),
    };
  },
  validate: crd => validateDefinition(crd.metadata.name, crd.spec),
  validateUpdate: (crd, old) => {
    const errors: FieldError[] = [];
    for (const field of ['group', 'scope'] as const) {
      if (crd.spec[field] !== old.spec[field]) {
        errors.push(
          invalid(`spec.${field}`, crd.spec[field], 'field is immutable'),
        );
      }
    }
    for (const field of ['plural', 'kind']) {
      if (crd.spec.names[field] !== old.spec.names[field]) {
        errors.push(
          invalid(
            `spec.names.${field}`,
            crd.spec.names[field],
            'field is immutable',
          ),
        );
      }
    }
    return errors;
  },
};

function validateDefinition(name: string, spec: Json): FieldError[] {
  const errors: FieldError[] = [];
  const { names = {}, versions = [] } = spec;
  if (!spec.group) errors.push(required('spec.group'));
  if (!names.plural) errors.push(required('spec.names.plural'));
  if (!names.kind) errors.push(required('spec.names.kind'));
  if (!['Cluster', 'Namespaced'].includes(spec.scope)) {
    errors.push(
      spec.scope
        ? notSupported('spec.scope', spec.scope, ['Cluster', 'Namespaced'])
        : required('spec.scope'),
    );
  }
  if (spec.group && names.plural && name !== `${names.plural}.${spec.group}`) {
    errors.push(
      invalid(
        'metadata.name',
        name,
        'must be spec.names.plural+"."+spec.group',
      ),
    );
  }
  if (versions.filter((version: Json) => version.storage).length !== 1) {
    errors.push(
      invalid(
        'spec.versions',
        versions,
        'must have exactly one version marked as storage version',
      ),
    );
  }
  if (spec.conversion?.strategy !== 'None') {
    errors.push(
      notSupported('spec.conversion.strategy', spec.conversion?.strategy, [
        'None',
      ]),
    );
  }
  versions.forEach((version: Json, index: number) => {
    const at = `spec.versions[${index}]`;
    if (!version.name) errors.push(required(`${at}.name`));
    const schema = version.schema?.openAPIV3Schema;
    if (!schema) {
      errors.push(
        required(`${at}.schema.openAPIV3Schema`, 'schemas are required'),
      );
    } else {
      errors.push(
        ...validateStructure(schema, `${at}.schema.openAPIV3Schema`, true),
      );
    }
  });
  return errors;
}

/** Every value needs a type, unless it is marked as free. */
function validateStructure(
  schema: Json,
  at: string,
  isRoot = false,
): FieldError[] {
  const errors: FieldError[] = [];
  const free =
    schema['x-kubernetes-int-or-string'] ||
    schema['x-kubernetes-preserve-unknown-fields'];
  if (!schema.type && !free) {
    errors.push(
      required(
        `${at}.type`,
        isRoot
          ? 'must not be empty at the root'
          : 'must not be empty for specified object fields',
      ),
    );
  } else if (isRoot && schema.type !== 'object') {
    errors.push(
      invalid(`${at}.type`, schema.type, 'must be object at the root'),
    );
  }
  errors.push(...validateRules(schema['x-kubernetes-validations'] ?? [], at));
  if (schema.type === 'array' && !schema.items) {
    errors.push(required(`${at}.items`, 'must be specified'));
  }
  for (const [key, field] of Object.entries(schema.properties ?? {})) {
    if (isRoot && ['apiVersion', 'kind', 'metadata'].includes(key)) continue;
    errors.push(
      ...validateStructure(field as Json, `${at}.properties[${key}]`),
    );
  }
  if (schema.items)
    errors.push(...validateStructure(schema.items, `${at}.items`));
  if (
    schema.additionalProperties &&
    typeof schema.additionalProperties === 'object'
  ) {
    errors.push(
      ...validateStructure(
        schema.additionalProperties,
        `${at}.additionalProperties`,
      ),
    );
  }
  return errors;
}

function validateRules(rules: Json[], at: string): FieldError[] {
  return rules.flatMap((rule, index) => {
    const field = `${at}.x-kubernetes-validations[${index}]`;
    return ['rule', 'messageExpression'].flatMap(part => {
      const problem = rule[part] && compileProblem(rule[part]);
      return problem
        ? [invalid(`${field}.${part}`, rule, `compilation failed: ${problem}`)]
        : [];
    });
  });
}
