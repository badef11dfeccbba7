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

import type { ReactNode } from 'react';
import { Box, Text } from '@backstage/ui';
import { stateDisplay, type AnyState } from '../../lib/stateDisplay';
import styles from './DetailPage.module.css';

/** How it ended or what it is doing, in the colour of its state; below it whatever else there is to say. */
export function Outcome(props: {
  state: AnyState;
  cause: ReactNode;
  children?: ReactNode;
}) {
  const { state, cause, children } = props;
  return (
    <Box
      as="section"
      bg="neutral"
      className={styles.outcome}
      data-tone={stateDisplay[state].tone}
      aria-live="polite"
    >
      <Text as="p" variant="body-large" weight="bold" className={styles.cause}>
        {cause}
      </Text>
      {children}
    </Box>
  );
}
