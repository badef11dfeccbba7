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

import { cpus, totalmem } from 'node:os';
import type { BenchOptions } from './options';
import { budgets, type ByEngine, type Details, type Results } from './results';
import { rounded } from './statistics';

/** What was found, and under which circumstances. */
export interface Report {
  results: Partial<Results>;
  details: Details;
  options: BenchOptions;
  seconds: number;
}

interface Row {
  what: string;
  budget: string;
  measured: string;
  ok: string;
}

/** The rows that people read: one for each figure and database. */
export function toTable(report: Report): string {
  const rows: Row[] = [
    { what: 'what', budget: 'budget', measured: 'measured', ok: 'ok?' },
    ...keysOf(report.results).flatMap(key => rowsOf(key, report.results[key]!)),
  ];
  const width = (column: keyof Row) =>
    Math.max(...rows.map(row => row[column].length));
  return rows
    .map(row =>
      [
        row.what.padEnd(width('what')),
        row.budget.padStart(width('budget')),
        row.measured.padStart(width('measured')),
        row.ok,
      ].join('  '),
    )
    .join('\n');
}

/** What goes into the result file. */
export function toJson(report: Report): string {
  const { results, details, options, seconds } = report;
  return JSON.stringify(
    {
      ...results,
      details,
      sizes: options.sizes,
      cluster: options.kubeconfig ? clusterOf(options) : undefined,
      database: options.database,
      machine: {
        cpus: cpus().length,
        memoryGb: rounded(totalmem() / 2 ** 30),
        node: process.version,
      },
      seconds: rounded(seconds),
    },
    undefined,
    2,
  );
}

/** Whether every figure that was measured is within its budget. */
export function isWithinBudget(results: Partial<Results>): boolean {
  return keysOf(results).every(key =>
    valuesOf(results[key]!).every(([, value]) => isOk(key, value)),
  );
}

function clusterOf(options: BenchOptions): string {
  return options.sandbox ? 'sandbox' : 'given';
}

function keysOf(results: Partial<Results>): (keyof Results)[] {
  const keys = Object.keys(budgets) as (keyof Results)[];
  return keys.filter(key => results[key] !== undefined);
}

function valuesOf(value: number | ByEngine): [string, number][] {
  if (typeof value === 'number') return [['', value]];
  const { sqlite, postgres } = value;
  return [
    [' (SQLite)', sqlite],
    ...(postgres === null
      ? []
      : [[' (PostgreSQL)', postgres] as [string, number]]),
  ];
}

function rowsOf(key: keyof Results, value: number | ByEngine): Row[] {
  const { what, unit, atMost } = budgets[key];
  return valuesOf(value).map(([engine, figure]) => ({
    what: `${what}${engine}`,
    budget: atMost === undefined ? '' : `≤ ${atMost} ${unit}`.trimEnd(),
    measured: `${figure} ${unit}`.trimEnd(),
    ok: atMost === undefined ? '' : verdict(isOk(key, figure)),
  }));
}

function verdict(ok: boolean): string {
  return ok ? 'ok' : 'NO';
}

function isOk(key: keyof Results, value: number): boolean {
  const { atMost } = budgets[key];
  return atMost === undefined || value <= atMost;
}
