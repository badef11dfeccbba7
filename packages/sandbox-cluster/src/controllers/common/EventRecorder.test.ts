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

import { ClusterApi, KubeObject } from '../../ClusterApi';
import { ApiMachinery } from '../../ApiMachinery';
import { EventRecorder } from './EventRecorder';

describe('EventRecorder', () => {
  let machinery: ApiMachinery;
  let api: ClusterApi;
  let about: KubeObject;
  beforeEach(() => {
    machinery = new ApiMachinery('no certificate is needed');
    api = machinery.api;
    about = api.resource('v1', 'ConfigMap').create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'subject', namespace: 'default' },
    });
  });
  afterEach(() => machinery.stop());

  const events = () => api.resource('v1', 'Event').list('default');
  const failed = (message: string) => ({
    type: 'Warning' as const,
    reason: 'Failed',
    message,
  });

  it('counts the same event instead of repeating it', () => {
    const recorder = new EventRecorder(api, { component: 'tester' });
    recorder.record(about, failed('no'));
    const [first] = events();
    expect(first).toMatchObject({
      involvedObject: {
        kind: 'ConfigMap',
        name: 'subject',
        uid: about.metadata.uid,
      },
      count: 1,
      source: { component: 'tester' },
      reportingComponent: 'tester',
      firstTimestamp: first.lastTimestamp,
    });
    recorder.record(about, failed('no'));
    recorder.record(about, failed('no'));
    recorder.record(about, failed('other'));
    expect(events()).toHaveLength(2);
    expect(events().map(({ message, count }) => [message, count])).toEqual(
      expect.arrayContaining([
        ['no', 3],
        ['other', 1],
      ]),
    );
  });

  it('writes a new event when the old one is gone', () => {
    const recorder = new EventRecorder(api, { component: 'tester' });
    recorder.record(about, failed('no'));
    api.resource('v1', 'Event').delete('default', events()[0].metadata.name);
    recorder.record(about, failed('no'));
    expect(events()).toMatchObject([{ count: 1 }]);
  });

  it('combines many events that differ in their text only', () => {
    const recorder = new EventRecorder(api, { component: 'tester' });
    for (let index = 1; index <= 14; index += 1) {
      recorder.record(about, failed(`attempt ${index}`));
    }
    expect(events()).toHaveLength(10);
    const combined = events().find(({ message }) => message.startsWith('('));
    expect(combined).toMatchObject({
      message: '(combined from similar events): attempt 14',
      count: 5,
    });
  });

  it('drops what cannot be written', () => {
    const recorder = new EventRecorder(api, { component: 'tester' });
    const metadata = { ...about.metadata, namespace: 'nowhere' };
    expect(() =>
      recorder.record({ ...about, metadata }, failed('no')),
    ).not.toThrow();
  });
});
