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

import { Box, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { compareParameters, shortHash } from '../../lib/compareRuns';
import { formatActor } from '../../lib/person';
import type { RunForm } from '../../lib/runForm';
import { keptnTasksTranslationRef } from '../../translation';
import { ChangesTable } from '../ChangesTable/ChangesTable';
import { Facts } from '../Facts/Facts';
import type { RunDialogSubject } from './RunDialogFrame';
import { useSignedInAs } from './useSignedInAs';
import styles from './RunDialog.module.css';

/** Exactly what will happen when the button is pressed. */
export function RunPlan(props: { subject: RunDialogSubject; form: RunForm }) {
  const { subject, form } = props;
  const { kind, task, place, runner, image, hash } = subject;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const who = useSignedInAs();

  const named = form.parameters.filter(({ name }) => name.trim());
  const before = named.flatMap(({ name, initial }) =>
    initial === undefined ? [] : [{ name, value: initial }],
  );
  const differences = compareParameters(before, named);
  const isRerun = kind === 'rerun';
  const title = t(
    isRerun ? 'runDialog.planChanges' : 'runDialog.planChangesDefinition',
  );
  return (
    <Box
      as="aside"
      bg="neutral"
      className={styles.plan}
      aria-label={t('runDialog.plan')}
    >
      <Text as="h3" variant="body-large" weight="bold">
        {t('runDialog.plan')}
      </Text>
      <Facts
        stacked
        facts={[
          { name: t('runDialog.planCluster'), value: place.cluster },
          { name: t('runDialog.planNamespace'), value: place.namespace },
          {
            name: t('runDialog.planRunner'),
            value: runner && t(`runner.${runner}`),
          },
          { name: t('runDialog.planImage'), value: image },
          {
            name: t('runDialog.planDefinition'),
            value: hash ? `${task} (${shortHash(hash)})` : task,
          },
          {
            name: t('runDialog.planWho'),
            value: who && formatActor(who),
          },
        ]}
      />
      <Text as="h4" variant="body-medium" weight="bold">
        {title}
      </Text>
      {differences.length === 0 ? (
        <Text as="p" color="secondary">
          {t(
            isRerun
              ? 'runDialog.planNoChanges'
              : 'runDialog.planNoChangesDefinition',
          )}
        </Text>
      ) : (
        <ChangesTable differences={differences} label={title} />
      )}
    </Box>
  );
}
