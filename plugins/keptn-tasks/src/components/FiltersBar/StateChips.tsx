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
import type { AnyState } from '../../lib/stateDisplay';
import { keptnTasksTranslationRef } from '../../translation';
import { StateIcon } from '../StateChip/StateIcon';
import styles from './FiltersBar.module.css';

/** The states to choose from. */
export function StateChips<T extends AnyState>(props: {
  states: readonly T[];
  selected: readonly T[];
  onChange: (selected: T[]) => void;
  /** How many there are of a state, where that is known. */
  countOf?: (state: T) => string;
}) {
  const { states, selected, onChange, countOf } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const words = (state: AnyState) => t(`state.${state}`);
  const toggle = (state: T) =>
    onChange(
      states.filter(one =>
        one === state ? !selected.includes(one) : selected.includes(one),
      ),
    );
  return (
    <fieldset className={styles.chips} aria-label={t('runs.filterStates')}>
      {states.map(state => (
        <ToggleButton
          key={state}
          iconStart={<StateIcon state={state} size={16} />}
          isSelected={selected.includes(state)}
          onChange={() => toggle(state)}
        >
          {words(state)}{' '}
          {countOf && <span className={styles.count}>{countOf(state)}</span>}
        </ToggleButton>
      ))}
    </fieldset>
  );
}
