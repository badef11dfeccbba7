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

import { mockServices } from '@backstage/backend-test-utils';
import type { Tracer } from '@opentelemetry/api';
import { phaseTraceparent } from '../domain/release/traceIds';
import {
  appVersion,
  at,
  evaluation,
  task,
  workloadVersion,
} from './__testUtils__/builders';
import { RecordingMetrics } from './__testUtils__/RecordingMetrics';
import { RecordingTracer } from './__testUtils__/RecordingTracer';
import { PlatformTelemetry } from './PlatformTelemetry';

const logger = mockServices.logger.mock();
const times = { startTime: at('10:00:00'), endTime: at('10:00:42') };
const app = {
  'k8s.cluster.name': 'prod',
  'keptn.deployment.app.name': 'shop',
  'keptn.deployment.app.version': '1',
  'keptn.deployment.app.namespace': 'shop',
};
const workload = {
  'k8s.cluster.name': 'prod',
  'keptn.deployment.app.name': 'shop',
  'keptn.deployment.workload.name': 'shop-cart',
  'keptn.deployment.workload.version': '2',
  'keptn.deployment.workload.namespace': 'shop',
};

describe('PlatformTelemetry', () => {
  function start(tracer: Tracer = new RecordingTracer()) {
    const metrics = new RecordingMetrics();
    const platform = new PlatformTelemetry({ metrics, logger, tracer });
    return { metrics, platform, telemetry: platform.forCluster('prod') };
  }

  it('says that it is there', () => {
    expect(start().metrics.of('keptn_lifecycle_active')).toEqual([
      { value: 1, attributes: undefined },
    ]);
  });

  it('counts and measures the releases of apps', () => {
    const { metrics, telemetry } = start();
    telemetry.versionEnded(
      appVersion({ status: { ...times, status: 'Succeeded' } }),
    );
    const attributes = { ...app, 'keptn.deployment.app.status': 'Succeeded' };
    expect(metrics.of('keptn.app.count')).toEqual([{ value: 1, attributes }]);
    expect(metrics.of('keptn.app.duration')).toEqual([
      { value: 42, attributes },
    ]);
    expect(metrics.of('keptn.promotion.count')).toEqual([]);
  });

  it('D-56 counts the end of a release once, however often it is told, and that of a repetition again', () => {
    const { metrics, telemetry } = start();
    const version = workloadVersion({ status: { ...times, status: 'Failed' } });
    telemetry.versionEnded(version);
    telemetry.versionEnded(version);
    expect(metrics.of('keptn.deployment.count')).toHaveLength(1);
    telemetry.versionEnded(
      workloadVersion({
        annotations: { 'keptn-tasks/attempt': '2' },
        status: { ...times, status: 'Succeeded' },
      }),
    );
    expect(metrics.of('keptn.deployment.count')).toHaveLength(2);
  });

  it('counts the releases that failed, and measures them not', () => {
    const { metrics, telemetry } = start();
    telemetry.versionEnded(
      appVersion({
        spec: { promotionTasks: ['promote'] },
        status: { ...times, status: 'Failed' },
      }),
    );
    const attributes = { ...app, 'keptn.deployment.app.status': 'Failed' };
    expect(metrics.of('keptn.app.count')).toEqual([{ value: 1, attributes }]);
    expect(metrics.of('keptn.app.duration')).toEqual([]);
    expect(metrics.of('keptn.promotion.count')).toEqual([
      { value: 1, attributes },
    ]);
  });

  it('counts and measures the releases of workloads', () => {
    const { metrics, telemetry } = start();
    telemetry.versionEnded(
      workloadVersion({ status: { ...times, status: 'Succeeded' } }),
    );
    const attributes = {
      ...workload,
      'keptn.deployment.workload.status': 'Succeeded',
    };
    expect(metrics.of('keptn.deployment.count')).toEqual([
      { value: 1, attributes },
    ]);
    expect(metrics.of('keptn.deployment.duration')).toEqual([
      { value: 42, attributes },
    ]);
  });

  it('counts evaluations by their definition, and leaves tasks to the history', () => {
    const { metrics, telemetry } = start();
    telemetry.itemEnded(
      appVersion(),
      'AppPreDeployEvaluations',
      evaluation({ status: { ...times, overallStatus: 'Failed' } }),
    );
    telemetry.itemEnded(
      appVersion(),
      'AppPreDeployTasks',
      task({ status: { ...times, status: 'Failed' } }),
    );
    const attributes = {
      'k8s.cluster.name': 'prod',
      'keptn.deployment.app.name': 'shop',
      'keptn.deployment.app.version': '1',
      'keptn.deployment.evaluation.name': 'latency',
      'keptn.deployment.evaluation.namespace': 'shop',
      'keptn.deployment.evaluation.type': 'pre-eval',
      'keptn.deployment.evaluation.status': 'Failed',
    };
    expect(metrics.of('keptn.evaluation.count')).toEqual([
      { value: 1, attributes },
    ]);
    expect(metrics.of('keptn.evaluation.duration')).toEqual([
      { value: 42, attributes },
    ]);
  });

  it('D-56 shows as active only what is under way, until it is observed no more', () => {
    const { metrics, telemetry } = start();
    const stop = telemetry.observe(() => [
      appVersion({ status: { startTime: at('10:00:00') } }),
      appVersion({
        uid: 'old',
        spec: { version: '0' },
        status: { ...times, status: 'Succeeded' },
      }),
      appVersion({ uid: 'superseded', status: { status: 'Deprecated' } }),
      workloadVersion({ status: { startTime: at('10:00:00') } }),
      workloadVersion({ uid: 'waiting' }),
    ]);
    expect(metrics.collect('keptn.app.active')).toEqual([
      { value: 1, attributes: app },
      { value: 0, attributes: { ...app, 'keptn.deployment.app.version': '0' } },
    ]);
    expect(metrics.collect('keptn.deployment.active')).toEqual([
      { value: 1, attributes: workload },
    ]);
    stop();
    expect(metrics.collect('keptn.app.active')).toEqual([]);
  });

  it('shows how long versions took and how far apart they are', () => {
    const { metrics, telemetry } = start();
    telemetry.observe(() => [
      appVersion({ status: times }),
      appVersion({
        uid: 'next',
        spec: { version: '2', previousVersion: '1' },
        status: { startTime: at('11:00:00'), endTime: at('11:00:42') },
      }),
    ]);
    const attributes = {
      ...app,
      'keptn.deployment.app.version': '2',
      'keptn.deployment.app.previousversion': '1',
    };
    expect(metrics.collect('keptn.app.deploymentduration')).toEqual([
      { value: 42, attributes: app },
      { value: 42, attributes },
    ]);
    expect(metrics.collect('keptn.app.deploymentinterval')).toEqual([
      { value: 3600, attributes },
    ]);
  });

  it('D-56 shows how many evaluations are under way', () => {
    const { metrics, telemetry } = start();
    const begun = { startTime: at('10:00:00') };
    const items = [
      { definitionName: 'latency', ...begun, status: 'Progressing' as const },
      { definitionName: 'errors', ...begun, status: 'Failed' as const },
      { definitionName: 'later' },
    ];
    telemetry.observe(() => [
      appVersion({
        status: { ...begun, preDeploymentEvaluationTaskStatus: items },
      }),
      workloadVersion({
        status: { ...times, postDeploymentEvaluationTaskStatus: items },
      }),
    ]);
    expect(metrics.collect('keptn.evaluation.active')).toEqual([
      {
        value: 1,
        attributes: {
          'k8s.cluster.name': 'prod',
          'keptn.deployment.app.name': 'shop',
          'keptn.deployment.app.version': '1',
          'keptn.deployment.evaluation.name': 'latency',
          'keptn.deployment.evaluation.namespace': 'shop',
          'keptn.deployment.evaluation.type': 'pre-eval',
        },
      },
    ]);
  });

  it('tells about every cluster, also when the versions of one cannot be had', () => {
    const { metrics, platform } = start();
    platform.forCluster('gone').observe(() => {
      throw new Error('away');
    });
    platform
      .forCluster('prod')
      .observe(() => [appVersion({ status: { startTime: at('10:00:00') } })]);
    expect(metrics.collect('keptn.app.active')).toEqual([
      { value: 1, attributes: app },
    ]);
  });

  it('never disturbs a release, and still gives its tasks a trace context', () => {
    const { telemetry } = start({
      startSpan: () => {
        throw new Error('out of order');
      },
    } as unknown as Tracer);
    const version = appVersion();
    expect(telemetry.phaseStarted(version, 'AppDeploy', new Date(0))).toEqual({
      traceparent: phaseTraceparent(version, 'AppDeploy'),
    });
    telemetry.versionEnded(appVersion({ status: times }));
    expect(logger.debug).toHaveBeenCalledWith(
      expect.stringContaining('out of order'),
    );
  });
});
