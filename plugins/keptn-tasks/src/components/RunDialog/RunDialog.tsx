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
import { Select } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Definition,
  DefinitionList,
  RunDetail,
} from 'backstage-plugin-keptn-tasks-common';
import { useTriggerRun } from '../../hooks/useTriggerRun';
import { formatPlace, isSamePlace, type Place } from '../../lib/place';
import { formOfDefinition, toRequest, type RunForm } from '../../lib/runForm';
import { keptnTasksTranslationRef } from '../../translation';
import { useTasks } from '../Tasks/TasksContext';
import { RunDialogFrame } from './RunDialogFrame';

/** Runs a definition: its parameters to be changed, and exactly what will happen. */
export function RunDialog(props: {
  wanted: Place & { name: string };
  list: DefinitionList;
  onClose: () => void;
  onStarted: (detail: RunDetail) => void;
}) {
  const { wanted, list, onClose, onStarted } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { entityRef } = useTasks();
  const { execute, pending, error } = useTriggerRun();

  const choices = list.items.filter(
    ({ name, problem, ...place }) =>
      name === wanted.name && !problem && isAvailable(list, place),
  );
  const [definition, setDefinition] = useState<Definition | undefined>(
    choices.find(choice => isSamePlace(choice, wanted)) ?? choices[0],
  );
  const [form, setForm] = useState<RunForm | undefined>(
    definition && formOfDefinition(definition),
  );
  if (!definition || !form) return null;

  const choose = (place: string) => {
    const chosen = choices.find(choice => formatPlace(choice) === place);
    if (!chosen || chosen === definition) return;
    setDefinition(chosen);
    setForm(formOfDefinition(chosen));
  };
  const submit = async () => {
    const { cluster, namespace, name } = definition;
    const detail = await execute({
      entityRef,
      cluster,
      namespace,
      definition: name,
      ...toRequest(form),
    });
    if (detail) onStarted(detail);
  };
  return (
    <RunDialogFrame
      title={t('runDialog.title', { task: definition.name })}
      kind="run"
      place={definition}
      task={definition.name}
      runner={definition.runner}
      image={definition.image}
      hash={definition.hash}
      retries={definition.retries}
      timeout={definition.timeout}
      secret={definition.secureParameters}
      form={form}
      onForm={setForm}
      pending={pending}
      error={error}
      onClose={onClose}
      onSubmit={submit}
    >
      {choices.length > 1 && (
        <Select
          label={t('runDialog.where')}
          options={choices.map(choice => ({
            id: formatPlace(choice),
            label: formatPlace(choice),
          }))}
          value={formatPlace(definition)}
          onChange={key => choose(String(key))}
        />
      )}
    </RunDialogFrame>
  );
}

function isAvailable({ targets }: DefinitionList, place: Place): boolean {
  return targets.find(target => isSamePlace(target, place))?.available ?? true;
}
