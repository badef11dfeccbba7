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

import { createHash } from 'node:crypto';
import type { VersionObject } from '../../../domain/release/phase/Phase';
import type { ProjectedRelease } from '../../../domain/release/projectRelease';
import { attemptOf } from '../../../domain/release/repeat';
import type { ReleaseContext } from '../ReleaseContext';

/** Looks under way are few; so many objects back, none is left. */
const MAX_GONE = 2_000;

/**
 * Stores what looks at versions find, and asks the history for nothing while that is what it holds already. A look that
 * is under way while its version is deleted does not bring it back: it would be shown as asked for from then on.
 */
export class ReleaseRecords {
  private readonly stored = new Map<string, string>();
  private readonly saving = new Map<string, Promise<unknown>>();
  private readonly gone = new Set<string>();

  constructor(
    private readonly context: Pick<
      ReleaseContext,
      'config' | 'releases' | 'now'
    >,
  ) {}

  async save(version: VersionObject, release: ProjectedRelease): Promise<void> {
    const { uid, namespace } = version.metadata;
    const attempt = attemptOf(version);
    const content = createHash('sha256')
      .update(JSON.stringify({ attempt, release }))
      .digest('base64');
    if (this.stored.get(uid) === content || this.gone.has(uid)) {
      return;
    }
    const saving = this.context.releases.save({
      cluster: this.context.config.name,
      namespace,
      kind: release.kind,
      uid,
      attempt,
      release,
    });
    this.saving.set(uid, saving);
    try {
      await saving;
    } finally {
      this.saving.delete(uid);
    }
    if (!this.gone.has(uid)) {
      this.stored.set(uid, content);
    }
  }

  async deleted(uid: string): Promise<void> {
    const { config, releases, now } = this.context;
    this.stored.delete(uid);
    this.gone.add(uid);
    if (this.gone.size > MAX_GONE) {
      this.gone.delete(this.gone.values().next().value!);
    }
    await this.saving.get(uid)?.catch(() => undefined);
    await releases.objectDeleted(config.name, uid, now().toISOString());
  }
}
