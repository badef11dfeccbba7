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
import { Text, TextField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Run } from 'backstage-plugin-keptn-tasks-common';
import { useCancelRun } from '../../hooks/useCancelRun';
import { formatPlace } from '../../lib/place';
import { keptnTasksTranslationRef } from '../../translation';
import { ConfirmDialog } from '../ConfirmDialog/ConfirmDialog';
import { Refusal } from '../ConfirmDialog/Refusal';
import { useTasks } from '../Tasks/TasksContext';

/** Asks once more before a run is stopped, and for a reason that others can read. */
export function CancelDialog(props: {
  run: Run;
  onClose: () => void;
  onCancelled: () => void;
}) {
  const { run, onClose, onCancelled } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { entityRef } = useTasks();
  const { execute, pending, error } = useCancelRun();
  const [reason, setReason] = useState('');

  const submit = async () => {
    const request = { entityRef, reason: reason.trim() || undefined };
    if (await execute({ id: run.id, request })) {
      onCancelled();
      onClose();
    }
  };
  return (
    <ConfirmDialog
      title={t('cancelDialog.title', { task: run.definition.name })}
      width={480}
      keep={t('cancelDialog.keep')}
      confirm={{
        children: t('cancelDialog.confirm'),
        destructive: true,
        isPending: pending,
        onPress: submit,
      }}
      onClose={onClose}
    >
      <Text as="p">{t('cancelDialog.body', { place: formatPlace(run) })}</Text>
      <TextField
        label={t('cancelDialog.reason')}
        description={t('cancelDialog.reasonHint')}
        value={reason}
        onChange={setReason}
        maxLength={500}
      />
      <Refusal title={t('cancelDialog.failed')} error={error} />
    </ConfirmDialog>
  );
}
