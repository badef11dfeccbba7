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
import { badRequest } from '../errors/StatusError';

/** How a resource answers field selectors: readable fields, and its refusal of all others. */
export interface SelectableFields {
  fields: Record<string, (object: KubeObject) => string>;
  refusal: (field: string) => string;
}

/** A parsed field selector. */
export interface FieldSelector {
  empty: boolean;
  /** The name that `metadata.name=` asks for, which a list can look up directly. */
  name?: string;
  matches(object: KubeObject): boolean;
}

interface Term {
  field: string;
  negated: boolean;
  value: string;
}

/** Parses `a=b,c!=d` against the fields that the resource knows. Throws a 400 for any other. */
export function parseFieldSelector(
  text: string,
  selectable: SelectableFields,
): FieldSelector {
  const terms = parseTerms(text);
  for (const { field } of terms) {
    if (!Object.hasOwn(selectable.fields, field)) {
      throw badRequest(selectable.refusal(field));
    }
  }
  return {
    empty: terms.length === 0,
    name: exactName(terms),
    matches: object =>
      terms.every(
        ({ field, negated, value }) =>
          (selectable.fields[field](object) === value) !== negated,
      ),
  };
}

/** The name that a field selector asks for, whatever it is a selector of; none when it cannot be read. */
export function selectedName(text: string): string | undefined {
  try {
    return exactName(parseTerms(text));
  } catch {
    return undefined;
  }
}

function exactName(terms: Term[]): string | undefined {
  return terms.find(t => t.field === 'metadata.name' && !t.negated)?.value;
}

function parseTerms(text: string): Term[] {
  return splitTerms(text).map(parseTerm);
}

function splitTerms(text: string): string[] {
  return (text.match(/(?:\\.|[^,\\])+/g) ?? []).filter(term => term !== '');
}

function parseTerm(term: string): Term {
  const match = /^((?:\\.|[^=!\\])*)(==|!=|=)(.*)$/s.exec(term);
  if (!match) {
    throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  }
  return {
    field: match[1],
    negated: match[2] === '!=',
    value: match[3].replace(/\\([\\,=])/g, '$1'),
  };
}

const metadataFields: SelectableFields['fields'] = {
  'metadata.name': object => object.metadata.name,
  'metadata.namespace': object => object.metadata.namespace ?? '',
};

/** Only name and namespace, with the refusal that most built-in kinds give. */
export const plainFields: SelectableFields = {
  fields: metadataFields,
  refusal: field =>
    `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
};

/** Name, namespace and some more, with the refusal of kinds that convert field labels themselves. */
export function labelledFields(
  fields: SelectableFields['fields'] = {},
): SelectableFields {
  return {
    fields: { ...metadataFields, ...fields },
    refusal: field => `field label not supported: ${field}`,
  };
}
