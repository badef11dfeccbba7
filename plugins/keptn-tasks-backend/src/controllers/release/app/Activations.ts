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
  KeptnAppVersion,
  KeptnWorkloadVersion,
} from '../../../domain/release/resources';
import { attemptOf } from '../../../domain/release/repeat';
import type { ReleaseContext } from '../ReleaseContext';

/** Tells the history which version an app or workload asks for now, when that is news to this process. */
export class Activations {
  private readonly told = new Map<string, string>();

  constructor(private readonly context: ReleaseContext) {}

  /** `subject` is the uid of the app or workload. */
  async tell(
    subject: string,
    version: KeptnAppVersion | KeptnWorkloadVersion,
  ): Promise<void> {
    const { config, releases, now, assertLeader } = this.context;
    const { uid } = version.metadata;
    const text = `${uid} ${attemptOf(version)}`;
    if (this.told.get(subject) !== text) {
      assertLeader();
      await releases.activate(config.name, uid, now().toISOString());
      this.told.set(subject, text);
    }
  }

  /** The app or workload is gone. */
  forget(subject: string): void {
    this.told.delete(subject);
  }
}
