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

import { Badge, Link, Text } from '@backstage/ui';
import { RiErrorWarningLine, RiPlayLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Definition } from 'backstage-plugin-keptn-tasks-common';
import { formatPlace } from '../../lib/place';
import { keptnTasksTranslationRef } from '../../translation';
import { StateChip } from '../StateChip/StateChip';
import { PermittedButton } from '../Tasks/PermittedButton';
import { useTasks } from '../Tasks/TasksContext';
import { useReasonAgainst } from '../Tasks/useReasonAgainst';
import { RelativeTime } from '../Time/RelativeTime';
import { RunnerIcon } from './RunnerIcon';
import { Sparkline } from './Sparkline';
import styles from './TasksView.module.css';

/** A definition in one place: what it is, how it went lately, and the button that runs it. */
export function DefinitionRow(props: {
  definition: Definition;
  /** There are several places to tell apart. */
  showPlace: boolean;
  /** Why its place cannot be used at the moment. */
  unavailable?: string;
}) {
  const { definition, showPlace, unavailable } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { openRun } = useTasks();
  const { name, description, lastRun, problem } = definition;
  const place = formatPlace(definition);

  const missingPermission = useReasonAgainst('run');
  return (
    <li className={styles.row}>
      <RunnerIcon runner={definition.runner} />
      <div>
        <div className={styles.name}>
          <Text as="h3" variant="body-large" weight="bold">
            {name}
          </Text>
          {showPlace && (
            <Text variant="body-small" color="secondary">
              {place}
            </Text>
          )}
          {definition.shared && (
            <Badge size="small" title={t('tasks.sharedHint')}>
              {t('tasks.shared')}
            </Badge>
          )}
        </div>
        {description && (
          <Text
            as="p"
            variant="body-medium"
            color="secondary"
            className={styles.description}
          >
            {description}
          </Text>
        )}
        {problem && (
          <div className={styles.problem}>
            <RiErrorWarningLine size={16} aria-hidden />
            <span>{problem}</span>
          </div>
        )}
      </div>
      <LastResult definition={definition} />
      <Sparkline runs={definition.recentRuns} />
      <PermittedButton
        variant={lastRun?.state === 'Failed' ? 'primary' : 'secondary'}
        iconStart={<RiPlayLine />}
        reasonAgainst={missingPermission ?? problem ?? unavailable}
        aria-label={
          showPlace
            ? t('tasks.runLabelIn', { task: name, place })
            : t('tasks.runLabel', { task: name })
        }
        onPress={() => openRun(definition)}
      >
        {t('tasks.run')}
      </PermittedButton>
    </li>
  );
}

function LastResult(props: { definition: Definition }) {
  const { lastRun } = props.definition;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { paths } = useTasks();
  if (!lastRun) {
    return (
      <Text variant="body-small" color="secondary">
        {t('tasks.neverRan')}
      </Text>
    );
  }
  return (
    <div className={styles.last}>
      <Link href={paths.run(lastRun.id)} standalone>
        <StateChip
          state={lastRun.state}
          cancelRequested={lastRun.cancelRequested}
        />
      </Link>
      <RelativeTime
        at={lastRun.finishedAt ?? lastRun.startedAt ?? lastRun.createdAt}
        className={styles.when}
      />
    </div>
  );
}
