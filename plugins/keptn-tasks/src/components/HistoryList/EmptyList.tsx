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
import { Text } from '@backstage/ui';
import styles from './HistoryList.module.css';

/** Why a list is empty, and what to do about it. */
export function EmptyList(props: { title: string; children: ReactNode }) {
  const { title, children } = props;
  return (
    <div className={styles.empty}>
      <Text as="h2" variant="title-x-small">
        {title}
      </Text>
      {children}
    </div>
  );
}
