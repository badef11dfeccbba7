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

import { at } from '../../__testUtils__/builders';
import { aWorkload, aWorkloadVersion } from '../__testUtils__/appBuilders';
import { isRepeatDue } from '../repeat';
import {
  deprecatedAppStatus,
  deprecatedWorkloadStatus,
} from './deprecatedStatus';
import { previousVersion } from './previousVersion';
import { prunableVersions } from './prunableVersions';
import { repeatAnnotations } from './repeatAnnotations';
import { isPastPreChecks } from './versionState';

const END = '2026-01-01T12:01:00Z';

describe('a superseded version', () => {
  it('D-37 keeps the outcomes that were recorded', () => {
    const status = {
      preDeploymentStatus: 'Succeeded',
      preDeploymentEvaluationStatus: 'Progressing',
      status: 'Progressing',
      preDeploymentTaskStatus: [{ name: 'pre-a-1', status: 'Succeeded' }],
      preDeploymentEvaluationTaskStatus: [
        { name: 'pre-eval-a-1', status: 'Failed', endTime: 'before' },
        { name: 'pre-eval-b-1', status: 'Progressing' },
      ],
    } as const;
    expect(deprecatedWorkloadStatus(status as any, at(60))).toEqual({
      preDeploymentEvaluationStatus: 'Deprecated',
      deploymentStatus: 'Deprecated',
      postDeploymentStatus: 'Deprecated',
      postDeploymentEvaluationStatus: 'Deprecated',
      status: 'Deprecated',
      preDeploymentEvaluationTaskStatus: [
        { name: 'pre-eval-a-1', status: 'Failed', endTime: 'before' },
        { name: 'pre-eval-b-1', status: 'Deprecated', endTime: END },
      ],
      endTime: END,
    });
  });

  it('of an app ends in all its phases', () => {
    expect(deprecatedAppStatus(undefined, at(60))).toEqual({
      preDeploymentStatus: 'Deprecated',
      preDeploymentEvaluationStatus: 'Deprecated',
      workloadOverallStatus: 'Deprecated',
      postDeploymentStatus: 'Deprecated',
      postDeploymentEvaluationStatus: 'Deprecated',
      promotionStatus: 'Deprecated',
      status: 'Deprecated',
      endTime: END,
    });
  });
});

describe('isPastPreChecks', () => {
  it.each([
    [undefined, false],
    [{ preDeploymentStatus: 'Progressing' }, false],
    [{ preDeploymentStatus: 'Succeeded' }, false],
    [
      {
        preDeploymentStatus: 'Warning',
        preDeploymentEvaluationStatus: 'Succeeded',
      },
      true,
    ],
    [{ deploymentStatus: 'Progressing' }, true],
    [{ deploymentStatus: 'Failed' }, true],
    [{ preDeploymentStatus: 'Failed', deploymentStatus: 'Deprecated' }, false],
  ] as const)('of %j is %p', (status, expected) => {
    expect(
      isPastPreChecks(
        aWorkloadVersion('shop', 'cart', '1', { status: status as any }),
      ),
    ).toBe(expected);
  });
});

describe('prunableVersions', () => {
  const versions = [1, 2, 3, 4, 5].map(number =>
    aWorkloadVersion('shop', 'cart', `${number}`, {
      metadata: { name: `v${number}`, creationTimestamp: at(number) },
    }),
  );
  const namesOf = (keep: number, ...used: string[]) =>
    prunableVersions(versions, {
      keep,
      isInUse: ({ metadata }) => used.includes(metadata.name),
    }).map(({ metadata }) => metadata.name);

  it('D-51 are the oldest of those that are too many', () => {
    expect(namesOf(3)).toEqual(['v2', 'v1']);
    expect(namesOf(5)).toEqual([]);
  });

  it('D-51 are never in use, and what is in use does not count', () => {
    expect(namesOf(2, 'v1', 'v5')).toEqual(['v2']);
  });
});

describe('previousVersion', () => {
  const versions = ['1', '2'].map((version, at1) =>
    aWorkloadVersion('shop', 'cart', version, {
      metadata: { name: version, creationTimestamp: at(at1) },
    }),
  );
  const asking = (version: string, currentVersion?: string) =>
    aWorkload('shop', 'cart', version, { status: { currentVersion } });

  it.each([
    ['the one that was reported', asking('3', '1'), '1'],
    ['the newest where none was reported yet', asking('3'), '2'],
    ['not the same again', asking('2', '2'), '1'],
  ])('is %s', (_name, workload, expected) => {
    expect(previousVersion(workload, versions)).toBe(expected);
  });

  it('is none of a first version', () => {
    expect(previousVersion(asking('1'), [])).toBeUndefined();
  });
});

describe('repeatAnnotations', () => {
  it('make a version begin afresh whatever its times are', () => {
    const ended = aWorkloadVersion('shop', 'cart', '1', {
      status: {
        status: 'Deprecated',
        startTime: at(62).toISOString(),
        endTime: at(61.5).toISOString(),
      },
    });
    ended.metadata.annotations = repeatAnnotations(ended, at(60).getTime());
    expect(isRepeatDue(ended)).toBe(true);
    expect(ended.metadata.annotations['keptn-tasks/attempt']).toBe('2');
  });
});
