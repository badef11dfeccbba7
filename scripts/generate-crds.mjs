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
import {
  appContexts,
  appCreationRequests,
  apps,
  appVersions,
} from './crds/apps.mjs';
import { configs } from './crds/config.mjs';
import { evaluationDefinitions, evaluations } from './crds/evaluations.mjs';
import { crd } from './crds/resource.mjs';
import { taskDefinitions } from './crds/taskDefinitions.mjs';
import { tasks } from './crds/tasks.mjs';
import { workloads, workloadVersions } from './crds/workloads.mjs';

const target = join(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  'deploy',
  'crds',
);

const RESOURCES = [
  tasks,
  taskDefinitions,
  apps,
  appContexts,
  appVersions,
  appCreationRequests,
  workloads,
  workloadVersions,
  evaluations,
  evaluationDefinitions,
  configs,
];

const HEADER = `# Written by scripts/generate-crds.mjs. It can be applied over Keptn's own definition of the same name: same
# versions, same stored version, same fields, so no object is lost.
`;
/** Where Keptn converts with a webhook of its operator. */
const CONVERSION = `# Other versions are not converted: a field that v1 does not have is accepted and dropped, as Keptn drops it. What an
# app's four lists said before v1beta1 belongs into a KeptnAppContext of the same name.
`;

for (const resource of RESOURCES) {
  const { file, content } = crd(resource);
  const path = join(target, file);
  const header = resource.conversion ? `${HEADER}${CONVERSION}` : HEADER;
  const text = await prettier.format(
    `${header}${stringify(content, { aliasDuplicateObjects: false })}`,
    { ...(await prettier.resolveConfig(path)), parser: 'yaml' },
  );
  if (!process.argv.includes('--check')) {
    await writeFile(path, text);
  } else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
    console.error(`${file} is not what scripts/generate-crds.mjs writes`);
    process.exitCode = 1;
  }
}
