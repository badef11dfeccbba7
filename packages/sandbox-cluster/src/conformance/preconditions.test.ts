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

import { expectStatus } from './support/expectStatus';
import { configMap } from './support/objects';
import { configMaps } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { useWidgets } from './support/widgets';

const OTHER_UID = '11111111-1111-1111-1111-111111111111';

describe('Preconditions', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);
  const options = (preconditions: Record<string, string>) => ({
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    preconditions,
  });

  it.each(['built-in', 'custom'])(
    'a delete of a %s object is refused when the uid is another',
    async kind => {
      const custom = kind === 'custom';
      const path = custom
        ? widgets.path(namespace, 'uid')
        : configMaps(namespace, 'uid');
      await api.post(
        custom ? widgets.path(namespace) : configMaps(namespace),
        custom ? widgets.make('uid') : configMap('uid'),
      );
      const { body } = await api.get(path);
      expectStatus(await api.delete(path, options({ uid: OTHER_UID })), {
        code: 409,
        reason: 'Conflict',
        message: new RegExp(
          `the UID in the precondition \\(${OTHER_UID}\\) does not match the UID in record \\(${body.metadata.uid}\\)\\. The object might have been deleted and then recreated$`,
        ),
      });
      const { status } = await api.delete(
        path,
        options({ uid: body.metadata.uid }),
      );
      expect(status).toBe(200);
      expect((await api.get(path)).status).toBe(404);
    },
  );

  it('a delete is refused when the resourceVersion is another', async () => {
    const path = configMaps(namespace, 'version');
    const { body: old } = await api.post(
      configMaps(namespace),
      configMap('version'),
    );
    const { body: current } = await api.patch(path, { data: { a: 'b' } });
    const was = old.metadata.resourceVersion;
    const is = current.metadata.resourceVersion;
    expectStatus(await api.delete(path, options({ resourceVersion: was })), {
      code: 409,
      reason: 'Conflict',
      message: `Operation cannot be fulfilled on ConfigMap "version": the ResourceVersion in the precondition (${was}) does not match the ResourceVersion in record (${is}). The object might have been modified`,
    });
    const deleted = await api.delete(path, options({ resourceVersion: is }));
    expect(deleted.status).toBe(200);
  });

  it('writes meant for an object that was replaced by another of its name are refused', async () => {
    const path = widgets.path(namespace, 'again');
    const { body: first } = await api.post(
      widgets.path(namespace),
      widgets.make('again'),
    );
    await api.delete(path);
    await api.post(widgets.path(namespace), widgets.make('again'));
    const status = { phase: 'Ready' };
    for (const target of [path, `${path}/status`]) {
      expectStatus(await api.put(target, { ...first, status }), {
        code: 409,
        reason: 'Conflict',
        message: /Precondition failed: UID in precondition: /,
      });
    }
    const { uid } = first.metadata;
    const patched = await api.patch(path, {
      metadata: { uid },
      spec: { size: 5 },
    });
    expectStatus(patched, { code: 422, reason: 'Invalid' });
    expect(patched.body.details.causes).toContainEqual(
      expect.objectContaining({
        reason: 'FieldValueInvalid',
        field: 'metadata.uid',
        message: expect.stringMatching(/field is immutable$/),
      }),
    );
    const { body: now } = await api.get(path);
    expect([now.spec.size, now.status]).toEqual([2, undefined]);
  });
});
