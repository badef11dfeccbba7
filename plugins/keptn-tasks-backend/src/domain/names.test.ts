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

import { aTask } from './__testUtils__/builders';
import { inheritedKeys } from './annotations';
import { formatSeconds, parseDurationMs } from './duration';
import { labelValue } from './labels';
import { jobName } from './names';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const named = (name: string, uid = aTask().metadata.uid) =>
  aTask({ metadata: { name, uid } });

describe('jobName', () => {
  it.each([
    'a',
    'smoke-test-2.3.9',
    `${'x'.repeat(51)}-${'y'.repeat(201)}`,
    `${'a.'.repeat(100)}a`,
  ])('D-19 is a name that a Job can have: %s', name => {
    expect(jobName(named(name))).toMatch(DNS_LABEL);
    expect(jobName(named(name)).length).toBeLessThanOrEqual(63);
  });

  it('is always the same for a task, and for no other', () => {
    expect(jobName(named('a', '1'))).toBe(jobName(named('a', '1')));
    expect(jobName(named('a', '1'))).not.toBe(jobName(named('a', '2')));
  });
});

describe('labelValue', () => {
  it.each([
    ['checkout', 'checkout'],
    ['1.2.3', '1.2.3'],
    ['', ''],
  ])('leaves %j alone', (text, value) => {
    expect(labelValue(text)).toBe(value);
  });

  it.each([
    'a/b',
    '-a',
    'ä',
    'x'.repeat(64),
    `${'x'.repeat(53)}.${'y'.repeat(20)}`,
  ])('makes a value of %s that labels allow', text => {
    const value = labelValue(text);
    expect(value).toMatch(
      /^(?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
    );
    expect(value).not.toBe(text);
  });

  it('never makes one value of two texts', () => {
    expect(labelValue('a/b')).not.toBe(labelValue('a-b'));
    expect(labelValue(`${'x'.repeat(70)}1`)).not.toBe(
      labelValue(`${'x'.repeat(70)}2`),
    );
  });
});

describe('inheritedKeys', () => {
  it('D-30 leaves out what delivery tools recognise their objects by', () => {
    expect(
      inheritedKeys({
        team: 'a',
        'kubectl.kubernetes.io/last-applied-configuration': 'x',
        'argocd.argoproj.io/instance': 'x',
        'app.kubernetes.io/instance': 'x',
        'helm.sh/chart': 'x',
        'meta.helm.sh/release-name': 'x',
        'kustomize.toolkit.fluxcd.io/name': 'x',
        'helm.toolkit.fluxcd.io/name': 'x',
        'keptn-tasks/triggered-by': 'x',
        'my.helm.sh.example/a': 'kept',
      }),
    ).toEqual({ team: 'a', 'my.helm.sh.example/a': 'kept' });
  });
});

describe('durations', () => {
  it.each([
    ['90s', 90_000],
    ['1h30m', 5_400_000],
    ['1.5m', 90_000],
    ['100ms', 100],
    ['0', 0],
    ['2us', 0.002],
    ['3µs', 0.003],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDurationMs(text)).toBeCloseTo(ms, 6);
  });

  it.each([
    '',
    '5',
    '-5m',
    'abc5m',
    '0x',
    '5 m',
    '5m ',
    '1h30',
    '.5s',
    '5M',
    '5d',
  ])('D-50 %j is none', text => {
    expect(parseDurationMs(text)).toBeUndefined();
  });

  it.each([
    [0, '0s'],
    [59, '59s'],
    [90, '1m30s'],
    [3600, '1h'],
    [3661, '1h1m1s'],
  ])('%d s reads %s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});
