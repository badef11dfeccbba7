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
  ApiException,
  BatchV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  Log,
  Watch,
  makeInformer,
} from '@kubernetes/client-node';
import { PassThrough } from 'node:stream';
import { target } from './target';
import { eventually } from './support/eventually';
import { inBackground } from './support/inBackground';
import { configMap, job, pod } from './support/objects';
import { configMaps, jobs, pods } from './support/paths';
import { isFinished, recordTimeline } from './support/timeline';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { useWidgets } from './support/widgets';

describe('The official client', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);
  const config = new KubeConfig();
  beforeAll(() => {
    const { kubeconfigFile, context } = target;
    if (kubeconfigFile) {
      // File names in it refer to where it is.
      config.loadFromFile(kubeconfigFile);
    } else {
      config.loadFromString(cluster.get().kubeconfig);
    }
    if (context) {
      config.setCurrentContext(context);
    }
  });
  const core = () => config.makeApiClient(CoreV1Api);

  it('creates, reads, replaces and deletes', async () => {
    const created = await core().createNamespacedConfigMap({
      namespace,
      body: configMap('typed'),
    });
    expect(created.metadata?.creationTimestamp).toBeInstanceOf(Date);
    const read = await core().readNamespacedConfigMap({
      namespace,
      name: 'typed',
    });
    expect(read.data).toEqual({ key: 'value' });
    const replaced = await core().replaceNamespacedConfigMap({
      namespace,
      name: 'typed',
      body: { ...read, data: { key: 'replaced' } },
    });
    expect(replaced.data).toEqual({ key: 'replaced' });
    await core().deleteNamespacedConfigMap({ namespace, name: 'typed' });
    const { status } = await api.get(configMaps(namespace, 'typed'));
    expect(status).toBe(404);
  });

  it('throws refusals with their code and Status', async () => {
    const asked = core().readNamespacedConfigMap({ namespace, name: 'none' });
    await expect(asked).rejects.toBeInstanceOf(ApiException);
    const error: ApiException<any> = await asked.catch(reason => reason);
    expect(error.code).toBe(404);
    const status =
      typeof error.body === 'string' ? JSON.parse(error.body) : error.body;
    expect(status).toMatchObject({ kind: 'Status', reason: 'NotFound' });
  });

  it('handles custom resources', async () => {
    const custom = config.makeApiClient(CustomObjectsApi);
    const where = {
      group: widgets.group,
      version: 'v1',
      namespace,
      plural: widgets.plural,
    };
    await custom.createNamespacedCustomObject({
      ...where,
      body: widgets.make('custom'),
    });
    const read = await custom.getNamespacedCustomObject({
      ...where,
      name: 'custom',
    });
    expect(read.spec).toMatchObject({ size: 2, mode: 'auto' });
    const list = await custom.listNamespacedCustomObject({
      ...where,
      limit: 1,
    });
    expect(list.items).toHaveLength(1);
    await custom.deleteNamespacedCustomObject({ ...where, name: 'custom' });
  });

  it('watches', async () => {
    const seen: string[] = [];
    const { metadata } = await core().listNamespacedConfigMap({ namespace });
    const controller = await new Watch(config).watch(
      configMaps(namespace),
      {
        resourceVersion: metadata?.resourceVersion,
        labelSelector: 'watched=yes',
      },
      (type, object) => seen.push(`${type} ${object.metadata.name}`),
      () => {},
    );
    await api.post(
      configMaps(namespace),
      configMap('watched', { metadata: { labels: { watched: 'yes' } } }),
    );
    await api.delete(configMaps(namespace, 'watched'));
    await eventually('events', async () =>
      seen.length >= 2 ? true : undefined,
    );
    controller.abort();
    expect(seen).toEqual(['ADDED watched', 'DELETED watched']);
  });

  it('keeps a cache up to date with an informer', async () => {
    await api.post(
      configMaps(namespace),
      configMap('before', { metadata: { labels: { cached: 'yes' } } }),
    );
    const labelSelector = 'cached=yes';
    const informer = makeInformer(
      config,
      configMaps(namespace),
      () => core().listNamespacedConfigMap({ namespace, labelSelector }),
      labelSelector,
    );
    const names = () =>
      informer
        .list(namespace)
        .map(item => item.metadata?.name)
        .sort();
    const untilNames = (...wanted: string[]) =>
      eventually(`cache holds ${wanted}`, async () =>
        names().join() === wanted.join() ? true : undefined,
      );
    await informer.start();
    await untilNames('before');
    await api.post(
      configMaps(namespace),
      configMap('after', { metadata: { labels: { cached: 'yes' } } }),
    );
    await untilNames('after', 'before');
    await api.delete(configMaps(namespace, 'before'));
    await untilNames('after');
    await informer.stop();
  });

  describeWithPods('with Pods', () => {
    const finished = inBackground(async () => {
      const timeline = await recordTimeline(api, namespace);
      await config.makeApiClient(BatchV1Api).createNamespacedJob({
        namespace,
        body: job('typed', 'echo hello'),
      });
      await timeline.untilJob('typed', 'finished', isFinished);
      timeline.stop();
    });

    it('runs a Job', async () => {
      await finished();
      const { status } = await config
        .makeApiClient(BatchV1Api)
        .readNamespacedJob({ namespace, name: 'typed' });
      expect(status?.succeeded).toBe(1);
      expect(status?.completionTime).toBeInstanceOf(Date);
    });

    it('follows a log', async () => {
      await api.post(
        pods(namespace),
        pod('talker', 'echo one; sleep 1; echo two'),
      );
      await eventually('Pod started', async () => {
        const { body } = await api.get(pods(namespace, 'talker'));
        return ['Running', 'Succeeded'].includes(body.status.phase)
          ? true
          : undefined;
      });
      const sink = new PassThrough();
      let text = '';
      sink.on('data', chunk => {
        text += chunk;
      });
      const ended = new Promise(done => sink.on('end', done));
      await new Log(config).log(namespace, 'talker', 'main', sink, {
        follow: true,
      });
      await ended;
      expect(text).toBe('one\ntwo\n');
    });

    it('deletes a Job with its Pods', async () => {
      await finished();
      await config.makeApiClient(BatchV1Api).deleteNamespacedJob({
        namespace,
        name: 'typed',
        propagationPolicy: 'Foreground',
      });
      await eventually('Job gone', async () => {
        const { status } = await api.get(jobs(namespace, 'typed'));
        return status === 404 ? true : undefined;
      });
      const { body } = await api.get(pods(namespace), {
        query: { labelSelector: 'batch.kubernetes.io/job-name=typed' },
      });
      expect(body.items).toEqual([]);
    });
  });
});
