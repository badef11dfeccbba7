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
import { KubeObject } from '../ClusterApi';
import { semanticEqual } from '../schema/json';

/**
 * Which of the policies, or of the webhooks, see an object a second time: those that want to, when something later
 * than them has changed it.
 */
export class Reinvocation {
  private isAgain = false;
  private readonly earlier = new Set<string>();
  private readonly due = new Set<string>();
  private last: KubeObject | undefined;

  /** Begins the second round. */
  again(object: KubeObject) {
    this.isAgain = true;
    if (this.last && !semanticEqual(this.last, object)) this.changed();
  }

  wants(key: string): boolean {
    return !this.isAgain || this.due.has(key);
  }

  /** Notes that one had its turn. */
  had(key: string, isReinvocable: boolean, hasChanged: boolean) {
    if (hasChanged) this.changed();
    if (isReinvocable) this.earlier.add(key);
  }

  /** Ends a round with the object as it leaves. */
  end(object: KubeObject) {
    this.last = object;
  }

  private changed() {
    for (const key of this.earlier) this.due.add(key);
    this.earlier.clear();
  }
}
