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
import styles from './DetailPage.module.css';

/** What a page is about, and what can be done with it. */
export function DetailHeading(props: {
  /** Its state. */
  chip: ReactNode;
  title: string;
  /** What tells it from others; what is unknown is left out. */
  details: ReadonlyArray<string | false | undefined>;
  actions: ReactNode;
}) {
  const { chip, title, details, actions } = props;
  return (
    <header className={styles.heading}>
      <div className={styles.title}>
        {chip}
        <Text as="h2" variant="title-small">
          {title}
        </Text>
        <Text as="p" variant="body-large" color="secondary">
          {details.filter(Boolean).join(' · ')}
        </Text>
      </div>
      <div className={styles.actions}>{actions}</div>
    </header>
  );
}
