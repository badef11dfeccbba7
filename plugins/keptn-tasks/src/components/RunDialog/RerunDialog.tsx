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

import { useEffect, useState } from 'react';
import {
  Dialog,
  DialogBody,
  DialogHeader,
  Flex,
  Skeleton,
} from '@backstage/ui';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunDetail } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksApiRef } from '../../api/keptnTasksApiRef';
import { useRerun } from '../../hooks/useRerun';
import { formOfRun, toRequest, type RunForm } from '../../lib/runForm';
import { keptnTasksTranslationRef } from '../../translation';
import { QueryProblem } from '../QueryProblem/QueryProblem';
import { useTasks } from '../Tasks/TasksContext';
import { RunDialogFrame } from './RunDialogFrame';

/** Repeats a run, as it was or with changes. */
export function RerunDialog(props: {
  runId: string;
  onClose: () => void;
  onStarted: (detail: RunDetail) => void;
}) {
  const { runId, onClose, onStarted } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { detail, error, retry } = useEarlierRun(runId);
  if (detail) {
    return (
      <LoadedRerunDialog
        detail={detail}
        onClose={onClose}
        onStarted={onStarted}
      />
    );
  }
  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={480}>
      <DialogHeader>{t('run.runAgain')}</DialogHeader>
      <DialogBody>
        {error ? (
          <QueryProblem error={error} onRetry={retry} />
        ) : (
          <Flex
            direction="column"
            gap="3"
            role="progressbar"
            aria-label={t('runDialog.loading')}
          >
            <Skeleton width="60%" height={20} />
            <Skeleton width="100%" height={40} />
            <Skeleton width="100%" height={40} />
          </Flex>
        )}
      </DialogBody>
    </Dialog>
  );
}

function LoadedRerunDialog(props: {
  detail: RunDetail;
  onClose: () => void;
  onStarted: (detail: RunDetail) => void;
}) {
  const { detail, onClose, onStarted } = props;
  const { run } = detail;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { entityRef } = useTasks();
  const { execute, pending, error } = useRerun();
  const [form, setForm] = useState<RunForm>(() => formOfRun(detail));

  const submit = async () => {
    const request = { entityRef, ...toRequest(form) };
    const started = await execute({ id: run.id, request });
    if (started) onStarted(started);
  };
  return (
    <RunDialogFrame
      title={t('runDialog.rerunTitle', { task: run.definition.name })}
      kind="rerun"
      place={run}
      task={run.definition.name}
      runner={run.runner}
      image={detail.image}
      secret={detail.secureParameters}
      form={form}
      onForm={setForm}
      pending={pending}
      error={error}
      onClose={onClose}
      onSubmit={submit}
    />
  );
}

/** The run as it was when the dialog opened: what is typed must not be overtaken by news. */
function useEarlierRun(runId: string) {
  const api = useApi(keptnTasksApiRef);
  const { entityRef } = useTasks();
  const [state, setState] = useState<{ detail?: RunDetail; error?: Error }>({});
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let mounted = true;
    setState({});
    api.getRun(runId, { entityRef }).then(
      detail => mounted && setState({ detail }),
      error => mounted && setState({ error }),
    );
    return () => {
      mounted = false;
    };
  }, [api, runId, entityRef, tries]);
  return { ...state, retry: () => setTries(count => count + 1) };
}
