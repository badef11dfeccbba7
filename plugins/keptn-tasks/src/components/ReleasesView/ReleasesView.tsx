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

import { useMemo } from 'react';
import { Box, Skeleton } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DefinitionList,
  EnvironmentList,
} from 'backstage-plugin-keptn-tasks-common';
import type { LiveQuery } from '../../hooks/useLiveQuery';
import { formatPlace } from '../../lib/place';
import { problemsFirst } from '../../lib/releaseHealth';
import { keptnTasksTranslationRef } from '../../translation';
import { QueryProblem } from '../QueryProblem/QueryProblem';
import { NoPlaces } from '../Tasks/NoPlaces';
import { EnvironmentCard } from './EnvironmentCard';
import { NoReleases } from './NoReleases';
import styles from './ReleasesView.module.css';

/** Where is my release, and what holds it? One card for each app in each place. */
export function ReleasesView(props: {
  releases: LiveQuery<EnvironmentList>;
  /** Says which places there are. */
  definitions: DefinitionList | undefined;
}) {
  const { releases, definitions } = props;
  const { data, error, loading, refresh } = releases;
  const environments = useMemo(() => problemsFirst(data?.items ?? []), [data]);
  if (loading) return <LoadingCards />;
  return (
    <div className={styles.cards}>
      {error && (
        <QueryProblem error={error} onRetry={refresh} hasData={!!data} />
      )}
      {environments.map(environment => (
        <EnvironmentCard
          key={`${formatPlace(environment)}/${environment.appName}`}
          environment={environment}
        />
      ))}
      {data && environments.length === 0 && (
        <Empty list={data} definitions={definitions} />
      )}
    </div>
  );
}

function Empty(props: {
  list: EnvironmentList;
  definitions: DefinitionList | undefined;
}) {
  const { list, definitions } = props;
  // The banner above says it when the definitions have the same problem.
  if (definitions?.problem) return null;
  if (list.problem) return <NoPlaces problem={list.problem} />;
  return <NoReleases targets={definitions?.targets ?? []} />;
}

function LoadingCards() {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <div
      className={styles.cards}
      role="progressbar"
      aria-label={t('common.loading')}
    >
      {[1, 2].map(key => (
        <Box key={key} bg="neutral" className={styles.card}>
          <Skeleton width="40%" height={24} />
          <Skeleton width="100%" height={96} />
          <Skeleton width="60%" height={18} />
        </Box>
      ))}
    </div>
  );
}
