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

import { Box, Button, Link, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunDetail } from 'backstage-plugin-keptn-tasks-common';
import { compareRuns } from '../../lib/compareRuns';
import { keptnTasksTranslationRef } from '../../translation';
import { ChangesTable } from '../ChangesTable/ChangesTable';
import { useTasks } from '../Tasks/TasksContext';
import { RelativeTime } from '../Time/RelativeTime';
import type { Comparison } from './useRunPageAddress';
import styles from './RunPage.module.css';

/**
 * What was different in an earlier run: the last good one of a failure without being asked, the previous one on
 * request.
 */
export function RunChanges(props: {
  detail: RunDetail;
  comparison: Comparison | undefined;
  onClose: () => void;
}) {
  const { detail, comparison, onClose } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { paths } = useTasks();
  const which: Comparison | undefined =
    comparison ?? (detail.run.state === 'Failed' ? 'lastGood' : undefined);
  const earlier = which && detail[which];
  if (!earlier) return null;

  const differences = compareRuns(earlier, detail);
  const isPrevious = which === 'previous';
  const title = t(isPrevious ? 'changes.titlePrevious' : 'changes.title');
  const when = <RelativeTime at={earlier.finishedAt ?? earlier.createdAt} />;
  return (
    <Box
      as="section"
      bg="neutral"
      className={styles.changes}
      aria-label={title}
    >
      <div className={styles.changesTitle}>
        <Text as="h3" variant="title-x-small">
          {title}
        </Text>
        <Text as="p" color="secondary">
          {t(isPrevious ? 'changes.whenPrevious' : 'changes.when', { when })}{' '}
          <Link href={paths.run(earlier.id)}>{t('changes.open')}</Link>
        </Text>
        {comparison && (
          <Button variant="tertiary" onPress={onClose}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
      {differences.length === 0 ? (
        <Text as="p">{t('changes.none')}</Text>
      ) : (
        <ChangesTable differences={differences} label={title} />
      )}
    </Box>
  );
}
