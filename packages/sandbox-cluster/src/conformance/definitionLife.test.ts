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

import { eventually, untilGone } from './support/eventually';
import { expectStatus } from './support/expectStatus';
import { customResourceDefinitions } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { Widgets, createDefinition } from './support/widgets';

describe('CustomResourceDefinition: life', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const made: string[] = [];
  cluster.cleanUp(async () => {
    for (const name of made) {
      await api.delete(customResourceDefinitions(name));
      await untilGone(api, customResourceDefinitions(name));
    }
  });
  const make = async (widgets: Widgets) => {
    made.push(widgets.definitionName);
    await createDefinition(api, widgets.definition(), widgets.path(namespace));
  };

  it('becomes Established after its names are accepted', async () => {
    const widgets = new Widgets();
    const name = widgets.definitionName;
    made.push(name);
    const watch = await api.watch(customResourceDefinitions(), {
      fieldSelector: `metadata.name=${name}`,
    });
    const created = await api.post(
      customResourceDefinitions(),
      widgets.definition(),
    );
    expect(created.status).toBe(201);
    expect(created.body.metadata.generation).toBe(1);
    const established = await watch.until(
      ({ object }) =>
        object.status?.conditions?.some(
          (entry: any) =>
            entry.type === 'Established' && entry.status === 'True',
        ),
      'Established',
    );
    watch.stop();
    expect(watch.events[0].type).toBe('ADDED');
    // The finalizer comes with the deletion.
    expect(established.object.metadata.finalizers).toBeUndefined();
    expect(established.object.status).toMatchObject({
      acceptedNames: {
        plural: widgets.plural,
        singular: widgets.singular,
        kind: widgets.kind,
        listKind: `${widgets.kind}List`,
      },
      storedVersions: ['v1'],
    });
    expect(established.object.status.conditions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: 'NamesAccepted',
          status: 'True',
          reason: 'NoConflicts',
        }),
        expect.objectContaining({
          type: 'Established',
          status: 'True',
          reason: 'InitialNamesAccepted',
          message: 'the initial names have been accepted',
        }),
      ]),
    );
  });

  it('serves an empty list, then objects; deleting it deletes them', async () => {
    const widgets = new Widgets();
    await make(widgets);
    const list = await api.get(widgets.path(namespace));
    expect(list.body).toMatchObject({
      apiVersion: widgets.apiVersion,
      kind: `${widgets.kind}List`,
      items: [],
      metadata: { resourceVersion: expect.stringMatching(/^\d+$/) },
    });
    const object = await api.post(
      widgets.path(namespace),
      widgets.make('inside'),
    );
    expect(object.status).toBe(201);
    const watch = await api.watch(widgets.path(namespace), {
      resourceVersion: object.body.metadata.resourceVersion,
    });

    const answer = await api.delete(
      customResourceDefinitions(widgets.definitionName),
    );
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      kind: 'CustomResourceDefinition',
      metadata: {
        deletionTimestamp: expect.any(String),
        finalizers: ['customresourcecleanup.apiextensions.k8s.io'],
      },
    });
    const gone = await watch.until(
      ({ type }) => type === 'DELETED',
      'DELETED of the object',
    );
    expect(gone.object.metadata.name).toBe('inside');
    await untilGone(api, customResourceDefinitions(widgets.definitionName));
    // What is not served any more is an unknown path or an unknown resource of the group.
    await eventually('resource gone', async () => {
      const { status } = await api.get(widgets.path(namespace));
      return status === 404 ? true : undefined;
    });
    watch.stop();
  });

  it('does not serve a second definition of a taken kind', async () => {
    const first = new Widgets();
    await make(first);
    const second = new Widgets(first.group);
    const definition = second.definition();
    definition.spec.names = {
      ...definition.spec.names,
      kind: first.kind,
      listKind: `${first.kind}List`,
    };
    made.push(second.definitionName);
    const path = customResourceDefinitions(second.definitionName);
    expect(
      (await api.post(customResourceDefinitions(), definition)).status,
    ).toBe(201);
    const conditions = await eventually('names refused', async () => {
      const { body } = await api.get(path);
      return body.status?.conditions?.length >= 2
        ? (body.status.conditions as any[])
        : undefined;
    });
    expect(conditions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: 'NamesAccepted',
          status: 'False',
          reason: expect.stringMatching(/^(List)?KindConflict$/),
          message: expect.stringMatching(/is already in use$/),
        }),
        expect.objectContaining({
          type: 'Established',
          status: 'False',
          reason: 'NotAccepted',
          message: 'not all names are accepted',
        }),
      ]),
    );
  });

  it('adds a version to what is served', async () => {
    const widgets = new Widgets();
    await make(widgets);
    const path = customResourceDefinitions(widgets.definitionName);
    await eventually('version added', async () => {
      const { body: definition } = await api.get(path);
      definition.spec.versions.push({
        ...definition.spec.versions[0],
        name: 'v2',
        storage: false,
      });
      return (await api.put(path, definition)).status === 200
        ? true
        : undefined;
    });
    await api.post(widgets.path(namespace), widgets.make('both'));
    const read = await eventually('v2 served', async () => {
      const answer = await api.get(
        widgets.path(namespace, 'both', undefined, 'v2'),
      );
      return answer.status === 200 ? answer.body : undefined;
    });
    expect(read.apiVersion).toBe(`${widgets.group}/v2`);
  });

  it('wants a schema for each version', async () => {
    const widgets = new Widgets();
    const definition: any = widgets.definition();
    delete definition.spec.versions[0].schema;
    expectStatus(await api.post(customResourceDefinitions(), definition), {
      code: 422,
      reason: 'Invalid',
      message: /spec\.versions\[0\]\.schema\.openAPIV3Schema: Required value/,
      details: {
        name: widgets.definitionName,
        group: 'apiextensions.k8s.io',
        kind: 'CustomResourceDefinition',
      },
    });
  });

  it('wants the name to be plural and group, and one version to be stored', async () => {
    const widgets = new Widgets();
    const definition: any = widgets.definition();
    definition.metadata.name = `wrong.${widgets.group}`;
    definition.spec.versions[0].storage = false;
    const refused = await api.post(customResourceDefinitions(), definition);
    expectStatus(refused, { code: 422, reason: 'Invalid' });
    expect(refused.body.details.causes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          field: 'metadata.name',
          message: `Invalid value: "wrong.${widgets.group}": must be spec.names.plural+"."+spec.group`,
        }),
        expect.objectContaining({
          field: 'spec.versions',
          message: expect.stringMatching(
            /must have exactly one version marked as storage version$/,
          ),
        }),
      ]),
    );
  });

  it('wants a structural schema', async () => {
    const definition: any = new Widgets().definition();
    definition.spec.versions.pop();
    definition.spec.versions[0].schema.openAPIV3Schema = {
      type: 'object',
      properties: { spec: { properties: { a: { type: 'string' } } } },
    };
    expectStatus(await api.post(customResourceDefinitions(), definition), {
      code: 422,
      reason: 'Invalid',
      message:
        /properties\[spec\]\.type: Required value: must not be empty for specified object fields/,
    });
  });
});
