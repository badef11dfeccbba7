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

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED_PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const CONFIG_KEY = /^[-._a-zA-Z0-9]+$/;

const SUBDOMAIN_TEXT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_TEXT =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const QUALIFIED_TEXT =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_VALUE_TEXT =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const CONFIG_KEY_TEXT =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

const tooLongText = (max: number) => `must be no more than ${max} characters`;

/** Messages about a DNS subdomain, such as most object names; none when it is one. */
export function subdomainProblems(value: string): string[] {
  const problems: string[] = [];
  if (value.length > 253) problems.push(tooLongText(253));
  if (!DNS_SUBDOMAIN.test(value)) problems.push(SUBDOMAIN_TEXT);
  return problems;
}

/** Messages about a DNS label, such as a namespace or a container name. */
export function labelProblems(value: string): string[] {
  const problems: string[] = [];
  if (value.includes('.')) return ['must not contain dots'];
  if (value.length > 63) problems.push(tooLongText(63));
  if (!DNS_LABEL.test(value)) problems.push(LABEL_TEXT);
  return problems;
}

/** RBAC names: anything that fits into one segment of a path. */
export function pathSegmentProblems(value: string): string[] {
  if (value === '.' || value === '..') return [`may not be '${value}'`];
  return ['/', '%']
    .filter(part => value.includes(part))
    .map(part => `may not contain '${part}'`);
}

/** Messages about the key of a label, annotation or finalizer. */
export function qualifiedNameProblems(value: string): string[] {
  const parts = value.split('/');
  const name = parts[parts.length - 1];
  const problems: string[] = [];
  if (parts.length > 2) {
    return [
      "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
    ];
  }
  if (parts.length === 2) {
    if (parts[0] === '') problems.push('prefix part must be non-empty');
    else
      problems.push(
        ...subdomainProblems(parts[0]).map(m => `prefix part ${m}`),
      );
  }
  if (name === '') problems.push('name part must be non-empty');
  else if (name.length > 63) problems.push(`name part ${tooLongText(63)}`);
  if (!QUALIFIED_PART.test(name)) problems.push(QUALIFIED_TEXT);
  return problems;
}

export function labelValueProblems(value: string): string[] {
  const problems: string[] = [];
  if (value.length > 63) problems.push(tooLongText(63));
  if (!LABEL_VALUE.test(value)) problems.push(LABEL_VALUE_TEXT);
  return problems;
}

/** Messages about a key of a ConfigMap or Secret. */
export function configKeyProblems(value: string): string[] {
  const problems: string[] = [];
  if (value.length > 253) problems.push(tooLongText(253));
  if (!CONFIG_KEY.test(value)) problems.push(CONFIG_KEY_TEXT);
  if (value === '.') problems.push("must not be '.'");
  else if (value.startsWith('..')) problems.push("must not start with '..'");
  return problems;
}

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;

/** A name from a generateName prefix: at most 63 characters, the last five random. */
export function generateName(prefix: string): string {
  let name = prefix.slice(0, 63 - SUFFIX_LENGTH);
  for (let i = 0; i < SUFFIX_LENGTH; i++) {
    name += ALPHABET[Math.floor(Math.random() * ALPHABET.length)];
  }
  return name;
}
