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
import path from 'node:path';
import { parse } from 'yaml';

/** As it stands in the file; the client's types rename some of its fields. */
export interface Schema {
  type?: string;
  default?: unknown;
  pattern?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema;
}

export interface Crd {
  metadata: { name: string };
  spec: {
    group: string;
    names: { kind: string; plural: string; shortNames?: string[] };
    conversion: object;
    versions: {
      name: string;
      served: boolean;
      storage: boolean;
      subresources: object;
      schema: { openAPIV3Schema: Schema };
      additionalPrinterColumns?: {
        name: string;
        jsonPath: string;
        priority?: number;
      }[];
    }[];
  };
}

export const root = path.resolve(__dirname, '../../../../..');

export function readCrd(plural: string, group = 'lifecycle.keptn.sh'): Crd {
  const file = path.join(root, 'deploy/crds', `${group}_${plural}.yaml`);
  return parse(readFileSync(file, 'utf8'));
}

export function schemaOf(crd: Crd, version = 'v1'): Schema {
  return crd.spec.versions.find(({ name }) => name === version)!.schema
    .openAPIV3Schema;
}

/** The part of a schema at a path; `[]` and `{}` go into the entries of a list and of a map. */
export function schemaAt(schema: Schema, ...at: string[]): Schema {
  return at.reduce((part, key) => {
    if (key === '[]') {
      return part.items!;
    }
    return key === '{}' ? part.additionalProperties! : part.properties![key];
  }, schema);
}

/** Names of the fields at a path of a schema. */
export function fields(schema: Schema, ...at: string[]): string[] {
  return Object.keys(schemaAt(schema, ...at).properties ?? {}).sort();
}

/**
 * Names of the members of an interface, with those that it takes over; of one of its members, where that is written
 * out in place.
 */
export function membersIn(source: string) {
  return function members(name: string, inside?: string): string[] {
    const [, parents, body] = source.match(
      new RegExp(
        `export interface ${name}(?:\\s+extends ([\\w,\\s]+))? \\{\\n([^]*?)\\n\\}`,
      ),
    )!;
    if (inside) {
      const [, part] = body.match(
        new RegExp(`^ {2}${inside}\\??: \\{\\n([^]*?)\\n {2}\\}`, 'm'),
      )!;
      return namesIn(part, 4);
    }
    const inherited = (parents ?? '')
      .split(',')
      .filter(parent => parent.trim());
    return [
      ...namesIn(body, 2),
      ...inherited.flatMap(parent => members(parent.trim())),
    ].sort();
  };
}

function namesIn(body: string, indent: number): string[] {
  return [...body.matchAll(new RegExp(`^ {${indent}}(\\w+)\\??:`, 'gm'))]
    .map(([, member]) => member)
    .sort();
}
