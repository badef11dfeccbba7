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
import styles from './FirstSteps.module.css';

/** What stands where there is nothing yet: how to get the first. */
export function FirstSteps(props: { title: string; children: ReactNode }) {
  const { title, children } = props;
  return (
    <Box as="section" bg="neutral" className={styles.steps}>
      <Text as="h2" variant="title-x-small">
        {title}
      </Text>
      {children}
    </Box>
  );
}
