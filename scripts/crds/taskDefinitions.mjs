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

import { container } from './container.mjs';
import { parameters, secureParameters } from './parameters.mjs';
import { version } from './resource.mjs';
import { boolean, duration, integer, object, string } from './words.mjs';

const oneSource = path => ({
  'x-kubernetes-validations': [
    {
      rule: '[has(self.inline), has(self.httpRef), has(self.functionRef), has(self.configMapRef)].filter(given, given).size() == 1',
      message: `${path} must have exactly one of inline, httpRef, functionRef and configMapRef as the source of its code`,
    },
  ],
});

function runtime(description, { cmdParameters = true, rules = {} } = {}) {
  return object(
    description,
    {
      ...(cmdParameters && {
        cmdParameters: string(
          'Arguments for the script, separated by spaces; quotes as in a shell.',
        ),
      }),
      configMapRef: object('Code under the key "code" of a ConfigMap.', {
        name: string('Name of the ConfigMap.'),
      }),
      functionRef: object('Code of another definition.', {
        name: string('Name of the definition.'),
      }),
      httpRef: object('Code that the Pod downloads.', {
        url: string('An http or https URL.'),
      }),
      inline: object('Code that stands here.', { code: string('The code.') }),
      parameters,
      secureParameters,
    },
    rules,
  );
}

const definitionStatus = object('What was made for it.', {
  function: object('The code.', {
    configMap: string('ConfigMap that holds the code.'),
  }),
});

/**
 * These rules cannot hurt what is stored in a cluster that comes from Keptn: an API server with ratcheting (since
 * Kubernetes 1.30) does not apply them to a spec that an update leaves as it is, and on older ones the only update
 * that would be refused is one of a definition that cannot run anyway. Tasks have no such rules, because the status
 * of a task must be writable whatever its spec says. Names, URLs and numbers are checked by the reconciler, which
 * says what is wrong on each task.
 */
const oneRunner = {
  'x-kubernetes-validations': [
    {
      rule: '[has(self.deno), has(self.python), has(self.container)].filter(given, given).size() == 1',
      message: 'spec must have exactly one of deno, python and container',
    },
  ],
};

const definitionFields = withRules => ({
  automountServiceAccountToken: object(
    'Whether the Pod gets the token of its ServiceAccount.',
    { type: boolean('Yes or no.') },
    { required: ['type'] },
  ),
  container,
  deno: runtime('JavaScript or TypeScript, run by Deno.', {
    rules: withRules ? oneSource('spec.deno') : {},
  }),
  imagePullSecrets: {
    type: 'array',
    description: 'Secrets with credentials for registries.',
    items: {
      ...object(undefined, { name: { ...string(), default: '' } }),
      'x-kubernetes-map-type': 'atomic',
    },
  },
  python: runtime('Python.', {
    rules: withRules ? oneSource('spec.python') : {},
  }),
  retries: integer('How often a failed attempt is repeated.', { default: 10 }),
  serviceAccount: object(
    'Whom the Pod acts for.',
    { name: string('Name of a ServiceAccount in the namespace of the task.') },
    { required: ['name'] },
  ),
  timeout: duration('How long all attempts together may take, at least 1s.', {
    default: '5m',
  }),
  ttlSecondsAfterFinished: integer(
    'How long the Job stays after its outcome and logs are stored.',
    { default: 300 },
  ),
});

const legacyFunction = cmdParameters =>
  runtime('No longer supported: use deno, with the same content.', {
    cmdParameters,
  });

const definitionNow = {
  spec: object('What a task does.', definitionFields(true), oneRunner),
  status: definitionStatus,
};
const definitionBeta = {
  spec: object('What a task does.', {
    ...definitionFields(false),
    function: legacyFunction(true),
  }),
  status: definitionStatus,
};
const definitionAlpha = {
  spec: object('What a task does.', { function: legacyFunction(false) }),
  status: definitionStatus,
};

export const taskDefinitions = {
  kind: 'KeptnTaskDefinition',
  versions: [
    version('v1', definitionNow),
    version('v1beta1', definitionBeta),
    version('v1alpha3', definitionBeta),
    version('v1alpha2', definitionAlpha),
    version('v1alpha1', definitionAlpha),
  ],
};
