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

import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { parseTraceparent, phaseTraceparent } from '../domain/release/traceIds';
import {
  appVersion,
  at,
  evaluation,
  task,
  workloadVersion,
} from './__testUtils__/builders';
import { RecordingTracer } from './__testUtils__/RecordingTracer';
import { ReleaseTracing } from './ReleaseTracing';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const GIVEN = `00-${TRACE}-b7ad6b7169203331-01`;
const date = (time: string) => new Date(at(time));

function tracingWith(tracer = new RecordingTracer()) {
  return { tracer, tracing: new ReleaseTracing({ tracer, cluster: 'prod' }) };
}

describe('ReleaseTracing', () => {
  it('has a span for a version, and one below it for each of its phases', () => {
    const { tracer, tracing } = tracingWith();
    const begun = appVersion({
      spec: { metadata: { team: 'blue', traceparent: 'nonsense' } },
      status: { startTime: at('10:00:00') },
    });
    tracing.phaseStarted(begun, 'AppPreDeployTasks', date('10:00:00'));
    tracing.phaseEnded(begun, 'AppPreDeployTasks', {
      state: 'Succeeded',
      startedAt: at('10:00:00'),
      endedAt: at('10:00:07'),
    });
    tracing.versionEnded({
      ...begun,
      status: {
        startTime: at('10:00:00'),
        endTime: at('10:01:00'),
        status: 'Succeeded',
      },
    });

    const root = tracer.span('shop-1-6b86b273');
    expect(root).toMatchObject({
      kind: SpanKind.CONSUMER,
      parentSpanId: undefined,
      startTime: date('10:00:00'),
      endTime: date('10:01:00'),
      status: { code: SpanStatusCode.OK, message: 'Finished' },
      attributes: {
        'k8s.cluster.name': 'prod',
        'keptn.deployment.app.name': 'shop',
        'keptn.deployment.app.version': '1',
        'keptn.deployment.app.namespace': 'shop',
        team: 'blue',
      },
    });
    expect(root.attributes).not.toHaveProperty('traceparent');
    expect(tracer.span('AppPreDeployTasks')).toMatchObject({
      traceId: root.traceId,
      parentSpanId: root.spanId,
      startTime: date('10:00:00'),
      endTime: date('10:00:07'),
      status: { code: SpanStatusCode.OK, message: 'Succeeded' },
      attributes: root.attributes,
    });
  });

  it('puts a workload below the deployment phase of its app', () => {
    const { tracer, tracing } = tracingWith();
    const carrier = tracing.phaseStarted(
      appVersion(),
      'AppDeploy',
      date('10:00:00'),
    );
    const workload = workloadVersion({ spec: { traceId: carrier } });
    tracing.phaseStarted(workload, 'WorkloadDeploy', date('10:00:01'));

    const deploy = tracer.span('AppDeploy');
    expect(tracer.span('shop-cart-2')).toMatchObject({
      traceId: deploy.traceId,
      parentSpanId: deploy.spanId,
      attributes: {
        'keptn.deployment.app.name': 'shop',
        'keptn.deployment.workload.name': 'shop-cart',
        'keptn.deployment.workload.version': '2',
        'keptn.deployment.workload.namespace': 'shop',
      },
    });
    expect(tracer.span('shop-cart/WorkloadDeploy').parentSpanId).toBe(
      tracer.span('shop-cart-2').spanId,
    );
  });

  it('tells tasks the span of their phase, and puts them below it with their true times', () => {
    const { tracer, tracing } = tracingWith();
    const version = appVersion();
    const carrier = tracing.phaseStarted(
      version,
      'AppPreDeployTasks',
      date('10:00:00'),
    );
    const phase = tracer.span('AppPreDeployTasks');
    expect(carrier).toEqual({
      traceparent: `00-${phase.traceId}-${phase.spanId}-01`,
    });
    tracing.itemEnded(
      version,
      'AppPreDeployTasks',
      task({
        spec: {
          context: {
            appName: 'shop',
            metadata: { ...carrier, ticket: 'SHOP-42' },
          },
        },
        status: {
          status: 'Succeeded',
          startTime: at('10:00:01'),
          endTime: at('10:00:04'),
        },
      }),
    );
    expect(tracer.span('pre-smoke-12345')).toMatchObject({
      parentSpanId: phase.spanId,
      startTime: date('10:00:01'),
      endTime: date('10:00:04'),
      status: { code: SpanStatusCode.OK, message: 'Finished' },
      attributes: {
        'keptn.deployment.task.name': 'pre-smoke-12345',
        'keptn.deployment.task.definition': 'smoke',
        'keptn.deployment.task.type': 'pre',
        ticket: 'SHOP-42',
      },
    });
  });

  it.each([
    [
      task({
        status: { status: 'Failed', message: 'The health check failed.' },
      }),
      'pre-smoke-12345: The health check failed.',
    ],
    [
      evaluation({
        status: {
          overallStatus: 'Failed',
          evaluationStatus: {
            latency: { status: 'Failed', message: 'latency is 12, not <10.' },
            errors: { status: 'Succeeded', message: 'fine' },
          },
        },
      }),
      'pre-eval-latency-12345: latency is 12, not <10.',
    ],
  ])('says why an item failed: %#', (item, event) => {
    const { tracer, tracing } = tracingWith();
    tracing.phaseStarted(appVersion(), 'AppPreDeployTasks', date('10:00:00'));
    tracing.itemEnded(appVersion(), 'AppPreDeployTasks', item);
    const span = tracer.span(item.metadata.name);
    expect(span.status.code).toBe(SpanStatusCode.ERROR);
    expect(span.events.map(({ name }) => name)).toEqual([event]);
  });

  it.each([
    ['Failed', SpanStatusCode.ERROR],
    ['Warning', SpanStatusCode.OK],
    ['Deprecated', SpanStatusCode.UNSET],
  ])('marks a phase that ended as %s', (state, code) => {
    const { tracer, tracing } = tracingWith();
    tracing.phaseStarted(appVersion(), 'AppDeploy', date('10:00:00'));
    tracing.phaseEnded(appVersion(), 'AppDeploy', {
      state,
      endedAt: at('10:00:01'),
    });
    expect(tracer.span('AppDeploy').status.code).toBe(code);
  });

  it('continues a trace that is given from outside, and links to others', () => {
    const { tracer, tracing } = tracingWith();
    const other = GIVEN.replace(TRACE, '1'.repeat(32));
    const carrier = tracing.phaseStarted(
      appVersion({
        spec: {
          traceId: { traceparent: GIVEN, tracestate: 'a=b' },
          spanLinks: [other, 'nonsense'],
        },
      }),
      'AppDeploy',
      date('10:00:00'),
    );
    expect(tracer.span('shop-1-6b86b273')).toMatchObject({
      traceId: TRACE,
      parentSpanId: 'b7ad6b7169203331',
      links: [
        {
          context: expect.objectContaining({ traceId: '1'.repeat(32) }),
          attributes: { 'opentracing.ref_type': 'follows-from' },
        },
      ],
    });
    expect(carrier).toMatchObject({
      traceparent: expect.stringContaining(TRACE),
      tracestate: 'a=b',
    });
    expect(tracer.span('AppDeploy').links).toEqual([]);
  });

  it('D-57 goes on in the same trace after a restart, with the true times of what was under way', () => {
    const before = tracingWith(new RecordingTracer('a'));
    const begun = appVersion({ status: { startTime: at('10:00:00') } });
    const carrier = before.tracing.phaseStarted(
      begun,
      'AppPreDeployTasks',
      date('10:00:00'),
    );
    const status = {
      startTime: at('10:00:00'),
      phaseTraceIDs: { AppPreDeployTasks: carrier },
    };
    const stored = parseTraceparent(carrier.traceparent)!;

    const { tracer, tracing } = tracingWith(new RecordingTracer('b'));
    const version = appVersion({ status });
    tracing.itemEnded(
      version,
      'AppPreDeployTasks',
      task({ status: { status: 'Succeeded' } }),
    );
    tracing.phaseEnded(version, 'AppPreDeployTasks', {
      state: 'Succeeded',
      startedAt: at('10:00:00'),
      endedAt: at('10:05:00'),
    });
    const next = tracing.phaseStarted(version, 'AppDeploy', date('10:05:00'));
    tracing.versionEnded(
      appVersion({
        status: { ...status, endTime: at('10:06:00'), status: 'Failed' },
      }),
    );

    expect(tracer.span('pre-smoke-12345').parentSpanId).toBe(stored.spanId);
    expect(tracer.span('AppPreDeployTasks')).toMatchObject({
      parentSpanId: stored.spanId,
      startTime: date('10:00:00'),
      endTime: date('10:05:00'),
    });
    expect(tracer.span('shop-1-6b86b273')).toMatchObject({
      startTime: date('10:00:00'),
      endTime: date('10:06:00'),
      status: { code: SpanStatusCode.ERROR },
    });
    expect(new Set(tracer.spans.map(({ traceId }) => traceId))).toEqual(
      new Set([stored.traceId]),
    );
    expect(parseTraceparent(next.traceparent)!.traceId).toBe(stored.traceId);
    expect(tracer.spans.every(({ isEnded }) => isEnded)).toBe(true);
  });

  it('D-57 closes the spans of a version that was superseded', () => {
    const { tracer, tracing } = tracingWith();
    tracing.phaseStarted(appVersion(), 'AppDeploy', date('10:00:00'));
    tracing.versionEnded(
      appVersion({
        status: {
          status: 'Deprecated',
          startTime: at('10:00:00'),
          endTime: at('10:00:09'),
        },
      }),
    );
    expect(tracer.spans.map(({ endTime }) => endTime)).toEqual([
      date('10:00:09'),
      date('10:00:09'),
    ]);
  });

  it('has no span for a version that was superseded before it began', () => {
    const { tracer, tracing } = tracingWith();
    tracing.versionEnded(appVersion({ status: { status: 'Deprecated' } }));
    expect(tracer.spans).toEqual([]);
  });

  it('D-57 shares no span between the attempts at a version', () => {
    const { tracer, tracing } = tracingWith();
    tracing.phaseStarted(workloadVersion(), 'WorkloadDeploy', date('10:00:00'));
    tracing.phaseStarted(
      workloadVersion({ annotations: { 'keptn-tasks/attempt': '2' } }),
      'WorkloadDeploy',
      date('11:00:00'),
    );
    expect(
      tracer.spans.filter(({ name }) => name === 'shop-cart-2'),
    ).toHaveLength(2);
  });

  it('opens a phase once, however often it is told', () => {
    const { tracer, tracing } = tracingWith();
    const first = tracing.phaseStarted(appVersion(), 'AppDeploy', new Date(0));
    const again = tracing.phaseStarted(appVersion(), 'AppDeploy', new Date(9));
    expect(again).toEqual(first);
    expect(tracer.spans).toHaveLength(2);
  });

  it('D-57 gives tasks a trace context where nothing is traced', () => {
    const tracing = new ReleaseTracing({
      tracer: trace.getTracer('none'),
      cluster: 'prod',
    });
    for (const version of [
      appVersion(),
      appVersion({ spec: { traceId: { traceparent: GIVEN } } }),
    ]) {
      expect(tracing.phaseStarted(version, 'AppDeploy', new Date(0))).toEqual({
        traceparent: phaseTraceparent(version, 'AppDeploy'),
      });
    }
  });
});
