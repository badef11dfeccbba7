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
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ClusterApi, KubeObject, NewObject } from '../ClusterApi';

const ROOT = join(__dirname, '../../../..');

/** The objects of a manifest of this repository. */
export function readManifest(path: string): NewObject[] {
  return parseAllDocuments(readFileSync(join(ROOT, path), 'utf8')).map(
    document => document.toJS() as NewObject,
  );
}

/** Creates the objects of a manifest of this repository. */
export function applyFile(api: ClusterApi, path: string): KubeObject[] {
  return readManifest(path).map(object =>
    api.resource(object.apiVersion, object.kind).create(object),
  );
}
