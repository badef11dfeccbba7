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

import {
  RiBox3Line,
  RiJavascriptLine,
  RiQuestionLine,
  RiTerminalBoxLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Runner } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksTranslationRef } from '../../translation';
import styles from './TasksView.module.css';

const ICONS: Record<Runner, RemixiconComponentType> = {
  deno: RiJavascriptLine,
  python: RiTerminalBoxLine,
  container: RiBox3Line,
};

/** What runs a definition's code. */
export function RunnerIcon(props: { runner: Runner | undefined }) {
  const { runner } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const Icon = runner ? ICONS[runner] : RiQuestionLine;
  const label = t(runner ? `runner.${runner}` : 'runner.unknown');
  return (
    <span role="img" aria-label={label} title={label} className={styles.runner}>
      <Icon size={22} />
    </span>
  );
}
