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

import { Button, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunDetail } from 'backstage-plugin-keptn-tasks-common';
import { failureHint } from '../../lib/failureHint';
import { keptnTasksTranslationRef } from '../../translation';
import { Outcome } from '../DetailPage/Outcome';
import { RunDuration } from '../Time/RunDuration';
import { LogTail } from './LogTail';

/** How it ended or what it is doing, in plain words: the cause, then what to do, then the raw reason. */
export function RunOutcome(props: {
  detail: RunDetail;
  onShowLog: () => void;
}) {
  const { detail, onShowLog } = props;
  const { run, logTail } = detail;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const hint = run.state === 'Succeeded' ? undefined : failureHint(run.reason);
  const exitCode = lastExitCode(detail);
  const showTail = run.state === 'Failed' && logTail.length > 0;
  return (
    <Outcome state={run.state} cause={<Cause detail={detail} />}>
      {hint && <Text as="p">{t(`hint.${hint}`)}</Text>}
      {run.reason && run.state !== 'Succeeded' && (
        <Text as="p" variant="body-small" color="secondary">
          {exitCode === undefined
            ? t('run.rawReason', { reason: run.reason })
            : t('run.rawReasonExit', {
                reason: run.reason,
                code: String(exitCode),
              })}
        </Text>
      )}
      {showTail && (
        <>
          <Text as="h3" variant="body-medium" weight="bold">
            {t('run.lastLines')}
          </Text>
          <LogTail lines={logTail} />
          <div>
            <Button variant="secondary" onPress={onShowLog}>
              {t('run.showLog')}
            </Button>
          </div>
        </>
      )}
    </Outcome>
  );
}

function Cause(props: { detail: RunDetail }) {
  const { run } = props.detail;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (run.state === 'Succeeded') {
    return <>{t('run.passed', { duration: <RunDuration run={run} /> })}</>;
  }
  if (run.cancelRequested && run.state !== 'Cancelled') {
    return <>{t('run.cancelRequested')}</>;
  }
  if (run.message) return <>{run.message}</>;
  switch (run.state) {
    case 'Failed':
      return <>{t('run.failedNoMessage')}</>;
    case 'Cancelled':
      return <>{t('run.cancelled')}</>;
    case 'Pending':
      return <>{t('run.waiting')}</>;
    default:
      return <>{t('run.running')}</>;
  }
}

function lastExitCode({ attempts }: RunDetail): number | undefined {
  const [last] = [...attempts].sort((a, b) => b.number - a.number);
  return last?.exitCode || undefined;
}
