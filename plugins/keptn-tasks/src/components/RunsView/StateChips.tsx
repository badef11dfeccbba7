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

import { ToggleButton } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RUN_STATES,
  type RunCounts,
  type RunState,
} from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksTranslationRef } from '../../translation';
import { StateIcon } from '../StateChip/StateIcon';
import styles from './RunFiltersBar.module.css';

/** The states to choose from, each with how many runs it has. */
export function StateChips(props: {
  selected: readonly RunState[];
  counts: RunCounts | undefined;
  onChange: (selected: RunState[]) => void;
}) {
  const { selected, counts, onChange } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const toggle = (state: RunState) =>
    onChange(
      RUN_STATES.filter(one =>
        one === state ? !selected.includes(one) : selected.includes(one),
      ),
    );
  return (
    <fieldset className={styles.chips} aria-label={t('runs.filterStates')}>
      {RUN_STATES.map(state => (
        <ToggleButton
          key={state}
          iconStart={<StateIcon state={state} size={16} />}
          isSelected={selected.includes(state)}
          onChange={() => toggle(state)}
        >
          {t(`state.${state}`)}{' '}
          {counts && (
            <span className={styles.count}>{countText(counts, state, t)}</span>
          )}
        </ToggleButton>
      ))}
    </fieldset>
  );
}

function countText(
  { states, limit }: RunCounts,
  state: RunState,
  t: (key: 'runs.atLeast', options: { count: string }) => string,
): string {
  const count = states[state] ?? 0;
  return count >= limit ? t('runs.atLeast', { count: `${count}` }) : `${count}`;
}
