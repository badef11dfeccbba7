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

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { stateDisplay, type AnyState } from '../../lib/stateDisplay';
import { keptnTasksTranslationRef } from '../../translation';
import { StateIcon } from './StateIcon';
import styles from './StateChip.module.css';

/** A state as a word, an icon and a colour. */
export function StateChip(props: {
  state: AnyState;
  /** Somebody asked the run to stop, and it has not yet. */
  cancelRequested?: boolean;
}) {
  const { state, cancelRequested } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const stopping =
    cancelRequested && (state === 'Pending' || state === 'Progressing');
  return (
    <span className={styles.chip} data-tone={stateDisplay[state].tone}>
      <StateIcon state={state} size={16} />
      {stopping ? t('state.cancelling') : t(`state.${state}`)}
    </span>
  );
}
