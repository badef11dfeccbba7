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
  aggregatedDiscovery,
  apiGroup,
  apiGroupList,
  apiResourceList,
  groupsOf,
  isServed,
} from '../discovery/discovery';
import { openApiDocument, openApiIndex } from '../discovery/openapi';
import { methodNotAllowed } from '../errors/StatusError';
import { notFoundPage } from './router';
import { Answer, jsonAnswer, RequestContext } from './RequestContext';

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

const SWAGGER_PROTOBUF =
  'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.2-sandbox',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2026-01-01T00:00:00Z',
  goVersion: 'none',
  compiler: 'none',
  platform: `${process.platform}/${
    process.arch === 'x64' ? 'amd64' : process.arch
  }`,
};

/** Answers what is not about resources: version, health, discovery, OpenAPI. */
export function handleInfo(context: RequestContext): Answer {
  const { info, api, request } = context;
  const answer = find(info.path.replace(/(.)\/$/, '$1'), context);
  if (!answer) return notFoundPage();
  if (info.method !== 'GET' && info.method !== 'HEAD') throw methodNotAllowed();
  const wantsAggregated = (request.headers.accept ?? '').includes(
    'as=APIGroupDiscoveryList',
  );
  if (wantsAggregated && (info.path === '/api' || info.path === '/apis')) {
    return {
      ...jsonAnswer(
        200,
        aggregatedDiscovery(api.registry, info.path === '/api'),
      ),
      contentType: AGGREGATED,
    };
  }
  return answer;
}

function find(
  path: string,
  { api, info, request }: RequestContext,
): Answer | undefined {
  const { registry } = api;
  switch (path) {
    case '/':
      return jsonAnswer(200, { paths: rootPaths(api.registry) });
    case '/version':
      return jsonAnswer(200, VERSION);
    case '/healthz':
    case '/livez':
    case '/readyz':
      return text(health(path, info.query));
    case '/api':
      return jsonAnswer(200, {
        kind: 'APIVersions',
        versions: ['v1'],
        serverAddressByClientCIDRs: [],
      });
    case '/api/v1':
      return jsonAnswer(200, apiResourceList(registry, '', 'v1'));
    case '/apis':
      return jsonAnswer(200, apiGroupList(registry));
    case '/openapi/v2':
      return swagger(request.headers.accept);
    case '/openapi/v3':
      return jsonAnswer(200, openApiIndex(registry));
    default:
  }
  const [, first, group, version, ...rest] = path.split('/');
  if (first === 'apis' && !rest.length) {
    if (version === undefined) {
      const found = apiGroup(registry, group);
      return (
        found &&
        jsonAnswer(200, { kind: 'APIGroup', apiVersion: 'v1', ...found })
      );
    }
    return isServed(registry, group, version)
      ? jsonAnswer(200, apiResourceList(registry, group, version))
      : undefined;
  }
  if (path.startsWith('/openapi/v3/')) {
    const document = openApiDocument(
      registry,
      path.slice('/openapi/v3/'.length),
    );
    return document && jsonAnswer(200, document);
  }
  return undefined;
}

function rootPaths(registry: RequestContext['api']['registry']): string[] {
  const groups = groupsOf(registry).flatMap(({ name, versions }) => [
    `/apis/${name}`,
    ...versions.map(version => `/apis/${name}/${version}`),
  ]);
  return [
    '/api',
    '/api/v1',
    '/apis',
    ...groups.sort(),
    '/healthz',
    '/livez',
    '/openapi/v2',
    '/openapi/v3',
    '/readyz',
    '/version',
  ];
}

function health(path: string, query: URLSearchParams): string {
  return query.has('verbose')
    ? `[+]ping ok\n[+]log ok\n[+]store ok\n${path.slice(1)} check passed\n`
    : 'ok';
}

function text(body: string): Answer {
  return {
    status: 200,
    body,
    contentType: 'text/plain; charset=utf-8',
  };
}

/** Clients that need a description use version 3; older ones get an empty one, in their format. */
function swagger(accept = ''): Answer {
  if (accept.includes('+protobuf')) {
    return { status: 200, body: '', contentType: SWAGGER_PROTOBUF };
  }
  return jsonAnswer(200, {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: VERSION.gitVersion },
    paths: {},
  });
}
