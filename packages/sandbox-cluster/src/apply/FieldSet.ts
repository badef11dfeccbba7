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

/** FieldsV1 as it is on the wire. */
export interface FieldsV1 {
  [element: string]: FieldsV1;
}

/**
 * A set of field paths, as managedFields keeps them. Path elements are written as on the wire:
 * `f:name` for a field, `k:{"name":"a"}` for a list item by key, `v:"x"` for a set item.
 */
export class FieldSet {
  readonly children = new Map<string, FieldSet>();

  constructor(public member = false) {}

  static fromJson(json: FieldsV1 | undefined): FieldSet {
    const root = new FieldSet();
    if (json) fill(root, json);
    return root;
  }

  /** The child under an element, made when it is missing. */
  child(element: string): FieldSet {
    let node = this.children.get(element);
    if (!node) {
      node = new FieldSet();
      this.children.set(element, node);
    }
    return node;
  }

  get empty(): boolean {
    if (this.member) return false;
    for (const node of this.children.values()) if (!node.empty) return false;
    return true;
  }

  union(other: FieldSet): FieldSet {
    const result = new FieldSet(this.member || other.member);
    for (const [element, node] of this.children) {
      const twin = other.children.get(element);
      result.children.set(element, twin ? node.union(twin) : node);
    }
    for (const [element, node] of other.children) {
      if (!this.children.has(element)) result.children.set(element, node);
    }
    return result;
  }

  intersect(other: FieldSet): FieldSet {
    const result = new FieldSet(this.member && other.member);
    for (const [element, node] of this.children) {
      const twin = other.children.get(element);
      const both = twin && node.intersect(twin);
      if (both && !both.empty) result.children.set(element, both);
    }
    return result;
  }

  subtract(other: FieldSet): FieldSet {
    const result = new FieldSet(this.member && !other.member);
    for (const [element, node] of this.children) {
      const twin = other.children.get(element);
      const rest = twin ? node.subtract(twin) : node;
      if (!rest.empty) result.children.set(element, rest);
    }
    return result;
  }

  /** The same set, with every container of a member a member as well. */
  withContainers(): FieldSet {
    const result = new FieldSet(this.member);
    for (const [element, node] of this.children) {
      const child = node.withContainers();
      if (child.empty) continue;
      result.children.set(element, child);
      result.member = true;
    }
    return result;
  }

  equals(other: FieldSet): boolean {
    return this.subtract(other).empty && other.subtract(this).empty;
  }

  /** Members as messages write them: `.spec.parts[name="a"].count`, sorted. */
  paths(prefix = ''): string[] {
    const paths = this.member ? [prefix] : [];
    for (const [element, node] of this.children) {
      paths.push(...node.paths(prefix + pathElement(element)));
    }
    return prefix === '' ? paths.sort() : paths;
  }

  toJson(): FieldsV1 {
    const json: FieldsV1 = {};
    const elements = [...this.children.keys()].sort();
    if (this.member && elements.length) json['.'] = {};
    for (const element of elements) {
      const node = this.children.get(element)!;
      if (!node.empty) json[element] = node.toJson();
    }
    return json;
  }
}

function fill(node: FieldSet, json: FieldsV1) {
  for (const [element, value] of Object.entries(json)) {
    if (element === '.') {
      node.member = true;
      continue;
    }
    const child = node.child(element);
    if (Object.keys(value).length === 0) child.member = true;
    else fill(child, value);
  }
}

function pathElement(element: string): string {
  const text = element.slice(2);
  if (element.startsWith('f:')) return `.${text}`;
  if (element.startsWith('v:')) return `[=${text}]`;
  if (element.startsWith('k:')) {
    const keys = Object.entries(JSON.parse(text) as object)
      .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
      .join(',');
    return `[${keys}]`;
  }
  return `[${text}]`;
}
