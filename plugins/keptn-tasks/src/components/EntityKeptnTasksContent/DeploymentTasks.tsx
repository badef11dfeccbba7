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

import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { RunDetail } from 'backstage-plugin-keptn-tasks-common';
import { useDefinitions } from '../../hooks/useDefinitions';
import { useRunPermissions } from '../../hooks/useRunPermissions';
import { useMountedTasksPaths } from '../../hooks/useTasksPaths';
import type { Place } from '../../lib/place';
import { RerunDialog } from '../RunDialog/RerunDialog';
import { RunDialog } from '../RunDialog/RunDialog';
import { TasksContext } from '../Tasks/TasksContext';
import { TasksLayout } from './TasksLayout';

type OpenDialog =
  | { kind: 'run'; definition: Place & { name: string } }
  | { kind: 'rerun'; runId: string };

/** Everything in the tab: what it knows, what it can ask for, and the dialogs above the views. */
export function DeploymentTasks(props: { entityRef: string }) {
  const { entityRef } = props;
  const paths = useMountedTasksPaths();
  const navigate = useNavigate();
  const { loading, mayRun, mayCancel } = useRunPermissions(entityRef);
  const definitions = useDefinitions(entityRef);
  const [dialog, setDialog] = useState<OpenDialog>();

  const value = useMemo(
    () => ({
      entityRef,
      paths,
      permissions: { loading, mayRun, mayCancel },
      openRun: (definition: Place & { name: string }) =>
        setDialog({ kind: 'run', definition }),
      openRerun: (runId: string) => setDialog({ kind: 'rerun', runId }),
    }),
    [entityRef, paths, loading, mayRun, mayCancel],
  );
  const close = () => setDialog(undefined);
  const showStarted = ({ run }: RunDetail) => {
    close();
    navigate(paths.run(run.id));
  };
  return (
    <TasksContext.Provider value={value}>
      <TasksLayout definitions={definitions} />
      {dialog?.kind === 'run' && definitions.data && (
        <RunDialog
          wanted={dialog.definition}
          list={definitions.data}
          onClose={close}
          onStarted={showStarted}
        />
      )}
      {dialog?.kind === 'rerun' && (
        <RerunDialog
          runId={dialog.runId}
          onClose={close}
          onStarted={showStarted}
        />
      )}
    </TasksContext.Provider>
  );
}
