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
import type {
  Environment,
  Release,
  RunDetail,
} from 'backstage-plugin-keptn-tasks-common';
import { useDefinitions } from '../../hooks/useDefinitions';
import { useEnvironments } from '../../hooks/useEnvironments';
import { useRunPermissions } from '../../hooks/useRunPermissions';
import { useMountedTasksPaths } from '../../hooks/useTasksPaths';
import type { Place } from '../../lib/place';
import { GateDialog } from '../ReleaseDialogs/GateDialog';
import { RepeatDialog } from '../ReleaseDialogs/RepeatDialog';
import { RerunDialog } from '../RunDialog/RerunDialog';
import { RunDialog } from '../RunDialog/RunDialog';
import { TasksContext } from '../Tasks/TasksContext';
import { TasksLayout } from './TasksLayout';

type OpenDialog =
  | { kind: 'run'; definition: Place & { name: string } }
  | { kind: 'rerun'; runId: string }
  | { kind: 'repeat'; release: Release }
  | { kind: 'gate'; releases: Release[] };

const NONE: Environment[] = [];

/** Everything in the tab: what it knows, what it can ask for, and the dialogs above the views. */
export function DeploymentTasks(props: { entityRef: string }) {
  const { entityRef } = props;
  const paths = useMountedTasksPaths();
  const navigate = useNavigate();
  const { loading, mayRun, mayCancel, mayRepeat, mayOpenGate } =
    useRunPermissions(entityRef);
  const definitions = useDefinitions(entityRef);
  const releases = useEnvironments(entityRef);
  const environments = releases.data?.items ?? NONE;
  const [dialog, setDialog] = useState<OpenDialog>();
  const [notice, setNotice] = useState<string>();

  const value = useMemo(
    () => ({
      entityRef,
      paths,
      permissions: { loading, mayRun, mayCancel, mayRepeat, mayOpenGate },
      environments,
      openRun: (definition: Place & { name: string }) =>
        setDialog({ kind: 'run', definition }),
      openRerun: (runId: string) => setDialog({ kind: 'rerun', runId }),
      openRepeat: (release: Release) => setDialog({ kind: 'repeat', release }),
      openGate: (held: Release[]) =>
        setDialog({ kind: 'gate', releases: held }),
    }),
    [
      entityRef,
      paths,
      environments,
      loading,
      mayRun,
      mayCancel,
      mayRepeat,
      mayOpenGate,
    ],
  );
  const close = () => setDialog(undefined);
  const showStarted = ({ run }: RunDetail) => {
    close();
    navigate(paths.run(run.id));
  };
  const tellDone = (sentence: string) => {
    close();
    setNotice(sentence);
    releases.refresh();
  };
  return (
    <TasksContext.Provider value={value}>
      <TasksLayout
        definitions={definitions}
        releases={releases}
        notice={notice}
        onNoticeRead={() => setNotice(undefined)}
      />
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
      {dialog?.kind === 'repeat' && (
        <RepeatDialog
          release={dialog.release}
          onClose={close}
          onDone={tellDone}
        />
      )}
      {dialog?.kind === 'gate' && (
        <GateDialog
          releases={dialog.releases}
          onClose={close}
          onDone={tellDone}
        />
      )}
    </TasksContext.Provider>
  );
}
