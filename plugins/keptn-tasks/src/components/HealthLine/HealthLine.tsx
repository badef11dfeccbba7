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

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EntityHealth } from '../../lib/entityHealth';
import type { RunHealth } from '../../lib/runHealth';
import { keptnTasksTranslationRef } from '../../translation';
import { FailedHealth } from './FailedHealth';
import { Line } from './Line';
import { PassedSentence } from './PassedSentence';
import { ReleaseHealthLine } from './ReleaseHealthLine';

/** One sentence that answers "is anything wrong?", and what to do when something is. */
export function HealthLine(props: {
  /** Undefined while it is being found out. */
  health: EntityHealth | undefined;
}) {
  const { health } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (!health) {
    return <Line kind="checking" sentence={t('health.checking')} />;
  }
  return health.about === 'releases' ? (
    <ReleaseHealthLine health={health.health} />
  ) : (
    <RunHealthLine health={health.health} />
  );
}

function RunHealthLine(props: { health: RunHealth }) {
  const { health } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  switch (health.kind) {
    case 'failed':
      return <FailedHealth run={health.run} others={health.others} />;
    case 'running':
      return (
        <Line
          kind="underWay"
          sentence={t('health.running', { count: health.runs.length })}
        />
      );
    case 'passed':
      return (
        <Line kind="passed" sentence={<PassedSentence run={health.last} />} />
      );
    default:
      return <Line kind="none" sentence={t('health.none')} />;
  }
}
