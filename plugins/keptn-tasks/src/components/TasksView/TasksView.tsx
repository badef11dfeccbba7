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

import { Box, Skeleton, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Definition,
  DefinitionList,
} from 'backstage-plugin-keptn-tasks-common';
import type { LiveQuery } from '../../hooks/useLiveQuery';
import { isSamePlace } from '../../lib/place';
import { keptnTasksTranslationRef } from '../../translation';
import { QueryProblem } from '../QueryProblem/QueryProblem';
import { DefinitionRow } from './DefinitionRow';
import { definitionsOf, TASK_GROUPS } from './groupDefinitions';
import { NoDefinitions } from './NoDefinitions';
import styles from './TasksView.module.css';

/** What can be run, grouped by when it runs in a deployment. */
export function TasksView(props: { definitions: LiveQuery<DefinitionList> }) {
  const { data, error, loading, refresh } = props.definitions;
  if (loading) return <LoadingRows />;
  return (
    <div className={styles.groups}>
      {error && (
        <QueryProblem error={error} onRetry={refresh} hasData={!!data} />
      )}
      {data && <Groups list={data} />}
    </div>
  );
}

function Groups(props: { list: DefinitionList }) {
  const { items, targets, problem } = props.list;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  // Without any place the banner above says what is wrong.
  if (items.length === 0) {
    return problem ? null : <NoDefinitions targets={targets} />;
  }
  const awayMessage = (definition: Definition) => {
    const target = targets.find(one => isSamePlace(one, definition));
    return target && !target.available
      ? target.message ?? t('targets.away')
      : undefined;
  };
  return (
    <>
      {TASK_GROUPS.map(({ phase, title }) => {
        const definitions = definitionsOf(phase, items);
        if (definitions.length === 0) return null;
        return (
          <section
            key={phase}
            className={styles.group}
            aria-label={t(`tasks.${title}`)}
          >
            <div className={styles.groupHeading}>
              <Text as="h2" variant="title-x-small">
                {t(`tasks.${title}`)}
              </Text>
              <Text as="p" variant="body-medium" color="secondary">
                {t(`tasks.${title}Hint`)}
              </Text>
            </div>
            <Box as="ul" bg="neutral" className={styles.list}>
              {definitions.map(definition => (
                <DefinitionRow
                  key={`${definition.cluster}/${definition.namespace}/${definition.name}`}
                  definition={definition}
                  showPlace={targets.length > 1}
                  unavailable={awayMessage(definition)}
                />
              ))}
            </Box>
          </section>
        );
      })}
    </>
  );
}

function LoadingRows() {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <Box
      bg="neutral"
      className={styles.list}
      role="progressbar"
      aria-label={t('common.loading')}
    >
      {[1, 2, 3].map(key => (
        <div key={key} className={styles.row}>
          <Skeleton width={32} height={32} />
          <Skeleton width="60%" height={20} />
          <Skeleton width={90} height={20} />
          <Skeleton width={140} height={24} />
          <Skeleton width={64} height={32} />
        </div>
      ))}
    </Box>
  );
}
