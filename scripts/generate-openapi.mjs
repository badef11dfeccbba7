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

// Usage: node scripts/generate-openapi.mjs [--check]
// The OpenAPI document is the one source of every shape on the wire. From it come the types that
// both sides share and the object that the backend's router validates requests against.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import prettier from 'prettier';
import { parse } from 'yaml';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const source = path.join(
  root,
  'plugins/keptn-tasks-common/src/schema/openapi.yaml',
);
const licence = (await readFile(fileURLToPath(import.meta.url), 'utf8'))
  .slice(0, 676)
  .split('*/')[0];
const header = `${licence}*/\n\n// Generated from openapi.yaml by scripts/generate-openapi.mjs. Do not edit.\n\n`;

const yaml = await readFile(source, 'utf8');
const document = parse(yaml);
const types = astToString(await openapiTS(yaml, { alphabetize: false }));

const outputs = {
  'plugins/keptn-tasks-common/src/schema/openapi.generated.ts': types,
  'plugins/keptn-tasks-backend/src/schema/openapi.generated.ts': `export const spec = ${JSON.stringify(
    document,
  )} as const;\n`,
};

const config = await prettier.resolveConfig(path.join(root, 'package.json'));
let stale = 0;
for (const [file, body] of Object.entries(outputs)) {
  const target = path.join(root, file);
  const text = prettier.format(header + body, {
    ...config,
    parser: 'typescript',
  });
  if (process.argv.includes('--check')) {
    const current = await readFile(target, 'utf8').catch(() => '');
    if (current !== text) {
      console.error(
        `${file} is not what openapi.yaml says: run node scripts/generate-openapi.mjs`,
      );
      stale++;
    }
  } else {
    await writeFile(target, text);
  }
}
process.exitCode = stale ? 1 : 0;
