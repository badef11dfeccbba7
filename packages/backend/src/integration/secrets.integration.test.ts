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

import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import knexFactory from 'knex';
import type { BackendProcess } from '../__testUtils__/BackendProcess';
import { aProgram } from '../__testUtils__/manifests';
import { CHECKOUT } from '../__testUtils__/portalConfig';
import { finished, Workbench } from '../__testUtils__/Workbench';

jest.setTimeout(240_000);

describe('what is secret', () => {
  const password = randomBytes(16).toString('hex');
  const wrongToken = randomBytes(16).toString('hex');
  let bench: Workbench;
  let backend: BackendProcess;
  let answers: string;
  let runId: string;

  beforeAll(async () => {
    bench = await Workbench.start();
    const { url, caData } = bench.sandbox;
    await bench.user.core.createNamespacedSecret({
      namespace: 'shop',
      body: {
        metadata: { name: 'credentials' },
        stringData: { SECURE_DATA: JSON.stringify({ password }) },
      },
    });
    await bench.user.create(
      aProgram(
        'login',
        'shop',
        [
          'import json, os, sys',
          'secure = json.loads(os.environ["SECURE_DATA"])',
          'print("a password of", len(secure["password"]), "letters")',
          'sys.exit(3)',
        ],
        {},
      ),
    );
    backend = await bench.startBackend({
      clusters: [
        bench.clusterConfig,
        { name: 'stranger', url, caData, token: wrongToken },
      ],
    });
    await backend.reconciling();
    await bench.catalogRead(backend);
    const { run } = await backend.client.triggerRun({
      entityRef: CHECKOUT,
      cluster: 'sandbox',
      namespace: 'shop',
      definition: 'login',
      secureParameters: 'credentials',
    });
    runId = run.id;
    await finished(backend, runId);
    answers = await everything();
  });
  afterAll(() => bench?.stop());

  /** Everything that the API says. */
  async function everything(): Promise<string> {
    const entity = `entityRef=${encodeURIComponent(CHECKOUT)}`;
    const bodies = [];
    for (const route of [
      `/runs?${entity}`,
      `/runs/${runId}`,
      `/runs/${runId}/log`,
      `/definitions?${entity}`,
      '/clusters',
    ]) {
      const { status, body } = await backend.request('GET', route);
      expect(status).toBe(200);
      bodies.push(body);
    }
    return JSON.stringify(bodies);
  }

  const secrets = () => [password, bench.token, wrongToken];

  it('reaches the task', () => {
    expect(answers).toContain('a password of 32 letters');
    expect(answers).toContain('"secureParameters":"credentials"');
  });

  it('is in no answer of the API', () => {
    for (const secret of secrets()) expect(answers).not.toContain(secret);
  });

  it('is in no line of the output', async () => {
    await backend.stop();
    expect(backend.output).toContain('cluster');
    for (const secret of secrets()) {
      expect(backend.output).not.toContain(secret);
    }
  });

  it('is in no row of any database', async () => {
    const directory = path.join(bench.directory, 'db');
    const files = (await readdir(directory)).filter(name =>
      name.endsWith('.sqlite'),
    );
    expect(files).toContain('keptn-tasks.sqlite');
    const contents = new Map<string, string>();
    for (const file of files) {
      contents.set(file, await readDatabase(path.join(directory, file)));
    }
    // The rows are read as they are meant: also what is compressed.
    expect(contents.get('keptn-tasks.sqlite')).toContain(
      'a password of 32 letters',
    );
    for (const text of contents.values()) {
      for (const secret of secrets()) expect(text).not.toContain(secret);
    }
  });
});

async function readDatabase(filename: string): Promise<string> {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
  });
  try {
    const tables = await knex('sqlite_master')
      .where({ type: 'table' })
      .pluck('name');
    const texts = [];
    for (const table of tables) {
      for (const row of await knex(table)) {
        texts.push(...Object.values(row).map(textOf));
      }
    }
    return texts.join('\n');
  } finally {
    await knex.destroy();
  }
}

function textOf(value: unknown): string {
  if (!Buffer.isBuffer(value)) return String(value);
  for (const unpack of [gunzipSync, inflateSync, brotliDecompressSync]) {
    try {
      return unpack(value).toString();
    } catch {
      // Packed in another way, or not at all.
    }
  }
  return value.toString();
}
