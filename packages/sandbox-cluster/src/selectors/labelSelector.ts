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

import { badRequest } from '../errors/StatusError';

type Labels = Record<string, string>;
type Operator = '=' | '!=' | 'in' | 'notin' | 'exists' | '!' | '>' | '<';

interface Requirement {
  key: string;
  operator: Operator;
  values: string[];
}

/** A parsed label selector. */
export interface LabelSelector {
  empty: boolean;
  matches(labels: Labels | undefined): boolean;
}

const TOKEN = /\s*(==|!=|=|!|,|\(|\)|>|<|[^\s=!,()<>]+)/y;
const KEY =
  /^([a-z0-9A-Z]([-a-z0-9A-Z.]*[a-z0-9A-Z])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const SYMBOLS = new Set(['==', '!=', '=', '!', ',', '(', ')', '>', '<']);

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) break;
    tokens.push(match[1]);
  }
  return tokens;
}

class Parser {
  private position = 0;

  constructor(private readonly tokens: string[]) {}

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    if (this.tokens.length === 0) return requirements;
    for (;;) {
      requirements.push(this.requirement());
      const next = this.next();
      if (next === undefined) return requirements;
      if (next !== ',') {
        throw badRequest(`found '${next}', expected: ',' or 'end of string'`);
      }
    }
  }

  private next(): string | undefined {
    return this.tokens[this.position++];
  }

  private peek(): string | undefined {
    return this.tokens[this.position];
  }

  private requirement(): Requirement {
    if (this.peek() === '!') {
      this.next();
      return { key: this.key(), operator: '!', values: [] };
    }
    const key = this.key();
    const operator = this.peek();
    if (operator === undefined || operator === ',') {
      return { key, operator: 'exists', values: [] };
    }
    this.next();
    switch (operator) {
      case '=':
      case '==':
        return { key, operator: '=', values: [this.value(key)] };
      case '!=':
        return { key, operator: '!=', values: [this.value(key)] };
      case '>':
      case '<':
        return { key, operator, values: [this.value(key)] };
      case 'in':
      case 'notin':
        return { key, operator, values: this.values(key) };
      default:
        throw badRequest(
          `unable to parse requirement: found '${operator}', expected: in, notin, =, ==, !=, gt, lt`,
        );
    }
  }

  private key(): string {
    const token = this.next();
    if (token === undefined || SYMBOLS.has(token)) {
      throw badRequest(
        `unable to parse requirement: found '${
          token ?? ''
        }', expected: !, identifier, or 'end of string'`,
      );
    }
    if (!KEY.test(token)) {
      throw badRequest(
        `unable to parse requirement: <nil>: Invalid value: "${token}": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
      );
    }
    return token;
  }

  private value(key: string): string {
    const token = this.peek();
    if (token === undefined || token === ',') return '';
    this.next();
    if (SYMBOLS.has(token)) {
      throw badRequest(
        `unable to parse requirement: found '${token}', expected: identifier`,
      );
    }
    return checkValue(key, token, 0);
  }

  private values(key: string): string[] {
    const open = this.next();
    if (open !== '(') {
      throw badRequest(
        `unable to parse requirement: found '${open ?? ''}' expected: '('`,
      );
    }
    const values: string[] = [];
    let expectValue = true;
    for (;;) {
      const token = this.next();
      if (token === ')') return expectValue ? [...values, ''] : values;
      if (token === ',') {
        if (expectValue) values.push('');
        expectValue = true;
      } else if (token === undefined || SYMBOLS.has(token) || !expectValue) {
        throw badRequest(
          `unable to parse requirement: found '${
            token ?? ''
          }', expected: ',' or ')'`,
        );
      } else {
        values.push(checkValue(key, token, values.length));
        expectValue = false;
      }
    }
  }
}

function checkValue(key: string, value: string, index: number): string {
  if (!VALUE.test(value) || value.length > 63) {
    throw badRequest(
      `unable to parse requirement: values[${index}][${key}]: Invalid value: ${JSON.stringify(
        value,
      )}: a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
    );
  }
  return value;
}

function matchesOne(requirement: Requirement, labels: Labels): boolean {
  const { key, operator, values } = requirement;
  const has = Object.hasOwn(labels, key);
  const value = labels[key];
  switch (operator) {
    case 'exists':
      return has;
    case '!':
      return !has;
    case '=':
    case 'in':
      return has && values.includes(value);
    case '!=':
    case 'notin':
      return !has || !values.includes(value);
    case '>':
      return has && Number(value) > Number(values[0]);
    default:
      return has && Number(value) < Number(values[0]);
  }
}

/** Parses `a=b,c!=d,e in (f,g),h notin (i),j,!k`. Throws a 400 with the API server's wording. */
export function parseLabelSelector(text: string): LabelSelector {
  const requirements = new Parser(tokenize(text)).parse();
  return {
    empty: requirements.length === 0,
    matches: labels => requirements.every(r => matchesOne(r, labels ?? {})),
  };
}
