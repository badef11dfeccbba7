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
  ClusterApi,
  DeleteOptions,
  KubeObject,
  NewObject,
  ObjectEvent,
  ResourceClient,
} from '../ClusterApi';
import { StatusError } from '../errors/StatusError';
import { ResourceType, WriteOptions } from '../resources/ResourceType';
import { deepCopy } from '../schema/json';
import { ApiContext } from './ApiContext';
import { AnswersAtHand } from './AnswersAtHand';
import { createObject, createSteps } from './create';
import { deleteObject } from './delete';
import { updateObject } from './update';
import { viewOf } from './views';

class InProcessClient implements ResourceClient {
  constructor(
    private readonly context: ApiContext,
    private readonly type: ResourceType,
    private readonly options: WriteOptions,
    private readonly answers: AnswersAtHand,
  ) {}

  get(namespace: string | undefined, name: string): KubeObject | undefined {
    const stored = this.collection.get(namespace, name);
    return stored && viewOf(this.type, stored);
  }

  list(namespace?: string): KubeObject[] {
    return this.collection
      .list(namespace)
      .map(stored => viewOf(this.type, stored));
  }

  create(object: NewObject): KubeObject {
    const { namespace } = object.metadata;
    const body = deepCopy(object);
    const { context, type, options } = this;
    // Events are told about whatever goes on, and by callers that cannot wait.
    if (type.storage === '/events') {
      return createObject(context, type, namespace, body, options);
    }
    return this.answers.carryOut(
      createSteps(context, type, namespace, body, options),
    );
  }

  update(object: KubeObject): KubeObject {
    return this.write(object);
  }

  updateStatus(object: KubeObject): KubeObject {
    return this.write(object, 'status');
  }

  delete(
    namespace: string | undefined,
    name: string,
    options: DeleteOptions = {},
  ): void {
    if (!this.collection.get(namespace, name)) return;
    const target = { type: this.type, namespace, name };
    deleteObject(this.context, target, options, this.options);
  }

  watch(onEvent: (event: ObjectEvent) => void): () => void {
    const seen = this.context.store.revisions.current;
    for (const object of this.list()) onEvent({ type: 'ADDED', object });
    return this.context.store.listen(this.type.storage, event => {
      if (event.revision <= seen) return;
      onEvent({
        type: event.type,
        object: viewOf(this.type, event.object),
        previous: event.previous && viewOf(this.type, event.previous),
      });
    });
  }

  private write(object: KubeObject, subresource?: string): KubeObject {
    const { namespace, name } = object.metadata;
    const target = { type: this.type, namespace, name, subresource };
    return updateObject(this.context, target, deepCopy(object), this.options);
  }

  private get collection() {
    return this.context.store.collection(this.type.storage);
  }
}

/** The API for controllers inside the process: the same rules as over HTTP, without the wire. */
export class InProcessApi implements ClusterApi {
  private readonly answers: AnswersAtHand;

  constructor(
    private readonly context: ApiContext,
    private readonly manager = 'sandbox-controller-manager',
  ) {
    this.answers = new AnswersAtHand(context.extensions.ask);
  }

  resource(apiVersion: string, kind: string): ResourceClient {
    const type = this.context.registry.findKind(apiVersion, kind);
    if (!type) {
      throw new StatusError(
        404,
        'NotFound',
        `no matches for kind "${kind}" in version "${apiVersion}"`,
      );
    }
    const options: WriteOptions = {
      user: {
        name: `system:serviceaccount:kube-system:${this.manager}`,
        groups: ['system:masters', 'system:authenticated'],
      },
      manager: this.manager,
      fieldValidation: 'Ignore',
      internal: true,
      warn: () => {},
    };
    return new InProcessClient(this.context, type, options, this.answers);
  }
}
