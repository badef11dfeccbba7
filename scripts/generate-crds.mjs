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

// Usage: node scripts/generate-crds.mjs [--check]
// Writes deploy/crds from one description of each resource, because every version repeats most of its schema.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { stringify } from 'yaml';

const target = join(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  'deploy',
  'crds',
);

// --- the words of a schema

const string = description => ({
  type: 'string',
  ...(description && { description }),
});
const dateTime = description => ({
  ...string(description),
  format: 'date-time',
});
const integer = (description, rest = {}) => ({
  type: 'integer',
  format: 'int32',
  description,
  ...rest,
});
const boolean = description => ({ type: 'boolean', description });
const map = description => ({
  type: 'object',
  description,
  additionalProperties: { type: 'string' },
});
const object = (description, properties, rest = {}) => ({
  type: 'object',
  ...(description && { description }),
  properties,
  ...rest,
});
/** Checked by the API server when the Pod is made; nothing is lost here, also not what later versions of it add. */
const open = (type, description) =>
  type === 'array'
    ? {
        type,
        description,
        items: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      }
    : { type, description, 'x-kubernetes-preserve-unknown-fields': true };
const strings = description => ({
  type: 'array',
  description,
  items: { type: 'string' },
});

/** Anchored as a whole: what Go cannot parse would make the whole kind unreadable for Go clients. */
const DURATION = '^(0|([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+)$';
const duration = (description, rest = {}) => ({
  ...string(description),
  pattern: DURATION,
  ...rest,
});

// --- what definitions and tasks share

const parameters = object(
  'Values for the code, as JSON in the variable DATA.',
  {
    map: map('Name and value of each parameter.'),
  },
);
const secureParameters = object(
  'A Secret for the code, in the variable SECURE_DATA.',
  {
    secret: string(
      'Name of a Secret in the namespace of the task; its key is SECURE_DATA.',
    ),
  },
);

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

/**
 * The fields of a core/v1 Container. What is inside them is left to the API server, which checks it when the Pod is
 * made and knows fields that this file does not.
 */
const container = {
  ...object(
    'A container that does the work, as in a Pod.',
    {
      args: strings('Arguments of the entry point.'),
      command: strings('Entry point; the one of the image when absent.'),
      env: open('array', 'Environment variables.'),
      envFrom: open('array', 'Sources of environment variables.'),
      image: string('Image to run.'),
      imagePullPolicy: string('Always, IfNotPresent or Never.'),
      lifecycle: open('object', 'Hooks after the start and before the end.'),
      livenessProbe: open('object', 'Probe that restarts the container.'),
      name: string('Name of the container.'),
      ports: open('array', 'Ports to expose.'),
      readinessProbe: open(
        'object',
        'Probe that takes the container out of Services.',
      ),
      resizePolicy: open('array', 'What a change of resources does.'),
      resources: open('object', 'Requests and limits.'),
      restartPolicy: string('Only for init containers.'),
      securityContext: open('object', 'Security options.'),
      startupProbe: open(
        'object',
        'Probe that tells when the container has started.',
      ),
      stdin: boolean('Whether to keep a buffer for standard input.'),
      stdinOnce: boolean(
        'Whether to close standard input after the first attachment.',
      ),
      terminationMessagePath: string(
        'File with the last words of the container.',
      ),
      terminationMessagePolicy: string('File or FallbackToLogsOnError.'),
      tty: boolean('Whether to allocate a terminal.'),
      volumeDevices: open('array', 'Block devices.'),
      volumeMounts: open(
        'array',
        'Volumes to mount. A name that the pod template does not declare gets an empty directory.',
      ),
      workingDir: string('Working directory.'),
    },
    { required: ['name'] },
  ),
  'x-kubernetes-preserve-unknown-fields': true,
};

// --- KeptnTask

const contextFields = {
  appName: string(),
  appVersion: string(),
  objectType: string(),
  taskType: string(),
  workloadName: string(),
  workloadVersion: string(),
};

const taskStatus = {
  endTime: dateTime('When it ended.'),
  jobName: string('Name of the Job that does it.'),
  message: string('What happened, in a sentence.'),
  startTime: dateTime('When it began.'),
  status: string('Pending, Progressing, Succeeded or Failed.'),
};
const taskReason = { reason: string('What happened, in a word.') };

