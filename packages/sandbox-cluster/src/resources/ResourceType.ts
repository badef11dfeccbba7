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
import { FieldError } from '../errors/FieldError';
import { Schema } from '../schema/Schema';
import { SelectableFields } from '../selectors/fieldSelector';

/** A column of `kubectl get`. */
export interface PrinterColumn {
  name: string;
  type: string;
  format?: string;
  description: string;
  /** 0 is always shown, 1 with `-o wide`. */
  priority: number;
  cell: (object: KubeObject, now: number) => unknown;
}

/** Whoever sends a request. */
export interface User {
  name: string;
  groups: readonly string[];
  uid?: string;
}

/** What admission and strategies may know of a write. */
export interface WriteOptions {
  user: User;
  dryRun?: boolean;
  fieldValidation?: 'Ignore' | 'Warn' | 'Strict';
  /** The field manager, for managedFields. */
  manager: string;
  /** Adds a Warning header to the answer. */
  warn: (text: string) => void;
  /** A controller inside the process, which may also set what only the system sets. */
  internal?: boolean;
  /** Fields that the decoder found twice in the body. */
  duplicates?: readonly string[];
}

/** The rules of one kind beyond its schema. Functions change the object they are given. */
export interface Strategy {
  /** Whether metadata.generation counts changes of everything but metadata and status. */
  hasGeneration: boolean;
  /** An object without the fields whose changes the generation does not count. */
  countedPart?: (object: KubeObject) => KubeObject;
  /** Whether it counts changes of the annotations as well, other than by way of the status. */
  countsAnnotations?: boolean;
  /** Whether a PUT without resourceVersion overwrites. */
  unconditionalUpdate: boolean;
  /** Messages about metadata.name; empty when it is fine. */
  validateName: (name: string) => string[];
  fields: SelectableFields;
  /** Fills in defaults; runs on every write. */
  setDefaults?: (object: KubeObject) => void;
  /** Clears and sets what clients do not own. */
  prepareForCreate?: (object: KubeObject) => void;
  prepareForUpdate?: (object: KubeObject, old: KubeObject) => void;
  /** Like the two above, for a subresource that writes, instead of the usual "status only". */
  prepareForStatusUpdate?: (object: KubeObject, old: KubeObject) => void;
  validate?: (object: KubeObject) => FieldError[];
  /** Only of a create, beside `validate`. */
  validateCreate?: (object: KubeObject) => FieldError[];
  validateUpdate?: (
    object: KubeObject,
    old: KubeObject,
    options: WriteOptions,
  ) => FieldError[];
  validateStatusUpdate?: (object: KubeObject, old: KubeObject) => FieldError[];
  warnings?: (object: KubeObject) => string[];
  /** What happens to dependents when a delete does not say. */
  defaultPropagation?: 'Background' | 'Orphan';
  /** Seconds that a delete gives the object; undefined when the kind has no graceful deletion. */
  gracePeriod?: (object: KubeObject, requested?: number) => number;
}

/** One resource as one API version shows it. */
export interface ResourceType {
  group: string;
  version: string;
  kind: string;
  listKind: string;
  plural: string;
  singular: string;
  namespaced: boolean;
  shortNames?: readonly string[];
  categories?: readonly string[];
  verbs: readonly string[];
  /** Written in Go in a real server: lists leave apiVersion and kind out of their items. */
  builtIn: boolean;
  schema: Schema;
  hasStatus: boolean;
  /** Subresources other than status: name to verbs and kind. */
  subresources?: Record<
    string,
    { verbs: readonly string[]; kind: string; group?: string; version?: string }
  >;
  columns: readonly PrinterColumn[];
  /** Sent with every answer of this version, for instance that it is deprecated. */
  deprecation?: string;
  /** The key of the collection that holds the objects; several versions and groups may share one. */
  storage: string;
  strategy: Strategy;
  /** From what is stored to this version. Cached by its caller: the stored object never changes. */
  fromStorage?: (stored: KubeObject) => KubeObject;
  /** From this version to what is stored. Changes the object it is given. */
  toStorage?: (object: KubeObject) => KubeObject;
  /** Checks and completes a decoded body of a custom resource; built-in kinds use their schema. */
  custom?: CustomRules;
}

/** What a custom resource's schema asks of its objects. */
export interface CustomRules {
  validate: (
    object: KubeObject,
    old?: KubeObject,
    subresource?: string,
  ) => FieldError[];
}

export const apiVersionOf = (type: { group: string; version: string }) =>
  type.group ? `${type.group}/${type.version}` : type.version;

export const ALL_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
] as const;
