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

import type { Server } from 'http';
import type { AddressInfo } from 'net';
import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { KeptnTasksClient } from 'backstage-plugin-keptn-tasks-common';
import express from 'express';
import knexFactory from 'knex';
import { defaultTaskSettings } from '../domain/settings';
import { DatabaseReleaseStore } from '../history/DatabaseReleaseStore';
import { DatabaseRunLogStore } from '../history/DatabaseRunLogStore';
import { DatabaseRunStore } from '../history/DatabaseRunStore';
import { migrationsDirectory } from '../history/migrate';
import { streamHeads } from '../history/streamHeads';
import { TransitionFeed } from '../history/TransitionFeed';
import { createRouter } from '../router/createRouter';
import { EventStreams } from '../router/EventStream';
import { Access } from '../service/Access';
import { DefaultReleaseService } from '../service/DefaultReleaseService';
import { DefaultRunService } from '../service/DefaultRunService';
import type { ClusterReach } from '../service/reach';
import { FakeTaskCluster } from './FakeTaskCluster';

export const CHECKOUT = 'component:default/checkout';
export const CART = 'component:default/cart';
export const ANN = 'user:default/ann';

/** A component with these annotations, owned by the shop team unless told otherwise. */
export function aComponent(
  name: string,
  annotations: Record<string, string>,
  owner = 'group:default/shop-team',
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations },
    spec: { type: 'service', lifecycle: 'production', owner },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

const reach: ClusterReach[] = [
  {
    cluster: 'eu-1',
    title: 'Europe',
    keptnNamespace: 'keptn-system',
    at: 'keptnTasks.clusters[0]',
    namespaces: [
      { name: 'shop' },
      { name: 'payments', owners: ['group:default/pay-team'] },
      { name: 'limited', definitions: ['smoke-*'] },
    ],
  },
  {
    cluster: 'us-1',
    keptnNamespace: 'keptn-system',
    at: 'keptnTasks.clusters[1]',
    namespaces: [{ name: 'shop' }],
  },
];

/**
 * Service and router as the plugin puts them together, on a database in memory and clusters in memory. Permissions
 * are all granted unless `deny` says otherwise.
 */
export class TestPortal {
  readonly eu = new FakeTaskCluster('eu-1');
  readonly us = new FakeTaskCluster('us-1', 'observe');
  readonly runs: DatabaseRunStore;
  readonly releases: DatabaseReleaseStore;
  readonly logs: DatabaseRunLogStore;
  readonly feed: TransitionFeed;
  readonly streams = new EventStreams();
  readonly service: DefaultRunService;
  readonly releaseService: DefaultReleaseService;
  readonly auditor = mockServices.auditor.mock({
    createEvent: jest.fn(async () => ({
      success: async () => {},
      fail: async () => {},
    })),
  });
  readonly app = express();
  /** `permission name` + space + `entity ref` that are refused. */
  readonly denied = new Set<string>();
  #server?: Server;
  #knex;

  private constructor(
    knex: ReturnType<typeof knexFactory>,
    entities: Entity[],
    options: { allowExtraParameters?: boolean },
  ) {
    this.#knex = knex;
    this.runs = new DatabaseRunStore(knex);
    this.releases = new DatabaseReleaseStore(knex);
    this.logs = new DatabaseRunLogStore(knex);
    this.feed = new TransitionFeed({
      runs: this.runs,
      releases: this.releases,
      heads: () => streamHeads(knex),
      logger: mockServices.logger.mock(),
      pollMs: 50,
    });
    this.runs.onTransition(() => this.feed.notify());
    this.releases.onTransition(() => this.feed.notify());
    const all = [this.eu, this.us];
    const clusters = {
      get: (name: string) => all.find(cluster => cluster.name === name),
      list: () => all,
    };
    const access = new Access({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities }),
      permissions: mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission, resourceRef }: any) => ({
            result: this.denied.has(`${permission.name} ${resourceRef}`)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }),
      reaches: reach,
    });
    this.service = new DefaultRunService({
      access,
      auditor: this.auditor,
      clusters,
      runs: this.runs,
      releases: this.releases,
      logs: this.logs,
      feed: this.feed,
      settings: defaultTaskSettings,
      allowExtraParameters: options.allowExtraParameters ?? false,
    });
    this.releaseService = new DefaultReleaseService({
      access,
      auditor: this.auditor,
      clusters,
      releases: this.releases,
    });
    this.app.use(
      createRouter({
        httpAuth: mockServices.httpAuth({
          defaultCredentials: mockCredentials.none(),
        }),
        runs: this.service,
        releases: this.releaseService,
        streams: this.streams,
        validateResponses: true,
      }),
    );
    this.app.use(mockErrorHandler());
  }

  static async start(
    options: { entities?: Entity[]; allowExtraParameters?: boolean } = {},
  ): Promise<TestPortal> {
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    await knex.migrate.latest({ directory: migrationsDirectory });
    const portal = new TestPortal(
      knex,
      options.entities ?? [
        aComponent('checkout', {
          'keptn-tasks/targets': 'eu-1/shop, us-1/shop, eu-1/payments',
        }),
        aComponent('cart', {
          'keptn-tasks/targets': 'eu-1/shop, eu-1/limited',
          'keptn-tasks/definitions': 'smoke-*, report',
        }),
      ],
      options,
    );
    portal.eu.define('shop', 'smoke-test', {
      deno: {
        inline: { code: 'console.log(1)' },
        parameters: { map: { url: 'http://checkout', retries: '3' } },
      },
      timeout: '90s',
    });
    return portal;
  }

  get call(): { credentials: BackstageCredentials<BackstageUserPrincipal> } {
    return { credentials: mockCredentials.user(ANN) };
  }

  deny(permission: string, entityRef = CHECKOUT) {
    this.denied.add(`${permission} ${entityRef}`);
  }

  /** A client of the API over HTTP, signed in as Ann. */
  async client(): Promise<KeptnTasksClient> {
    const url = await this.listen();
    return new KeptnTasksClient({
      baseUrl: async () => url,
      fetch: (input, init) =>
        fetch(input, {
          ...init,
          headers: {
            ...(init?.headers as Record<string, string>),
            authorization: mockCredentials.user.header(ANN),
          },
        }),
    });
  }

  async listen(): Promise<string> {
    this.#server ??= await new Promise<Server>(resolve => {
      const server = this.app.listen(0, '127.0.0.1', () => resolve(server));
    });
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop() {
    this.streams.closeAll();
    this.feed.stop();
    this.#server?.closeAllConnections();
    await new Promise(resolve =>
      this.#server ? this.#server.close(resolve) : resolve(undefined),
    );
    await this.#knex.destroy();
  }
}

/** A request that is fine. */
export const aRequest = {
  entityRef: CHECKOUT,
  cluster: 'eu-1',
  namespace: 'shop',
  definition: 'smoke-test',
};
