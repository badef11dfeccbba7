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

import { isObjectName } from '../names';

/** What a value says, and what is wrong with it, one sentence each. */
export interface Parsed<T> {
  value: T;
  problems: string[];
}

/**
 * Names of definitions, separated by commas. Blanks around them do not count and empty elements are left out. A name
 * that no definition can have stays: a check that somebody asked for must not be passed over in silence.
 */
export function parseDefinitionNames(
  key: string,
  text: string,
): Parsed<string[]> {
  const elements = text.split(',').map(element => element.trim());
  const names = elements.filter(Boolean);
  const problems = names
    .filter(name => !isObjectName(name))
    .map(
      name =>
        `${key} lists '${name}', which no definition can be called: names consist of lower case letters, digits, dashes and dots.`,
    );
  if (text.trim() && names.length < elements.length) {
    problems.unshift(
      `${key} has an empty element between its commas, which is left out; remove the comma or name the definition.`,
    );
  }
  return { value: names, problems };
}

/** Pairs `key=value`, separated by commas. Values may contain `=`. A pair without one is left out. */
export function parseMetadata(
  key: string,
  text: string,
): Parsed<Record<string, string>> {
  const value: Record<string, string> = {};
  const problems: string[] = [];
  for (const pair of text.split(',').map(element => element.trim())) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim()) {
      value[pair.slice(0, at).trim()] = pair.slice(at + 1).trim();
    } else if (pair) {
      problems.push(
        `${key} contains '${pair}', which is left out; write pairs as name=value, separated by commas.`,
      );
    }
  }
  return { value, problems };
}
