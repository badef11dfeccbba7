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

import { builtInTypes } from '../builtin/types';
import { KubeObject } from '../ClusterApi';
import { refusalOf } from '../__testUtils__/machinery';
import { ResourceType } from '../resources/ResourceType';
import { Json } from '../schema/json';
import { serverSideApply } from './serverSideApply';

const type = builtInTypes.find(t => t.kind === 'Pod') as ResourceType;

function apply(
  live: KubeObject | undefined,
  manager: string,
  spec: Json,
  { force = false, subresource = undefined as string | undefined } = {},
): KubeObject {
  const applied = subresource ? { status: spec } : { spec };
  return serverSideApply({ type, applied, manager, force, subresource }, live);
}

const fieldsOf = (object: KubeObject, manager: string) =>
  (object.metadata.managedFields as Json[]).find(e => e.manager === manager)
    ?.fieldsV1;

const one = { containers: [{ name: 'one', image: 'a' }] };
const two = { containers: [{ name: 'two', image: 'b' }] };

describe('serverSideApply', () => {
  it('owns leaves and list items, not containers', () => {
    expect(fieldsOf(apply(undefined, 'alice', one), 'alice')).toEqual({
      'f:spec': {
        'f:containers': {
          'k:{"name":"one"}': { '.': {}, 'f:image': {}, 'f:name': {} },
        },
      },
    });
  });

  it('merges the items of several managers', () => {
    const both = apply(apply(undefined, 'alice', one), 'bob', two);
    expect(both.spec.containers).toEqual([
      { name: 'one', image: 'a' },
      { name: 'two', image: 'b' },
    ]);
  });

  it('removes what its only owner applies no more', () => {
    const both = apply(apply(undefined, 'alice', one), 'bob', two);
    const after = apply(both, 'alice', { hostname: 'h' });
    expect(after.spec).toEqual({ ...two, hostname: 'h' });
  });

  it('keeps what somebody else owns too', () => {
    const shared = apply(apply(undefined, 'alice', one), 'bob', one);
    expect(apply(shared, 'alice', {}).spec).toEqual(one);
  });

  it('refuses another value for a field of somebody else', () => {
    const live = apply(undefined, 'alice', { hostname: 'a', subdomain: 'b' });
    expect(
      refusalOf(() => apply(live, 'bob', { hostname: 'x', subdomain: 'y' })),
    ).toMatchObject({
      code: 409,
      message:
        'Apply failed with 2 conflicts: conflicts with "alice":\n- .spec.hostname\n- .spec.subdomain',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "alice"',
            field: '.spec.hostname',
          },
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "alice"',
            field: '.spec.subdomain',
          },
        ],
      },
    });
  });

  it('takes the field over when it is forced', () => {
    const live = apply(undefined, 'alice', { hostname: 'a', subdomain: 'b' });
    const after = apply(live, 'bob', { hostname: 'x' }, { force: true });
    expect(after.spec).toEqual({ hostname: 'x', subdomain: 'b' });
    expect(fieldsOf(after, 'alice')).toEqual({
      'f:spec': { 'f:subdomain': {} },
    });
    expect(fieldsOf(after, 'bob')).toEqual({ 'f:spec': { 'f:hostname': {} } });
  });

  it('keeps a container whose other fields it still applies', () => {
    const live = apply(undefined, 'alice', {
      nodeSelector: { a: 'b' },
      hostname: 'h',
    });
    const [entry] = live.metadata.managedFields as Json[];
    // As an entry looks that was made from an Update: containers are members, too.
    entry.fieldsV1['f:spec']['.'] = {};
    expect(apply(live, 'alice', { hostname: 'h' }).spec).toEqual({
      hostname: 'h',
    });
  });

  it('writes only the status through the status subresource', () => {
    const live = apply(undefined, 'alice', { hostname: 'h' });
    const after = apply(
      live,
      'kubelet',
      { phase: 'Running' },
      { subresource: 'status' },
    );
    expect([after.spec, after.status]).toEqual([
      { hostname: 'h' },
      { phase: 'Running' },
    ]);
    expect(fieldsOf(after, 'kubelet')).toEqual({
      'f:status': { 'f:phase': {} },
    });
  });

  it('counts an object from before anyone applied as owned by its past', () => {
    const live = {
      metadata: {},
      spec: { hostname: 'h' },
    } as unknown as KubeObject;
    const { message } = refusalOf(() =>
      apply(live, 'alice', { hostname: 'x' }),
    );
    expect(message).toBe(
      'Apply failed with 1 conflict: conflict with "before-first-apply" using v1: .spec.hostname',
    );
  });
});
