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

import { useState, type ReactNode } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { RiPlayLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Runner } from 'backstage-plugin-keptn-tasks-common';
import { errorMessage } from '../../lib/apiError';
import { formatPlace, type Place } from '../../lib/place';
import {
  checkForm,
  fieldOfMessage,
  type FieldName,
  type RunForm,
} from '../../lib/runForm';
import { keptnTasksTranslationRef } from '../../translation';
import { Refusal } from '../ConfirmDialog/Refusal';
import { MoreFields } from './MoreFields';
import { ParameterFields } from './ParameterFields';
import { RunPlan } from './RunPlan';
import theme from '../Theme/readable.module.css';
import styles from './RunDialog.module.css';

/** What the run dialog shows, apart from the form. */
export interface RunDialogSubject {
  kind: 'run' | 'rerun';
  task: string;
  place: Place;
  runner?: Runner;
  image?: string;
  /** Hash of the definition that will run, where it is known beforehand. */
  hash?: string;
  retries?: number;
  timeout?: string;
  secret?: string;
}

/** The dialog around a run's form: fields on one side, what will happen on the other. */
export function RunDialogFrame(
  props: RunDialogSubject & {
    title: string;
    form: RunForm;
    onForm: (form: RunForm) => void;
    pending: boolean;
    error: Error | undefined;
    onClose: () => void;
    onSubmit: () => void;
    /** Fields above the parameters. */
    children?: ReactNode;
  },
) {
  const { form, onForm, pending, error, onClose, onSubmit, children } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const [attempted, setAttempted] = useState(false);

  const problems = checkForm(form);
  const messages: Partial<Record<FieldName, string>> = {};
  if (attempted) {
    for (const name of Object.keys(problems) as FieldName[]) {
      messages[name] = t(`runDialog.problem.${problems[name]!}`);
    }
  }
  const refusal = error && errorMessage(error);
  const refusedField = refusal && fieldOfMessage(refusal, form.parameters);
  if (refusal && refusedField) messages[refusedField] ??= refusal;

  const submit = () => {
    setAttempted(true);
    if (Object.keys(problems).length === 0) onSubmit();
  };
  const words = { task: props.task, place: formatPlace(props.place) };
  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && onClose()}
      width={880}
      className={theme.readable}
    >
      <DialogHeader>{props.title}</DialogHeader>
      <DialogBody>
        <form
          id="keptn-tasks-run"
          className={styles.columns}
          onSubmit={event => {
            event.preventDefault();
            if (!pending) submit();
          }}
        >
          <div className={styles.fields}>
            {children}
            <ParameterFields
              fields={form.parameters}
              kind={props.kind}
              messages={messages}
              onFields={parameters => onForm({ ...form, parameters })}
            />
            <MoreFields
              form={form}
              onForm={onForm}
              messages={messages}
              namespace={props.place.namespace}
              retries={props.retries}
              timeout={props.timeout}
              secret={props.secret}
            />
            <Refusal
              title={t('runDialog.failed')}
              error={refusedField ? undefined : error}
            />
          </div>
          <RunPlan subject={props} form={form} />
        </form>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('runDialog.close')}
        </Button>
        <Button
          type="submit"
          form="keptn-tasks-run"
          variant="primary"
          iconStart={<RiPlayLine />}
          isPending={pending}
        >
          {t('runDialog.submit', words)}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
