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

import { useState } from 'react';
import { Alert, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunDetail } from 'backstage-plugin-keptn-tasks-common';
import { useRunLog, type FollowedLog } from '../../hooks/useRunLog';
import { errorMessage } from '../../lib/apiError';
import { toText } from '../../lib/logBuffer';
import { keptnTasksTranslationRef } from '../../translation';
import { QueryProblem } from '../QueryProblem/QueryProblem';
import { useTasks } from '../Tasks/TasksContext';
import { LogList } from './LogList';
import { LogToolbar } from './LogToolbar';
import { useDownloadLog } from './useDownloadLog';
import { useLogSearch } from './useLogSearch';
import styles from './RunLog.module.css';

/** The log of an attempt, followed while it is being written. */
export function RunLog(props: {
  detail: RunDetail;
  /** Number of the attempt; undefined while there is none. */
  attempt: number | undefined;
}) {
  const { detail, attempt } = props;
  const { run } = detail;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { entityRef } = useTasks();
  const log = useRunLog(run.id, entityRef, attempt);
  const search = useLogSearch(log.buffer.rows);
  const [wrap, setWrap] = useState(true);
  const [showTimes, setShowTimes] = useState(false);
  const { download, error } = useDownloadLog(run, entityRef, attempt);

  if (attempt === undefined) {
    return <Text as="p">{t('log.waiting')}</Text>;
  }
  if (log.state === 'failed' && log.error) {
    return <QueryProblem error={log.error} onRetry={log.retry} />;
  }
  return (
    <section className={styles.log}>
      <LogToolbar
        search={search}
        wrap={wrap}
        onWrap={setWrap}
        showTimes={showTimes}
        onShowTimes={setShowTimes}
        text={() => toText(log.buffer)}
        onDownload={download}
      />
      {error && (
        <Alert
          role="alert"
          status="danger"
          icon
          title={t('log.downloadFailed', { message: errorMessage(error) })}
        />
      )}
      {log.buffer.rows.length === 0 ? (
        <div className={styles.nothing}>
          <Text>{t(nothingYet(log))}</Text>
        </div>
      ) : (
        <LogList
          key={`${run.id}/${attempt}`}
          rows={log.buffer.rows}
          label={t('log.label', { number: String(attempt) })}
          live={log.state !== 'ended'}
          wrap={wrap}
          showTimes={showTimes}
          highlight={search.highlight}
          currentMatch={search.currentMatch}
        />
      )}
      <LogStatus log={log} />
    </section>
  );
}

function nothingYet({ state }: FollowedLog) {
  if (state === 'ended') return 'log.empty';
  return state === 'opening' ? 'log.opening' : 'log.quiet';
}

function LogStatus(props: { log: FollowedLog }) {
  const { state, buffer } = props.log;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const words = {
    opening: t('log.opening'),
    following: t('log.live'),
    lost: t('log.lost'),
    ended: t('log.ended'),
    failed: '',
  }[state];
  return (
    <div className={styles.status} data-state={state} role="status">
      <span className={styles.dot} aria-hidden />
      <Text variant="body-small">{words}</Text>
      <Text variant="body-small" color="secondary">
        {t('log.lines', { count: buffer.next })}
      </Text>
    </div>
  );
}
