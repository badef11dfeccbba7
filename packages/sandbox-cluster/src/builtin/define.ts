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

import {
  ALL_VERBS,
  PrinterColumn,
  ResourceType,
  Strategy,
} from '../resources/ResourceType';
import { Schema } from '../schema/Schema';
import * as columns from '../table/columns';
import { plainStrategy } from './simple';

/** What is special about a built-in kind. */
export interface Described {
  kind: string;
  plural: string;
  schema: Schema;
  strategy?: Strategy;
  columns?: readonly PrinterColumn[];
  shortNames?: string[];
  categories?: string[];
  cluster?: boolean;
  status?: boolean;
}

/** A built-in kind; plain in every way that is not described. */
export function define(
  group: string,
  version: string,
  described: Described,
): ResourceType {
  const { kind, plural } = described;
  return {
    group,
    version,
    kind,
    plural,
    listKind: `${kind}List`,
    singular: kind.toLowerCase(),
    namespaced: !described.cluster,
    shortNames: described.shortNames,
    categories: described.categories,
    verbs: ALL_VERBS,
    builtIn: true,
    schema: described.schema,
    hasStatus: described.status ?? false,
    columns: described.columns ?? columns.withAge(),
    storage: `${group}/${plural}`,
    strategy: described.strategy ?? plainStrategy,
  };
}
