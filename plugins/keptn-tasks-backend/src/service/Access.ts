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

import type {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  gateReleasePermission,
  type Release,
  releaseRepeatPermission,
  type Run,
  runCancelPermission,
  runCreatePermission,
  runReadPermission,
} from 'backstage-plugin-keptn-tasks-common';
import {
  entityScope,
  type EntityScope,
  scopeCovers,
  scopeCoversRelease,
} from './entityScope';
import type { ClusterReach } from './reach';

type EntityPermission =
  | typeof runReadPermission
  | typeof runCreatePermission
  | typeof runCancelPermission
  | typeof releaseRepeatPermission
  | typeof gateReleasePermission;

/** Who may see and do what. Always asks with the caller's own credentials. */
export class Access {
  readonly #auth: AuthService;
  readonly #permissions: PermissionsService;
  readonly #catalog: CatalogService;
  readonly #reaches: ClusterReach[];

  constructor(options: {
    auth: AuthService;
    permissions: PermissionsService;
    catalog: CatalogService;
    reaches: ClusterReach[];
  }) {
    this.#auth = options.auth;
    this.#permissions = options.permissions;
    this.#catalog = options.catalog;
    this.#reaches = options.reaches;
  }

  /** The entity's reach, for a caller who may read its runs. */
  async scope(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<EntityScope> {
    const entityRef = normalizeRef(ref);
    const hidden = () =>
      new NotFoundError(
        `There is no entity ${entityRef}, or you may not see its runs`,
      );
    if (!(await this.#allows(runReadPermission, entityRef, credentials))) {
      throw hidden();
    }
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) throw hidden();
    return entityScope(entity, this.#reaches);
  }

  /**
   * Throws unless the caller may see the run: through its own entity, or through `ref` if it has none. Returns it with
   * the reach of the entity through which it is seen.
   */
  async requireReadable(
    run: Run | undefined,
    id: string,
    ref: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<{ run: Run; scope: EntityScope }> {
    const hidden = new NotFoundError(
      `There is no run ${id}, or you may not see it${
        ref === undefined
          ? '; a run that was not started for an entity is seen through one: pass entityRef'
          : ''
      }`,
    );
    const through = run?.entityRef ?? ref;
    if (!run || through === undefined) throw hidden;
    const scope = await this.scope(through, credentials).catch(error => {
      throw error instanceof NotFoundError ? hidden : error;
    });
    if (!run.entityRef && !coversRun(scope, run)) throw hidden;
    return { run, scope };
  }

  /** Throws unless the release is within the reach of the entity, and the caller may see that. */
  async requireReadableRelease(
    release: Release | undefined,
    id: string,
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<{ release: Release; scope: EntityScope }> {
    const entityRef = normalizeRef(ref);
    const scope = await this.scope(entityRef, credentials);
    if (!release || !scopeCoversRelease(scope, release)) {
      throw new NotFoundError(
        `There is no release ${id} within the places of ${entityRef}`,
      );
    }
    return { release, scope };
  }

  /** Throws unless the caller may start runs for the entity. */
  async requireCreate(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!(await this.#allows(runCreatePermission, entityRef, credentials))) {
      throw new NotAllowedError(
        `You may not start runs for ${entityRef} (permission ${runCreatePermission.name})`,
      );
    }
  }

  /** Throws unless the caller may cancel runs of the entity. */
  async requireCancel(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!(await this.#allows(runCancelPermission, entityRef, credentials))) {
      throw new NotAllowedError(
        `You may not cancel runs of ${entityRef} (permission ${runCancelPermission.name})`,
      );
    }
  }

  /** Throws unless the caller may repeat the checks of the entity's releases. */
  async requireRepeat(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (
      !(await this.#allows(releaseRepeatPermission, entityRef, credentials))
    ) {
      throw new NotAllowedError(
        `You may not repeat the checks of releases of ${entityRef} (permission ${releaseRepeatPermission.name})`,
      );
    }
  }

  /** Throws unless the caller may let Pods of the entity go although their checks have not passed. */
  async requireGateRelease(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!(await this.#allows(gateReleasePermission, entityRef, credentials))) {
      throw new NotAllowedError(
        `You may not release gates of ${entityRef} (permission ${gateReleasePermission.name})`,
      );
    }
  }

  /** Who the caller is, as the history records it. */
  callerOf(credentials: BackstageCredentials): string {
    if (this.#auth.isPrincipal(credentials, 'user')) {
      return credentials.principal.userEntityRef;
    }
    if (this.#auth.isPrincipal(credentials, 'service')) {
      return credentials.principal.subject;
    }
    return 'guest';
  }

  async #allows(
    permission: EntityPermission,
    resourceRef: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [decision] = await this.#permissions.authorize(
      [{ permission, resourceRef }],
      { credentials },
    );
    return decision.result === AuthorizeResult.ALLOW;
  }
}

/** An entity ref as the catalog writes it, in lower case. */
export function normalizeRef(ref: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    throw new InputError(
      `entityRef is '${ref}'; it must be a full entity ref such as component:default/checkout`,
    );
  }
}

/**
 * Whether a run that belongs to no entity is within the scope. Runs of an app are shown with its release, also to an
 * entity that is about one of its workloads.
 */
export function coversRun(scope: EntityScope, run: Run): boolean {
  const what = scopeOfRun(run);
  if (scopeCovers(scope, what)) return true;
  const { appName, workloadName } = what;
  return (
    run.phase !== 'none' &&
    !workloadName &&
    appName !== undefined &&
    scopeCoversRelease(scope, { ...what, kind: 'app', appName }) &&
    scopeCovers({ ...scope, workloadNames: undefined }, what)
  );
}

function scopeOfRun(run: Run) {
  return {
    cluster: run.cluster,
    namespace: run.namespace,
    definition: run.definition.name,
    workloadName: run.context?.workloadName,
    appName: run.context?.appName,
  };
}
