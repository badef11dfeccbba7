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

import type { HTMLAttributes } from 'react';
import { stateDisplay, type AnyState } from '../../lib/stateDisplay';
import { StateIcon } from './StateIcon';
import styles from './StateChip.module.css';

/** The icon of a state, or another in its place, in the colour of the state. */
export function Toned(
  props: HTMLAttributes<HTMLSpanElement> & { state: AnyState },
) {
  const {
    state,
    className = '',
    children = <StateIcon state={state} size={16} />,
    ...span
  } = props;
  return (
    <span
      {...span}
      className={`${styles.toned} ${className}`}
      data-tone={stateDisplay[state].tone}
    >
      {children}
    </span>
  );
}
