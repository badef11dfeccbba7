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

import type { ButtonProps } from '@backstage/ui';
import { RiRestartLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksTranslationRef } from '../../translation';
import { PermittedButton } from '../Tasks/PermittedButton';
import { useTasks } from '../Tasks/TasksContext';
import { useReasonAgainst } from '../Tasks/useReasonAgainst';

/** Asks for the dialog that repeats the checks of a release; off, with the reason, where that is not permitted. */
export function RepeatButton(props: {
  release: Release;
  variant?: ButtonProps['variant'];
}) {
  const { release, variant = 'secondary' } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { openRepeat } = useTasks();
  return (
    <PermittedButton
      variant={variant}
      iconStart={<RiRestartLine />}
      reasonAgainst={useReasonAgainst('repeat')}
      onPress={() => openRepeat(release)}
    >
      {t('release.repeat')}
    </PermittedButton>
  );
}
