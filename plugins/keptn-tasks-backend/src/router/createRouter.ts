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

import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type {
  CountRunsQuery,
  ListReleasesQuery,
  ListRunsQuery,
} from 'backstage-plugin-keptn-tasks-common';
import express, { type Request, type Response } from 'express';
import Router from 'express-promise-router';
import { spec } from '../schema/openapi.generated';
import type { ReleaseService } from '../service/ReleaseService';
import type {
  CallOptions,
  RunService,
  StartedRun,
} from '../service/RunService';
import { EventStreams } from './EventStream';
import { jsonBody } from './jsonBody';
import { createLogRoute } from './logRoute';
import { createTransitionsRoute } from './transitionsRoute';

/** The API over HTTP: requests are checked against the OpenAPI document and handed to the service. */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  runs: RunService;
  releases: ReleaseService;
  streams: EventStreams;
  /** Compares answers with the document too. For tests: an answer that differs becomes an error. */
  validateResponses?: boolean;
}): express.Router {
  const { httpAuth, runs, releases, streams } = options;
  const callOf = async (
    req: Request<any, any, any, any>,
  ): Promise<CallOptions> => ({
    credentials: await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    }),
    request: req,
  });

  const api = createValidatedOpenApiRouter(spec, {
    // Bodies were read before, where a body that is too large can still be answered as such.
    middleware: [(_req, _res, next) => next()],
    validatorOptions: { validateResponses: options.validateResponses ?? false },
  }) as unknown as express.Router;

  api.get('/runs', async (req, res) => {
    const query = req.query as unknown as ListRunsQuery;
    res.json(await runs.list(query, await callOf(req)));
  });

  api.get('/runs/counts', async (req, res) => {
    const query = req.query as unknown as CountRunsQuery;
    res.json(await runs.count(query, await callOf(req)));
  });

  api.post('/runs', async (req, res) => {
    const call = await callOf(req);
    answerStarted(res, await runs.trigger(req.body, keyOf(req), call));
  });

  api.get('/runs/:id', async (req, res) => {
    const { entityRef } = req.query as { entityRef?: string };
    res.json(await runs.get(req.params.id, { entityRef }, await callOf(req)));
  });

  api.get('/runs/:id/log', createLogRoute({ runs, streams, callOf }));

  api.post('/runs/:id/rerun', async (req, res) => {
    const call = await callOf(req);
    answerStarted(
      res,
      await runs.rerun(req.params.id, req.body ?? {}, keyOf(req), call),
    );
  });

  api.post('/runs/:id/cancel', async (req, res) => {
    const call = await callOf(req);
    const detail = await runs.cancel(req.params.id, req.body ?? {}, call);
    res.status(202).json(detail);
  });

  api.get('/transitions', createTransitionsRoute({ runs, streams, callOf }));

  api.get('/definitions', async (req, res) => {
    const { entityRef } = req.query as { entityRef: string };
    res.json(await runs.definitions(entityRef, await callOf(req)));
  });

  api.get('/environments', async (req, res) => {
    const { entityRef } = req.query as { entityRef: string };
    res.json(await releases.environments(entityRef, await callOf(req)));
  });

  api.get('/releases', async (req, res) => {
    const query = req.query as unknown as ListReleasesQuery;
    res.json(await releases.list(query, await callOf(req)));
  });

  api.get('/releases/:id', async (req, res) => {
    const { entityRef } = req.query as { entityRef: string };
    const call = await callOf(req);
    res.json(await releases.get(req.params.id, { entityRef }, call));
  });

  api.post('/releases/:id/repeat', async (req, res) => {
    const call = await callOf(req);
    const detail = await releases.repeat(req.params.id, req.body, call);
    res.status(202).json(detail);
  });

  api.post('/releases/:id/release-gate', async (req, res) => {
    const call = await callOf(req);
    const detail = await releases.releaseGate(req.params.id, req.body, call);
    res.status(202).json(detail);
  });

  api.get('/clusters', async (req, res) => {
    res.json(await runs.clusters(await callOf(req)));
  });

  const router = Router();
  router.use(jsonBody());
  router.use(api);
  return router;
}

function keyOf(req: Request): { idempotencyKey?: string } {
  return { idempotencyKey: req.header('idempotency-key') };
}

function answerStarted(res: Response, { detail, created }: StartedRun): void {
  res.status(created ? 201 : 200).json(detail);
}
