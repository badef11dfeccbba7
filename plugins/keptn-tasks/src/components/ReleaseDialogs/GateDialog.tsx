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

import { useCallback, useState } from 'react';
import { Alert, Checkbox, CheckboxGroup, TextAreaField } from '@backstage/ui';
import { RiLockUnlockLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { useReleaseGate } from '../../hooks/useReleaseGate';
import { formatActor } from '../../lib/person';
import { formatPlace } from '../../lib/place';
import { releaseLabel } from '../../lib/releaseNames';
import { keptnTasksTranslationRef } from '../../translation';
import { ConfirmDialog } from '../ConfirmDialog/ConfirmDialog';
import { Refusal } from '../ConfirmDialog/Refusal';
import { fieldError } from '../RunDialog/fieldError';
import { useSignedInAs } from '../RunDialog/useSignedInAs';
import { useTasks } from '../Tasks/TasksContext';
import { GatePlan } from './GatePlan';

const REASON_LEAST = 3;
const REASON_MOST = 500;

const nameOf = (release: Release) =>
  `${releaseLabel(release)} ${release.version}`;

/** Lets the Pods of workloads go although their checks have not passed: whose, how many, and why. */
export function GateDialog(props: {
  /** Workloads whose Pods wait, all in one place. */
  releases: Release[];
  onClose: () => void;
  /** Gets a sentence that says what was done. */
  onDone: (sentence: string) => void;
}) {
  const { onClose, onDone } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { entityRef } = useTasks();
  const who = useSignedInAs();
  const [waiting, setWaiting] = useState(props.releases);
  const [wanted, setWanted] = useState(() => waiting.map(({ id }) => id));
  const [reason, setReason] = useState('');
  const [attempted, setAttempted] = useState(false);
  // What was let go before a refusal is not asked for again.
  const drop = useCallback(
    (id: string) => setWaiting(list => list.filter(one => one.id !== id)),
    [],
  );
  const { execute, pending, error } = useReleaseGate(drop);

  const chosen = waiting.filter(({ id }) => wanted.includes(id));
  const names = chosen.map(nameOf).join(', ');
  const tooShort = reason.trim().length < REASON_LEAST;
  const submit = async () => {
    setAttempted(true);
    if (tooShort || chosen.length === 0) return;
    const request = { entityRef, reason: reason.trim() };
    const ids = chosen.map(({ id }) => id);
    if (await execute({ ids, request })) {
      onDone(t('gateDialog.done', { name: names }));
    }
  };
  return (
    <ConfirmDialog
      title={t('gateDialog.title', { place: formatPlace(props.releases[0]) })}
      width={600}
      keep={t('gateDialog.keep')}
      confirm={{
        children:
          chosen.length > 1
            ? t('gateDialog.confirmSeveral', { number: String(chosen.length) })
            : t('gateDialog.confirm', { name: names }),
        destructive: true,
        iconStart: <RiLockUnlockLine />,
        isPending: pending,
        onPress: submit,
      }}
      onClose={onClose}
    >
      {props.releases.length > 1 && (
        <CheckboxGroup
          label={t('gateDialog.which')}
          value={wanted}
          onChange={setWanted}
        >
          {waiting.map(release => (
            <Checkbox key={release.id} value={release.id}>
              {nameOf(release)}
            </Checkbox>
          ))}
        </CheckboxGroup>
      )}
      {attempted && chosen.length === 0 && (
        <Alert
          role="alert"
          status="danger"
          icon
          title={t('gateDialog.whichMissing')}
        />
      )}
      <GatePlan releases={chosen} />
      <TextAreaField
        label={t('gateDialog.reason')}
        description={t('gateDialog.reasonHint', {
          who: who ? formatActor(who) : t('trigger.someone'),
        })}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={REASON_MOST}
        isRequired
        {...fieldError(
          attempted && tooShort ? t('gateDialog.reasonMissing') : undefined,
        )}
      />
      <Refusal title={t('gateDialog.failed')} error={error} />
    </ConfirmDialog>
  );
}
