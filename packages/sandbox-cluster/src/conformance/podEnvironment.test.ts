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

import { inBackground } from './support/inBackground';
import { container, pod } from './support/objects';
import { configMaps, pods, secrets } from './support/paths';
import { recordTimeline } from './support/timeline';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

describeWithPods('What a container gets', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);

  const output = inBackground(async () => {
    await api.post(configMaps(namespace), {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { code: 'first line\nsecond line\n', LEVEL: 'high' },
    });
    await api.post(secrets(namespace), {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'hidden' },
      stringData: { token: 'tell nobody' },
    });
    const timeline = await recordTimeline(api, namespace);
    await api.post(
      pods(namespace),
      pod('printer', '', {
        containers: [
          container(
            [
              'echo "plain=$PLAIN"',
              'echo "quoted=$QUOTED"',
              'echo "secret=$SECRET"',
              'echo "level=$LEVEL"',
              'echo "name=$NAME"',
              'echo "again=$AGAIN"',
              'echo "empty=[${EMPTY-unset}]"',
              'echo "missing=[${MISSING-unset}]"',
              'while read -r line; do echo "file=$line"; done < /conformance/code.txt',
              'echo written > /conformance-scratch/note',
              'read -r note < /conformance-scratch/note; echo "scratch=$note"',
            ].join('; '),
            {
              env: [
                { name: 'PLAIN', value: 'value' },
                { name: 'QUOTED', value: '{"a":"it\'s \\"b\\" $HOME"}' },
                {
                  name: 'SECRET',
                  valueFrom: { secretKeyRef: { name: 'hidden', key: 'token' } },
                },
                {
                  name: 'NAME',
                  valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
                },
                { name: 'AGAIN', value: '$(PLAIN)-$(UNKNOWN)-$$(PLAIN)' },
                { name: 'EMPTY', value: '' },
              ],
              envFrom: [{ configMapRef: { name: 'settings' } }],
              volumeMounts: [
                {
                  name: 'code',
                  mountPath: '/conformance/code.txt',
                  subPath: 'code.txt',
                },
                { name: 'scratch', mountPath: '/conformance-scratch' },
              ],
            },
          ),
        ],
        volumes: [
          {
            name: 'code',
            configMap: {
              name: 'settings',
              items: [{ key: 'code', path: 'code.txt' }],
            },
          },
          { name: 'scratch', emptyDir: {} },
        ],
      }),
    );
    const { object } = await timeline.untilPod('printer', 'ended', candidate =>
      ['Succeeded', 'Failed'].includes(candidate.status.phase),
    );
    timeline.stop();
    const { text } = await api.get(pods(namespace, 'printer', 'log'));
    return { phase: object.status.phase, lines: text.trimEnd().split('\n') };
  });

  it('environment: values, secrets, config maps, fields, references', async () => {
    const { lines } = await output();
    expect(lines).toEqual(
      expect.arrayContaining([
        'plain=value',
        'quoted={"a":"it\'s \\"b\\" $HOME"}',
        'secret=tell nobody',
        'level=high',
        'name=printer',
        'again=value-$(UNKNOWN)-$(PLAIN)',
        'empty=[]',
        'missing=[unset]',
      ]),
    );
  });

  it('files: a key of a config map under a path of its own', async () => {
    const { lines } = await output();
    expect(lines.filter(line => line.startsWith('file='))).toEqual([
      'file=first line',
      'file=second line',
    ]);
  });

  it('an empty directory to write to', async () => {
    const { lines, phase } = await output();
    expect(lines).toContain('scratch=written');
    expect(phase).toBe('Succeeded');
  });
});
