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

import { Alert, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { releaseLabel } from '../../lib/releaseNames';
import { keptnTasksTranslationRef } from '../../translation';
import styles from './ReleaseDialogs.module.css';

/** That checks have not passed, and exactly which Pods are let go all the same. */
export function GatePlan(props: { releases: readonly Release[] }) {
  const { releases } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <>
      <Alert
        status="danger"
        icon
        title={t('gateDialog.notPassedTitle')}
        description={
          <ul className={styles.plain}>
            {releases.map(release => {
              const name = `${releaseLabel(release)} ${release.version}`;
              const message = release.hold?.message;
              return (
                <li key={release.id}>
                  {message
                    ? t('gateDialog.notPassed', { name, message })
                    : t('gateDialog.notPassedPlain', { name })}
                </li>
              );
            })}
          </ul>
        }
      />
      {releases.map(release => (
        <PodsToGo key={release.id} release={release} />
      ))}
      <Text as="p" color="secondary">
        {t('gateDialog.again')}
      </Text>
    </>
  );
}

function PodsToGo(props: { release: Release }) {
  const { release } = props;
  const { gatedPods } = release;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const name = `${releaseLabel(release)} ${release.version}`;
  if (!gatedPods || gatedPods.count === 0) {
    return <Text as="p">{t('gateDialog.podsUnknown', { name })}</Text>;
  }
  const { count, names } = gatedPods;
  return (
    <div className={styles.steps}>
      <Text as="p">{t('gateDialog.pods', { count, name })}</Text>
      <ul>
        {names.map(pod => (
          <li key={pod}>
            <code className={styles.pod}>{pod}</code>
          </li>
        ))}
        {count > names.length && (
          <li>
            <Text>
              {t('releases.andMore', { number: String(count - names.length) })}
            </Text>
          </li>
        )}
      </ul>
    </div>
  );
}