/** Retries and timeout have no default here: absent, they are those of the definition. */
const taskNow = metadata => ({
  spec: object(
    'What is asked for.',
    {
      checkType: string('pre, post or promotion.'),
      context: object('What the code is told in KEPTN_CONTEXT.', {
        ...contextFields,
        ...(metadata && { metadata: map('Anything else worth knowing.') }),
      }),
      parameters,
      retries: integer(
        "How often a failed attempt is repeated; the definition's when absent.",
      ),
      secureParameters,
      taskDefinition: string(
        'Name of a KeptnTaskDefinition in this namespace or in the Keptn namespace.',
      ),
      timeout: duration(
        "How long all attempts together may take, at least 1s; the definition's when absent.",
      ),
    },
    { required: ['taskDefinition'] },
  ),
  status: object('What became of it.', { ...taskStatus, ...taskReason }),
});

const taskBefore = {
  spec: object(
    'What is asked for.',
    {
      app: string(),
      appVersion: string(),
      checkType: string(),
      context: object(
        'What the code is told in KEPTN_CONTEXT.',
        contextFields,
        {
          required: Object.keys(contextFields),
        },
      ),
      parameters,
      secureParameters,
      taskDefinition: string('Name of a KeptnTaskDefinition.'),
      workload: string(),
      workloadVersion: string(),
    },
    {
      required: [
        'app',
        'appVersion',
        'context',
        'taskDefinition',
        'workload',
        'workloadVersion',
      ],
    },
  ),
  status: object('What became of it.', taskStatus),
};

const taskColumns = [
  ['AppName', '.spec.context.appName'],
  ['AppVersion', '.spec.context.appVersion'],
  ['WorkloadName', '.spec.context.workloadName'],
  ['WorkloadVersion', '.spec.context.workloadVersion'],
  ['Job Name', '.status.jobName'],
  ['Status', '.status.status'],
  ['Reason', '.status.reason'],
  ['Age', '.metadata.creationTimestamp', 'date'],
];

// --- KeptnTaskDefinition

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

// --- the two files

function version(name, { spec, status }, columns) {
  return {
    name,
    served: true,
    storage: name === 'v1',
    ...(columns && {
      additionalPrinterColumns: columns.map(([title, jsonPath, type]) => ({
        name: title,
        type: type ?? 'string',
        jsonPath,
      })),
    }),
    subresources: { status: {} },
    schema: {
      openAPIV3Schema: object(undefined, {
        apiVersion: string(),
        kind: string(),
        metadata: { type: 'object' },
        spec,
        status,
      }),
    },
  };
}

function crd(kind, versions) {
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.lifecycle.keptn.sh`,
      labels: { 'app.kubernetes.io/part-of': 'keptn-tasks' },
    },
    spec: {
      group: 'lifecycle.keptn.sh',
      names: { kind, listKind: `${kind}List`, plural, singular },
      scope: 'Namespaced',
      conversion: { strategy: 'None' },
      versions,
    },
  };
}

const files = {
  'lifecycle.keptn.sh_keptntasks.yaml': crd('KeptnTask', [
    version('v1', taskNow(true), taskColumns),
    version('v1beta1', taskNow(true), taskColumns),
    version('v1alpha3', taskNow(false), taskColumns),
    version('v1alpha2', taskBefore, taskColumns),
    version('v1alpha1', taskBefore, taskColumns),
  ]),
  'lifecycle.keptn.sh_keptntaskdefinitions.yaml': crd('KeptnTaskDefinition', [
    version('v1', definitionNow),
    version('v1beta1', definitionBeta),
    version('v1alpha3', definitionBeta),
    version('v1alpha2', definitionAlpha),
    version('v1alpha1', definitionAlpha),
  ]),
};

const HEADER = `# Written by scripts/generate-crds.mjs. It can be applied over Keptn's own definition of the same name: same
# versions, same stored version, same fields, so no object is lost.
`;

for (const [name, content] of Object.entries(files)) {
  const path = join(target, name);
  const text = await prettier.format(
    `${HEADER}${stringify(content, { aliasDuplicateObjects: false })}`,
    { ...(await prettier.resolveConfig(path)), parser: 'yaml' },
  );
  if (!process.argv.includes('--check')) {
    await writeFile(path, text);
  } else if ((await readFile(path, 'utf8')) !== text) {
    console.error(`${name} is not what scripts/generate-crds.mjs writes`);
    process.exitCode = 1;
  }
}
