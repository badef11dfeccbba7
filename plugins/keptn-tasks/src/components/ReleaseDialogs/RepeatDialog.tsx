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

import { Text } from '@backstage/ui';
import { RiRestartLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { useRepeatChecks } from '../../hooks/useRepeatChecks';
import { formatActor } from '../../lib/person';
import { formatPlace, isSamePlace } from '../../lib/place';
import { releaseLabel } from '../../lib/releaseNames';
import { planRepeat } from '../../lib/repeatPlan';
import { keptnTasksTranslationRef } from '../../translation';
import { ConfirmDialog } from '../ConfirmDialog/ConfirmDialog';
import { Refusal } from '../ConfirmDialog/Refusal';
import { useSignedInAs } from '../RunDialog/useSignedInAs';
import { useTasks } from '../Tasks/TasksContext';
import styles from './ReleaseDialogs.module.css';

/** Says exactly what repeating the checks of a release does, and does it. */
export function RepeatDialog(props: {
  release: Release;
  onClose: () => void;
  /** Gets a sentence that says what was done. */
  onDone: (sentence: string) => void;
}) {
  const { release, onClose, onDone } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { entityRef } = useTasks();
  const { execute, pending, error } = useRepeatChecks();
  const who = useSignedInAs();
  const name = `${releaseLabel(release)} ${release.version}`;

  const submit = async () => {
    const request = { entityRef };
    if (await execute({ id: release.id, request })) {
      onDone(t('repeatDialog.done', { name }));
    }
  };
  return (
    <ConfirmDialog
      title={t('repeatDialog.title', { name, place: formatPlace(release) })}
      width={560}
      keep={t('repeatDialog.keep')}
      confirm={{
        children: t('repeatDialog.confirm', { name }),
        iconStart: <RiRestartLine />,
        isPending: pending,
        onPress: submit,
      }}
      onClose={onClose}
    >
      <RepeatSteps release={release} who={who} />
      <Refusal title={t('repeatDialog.failed')} error={error} />
    </ConfirmDialog>
  );
}

function RepeatSteps(props: { release: Release; who: string | undefined }) {
  const { release, who } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { environments } = useTasks();
  const environment = environments.find(
    one => isSamePlace(one, release) && one.appName === release.appName,
  );
  const { checks, workloads, stopsRunning } = planRepeat(release, environment);
  const { appName, version } = release;
  const isApp = release.kind === 'app';
  const names = workloads.join(', ');
  const steps = [
    isApp
      ? t('repeatDialog.revision', { app: appName, version })
      : t('repeatDialog.attempt', { workload: releaseLabel(release), version }),
    checks.length > 0
      ? t('repeatDialog.checks', { checks: checks.join(', ') })
      : t('repeatDialog.noChecks'),
    isApp &&
      (workloads.length > 0
        ? t('repeatDialog.workloads', { count: workloads.length, names })
        : t('repeatDialog.noWorkloads')),
    stopsRunning && t('repeatDialog.stops'),
    t('repeatDialog.pods'),
    who && t('repeatDialog.who', { who: formatActor(who) }),
  ];
  return (
    <div className={styles.steps}>
      <Text as="h3" variant="body-medium" weight="bold">
        {t('repeatDialog.what')}
      </Text>
      <ul>
        {steps.map(
          step =>
            step && (
              <li key={step}>
                <Text>{step}</Text>
              </li>
            ),
        )}
      </ul>
    </div>
  );
}
