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
import { Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { keptnTasksTranslationRef } from '../../translation';
import styles from './FiltersBar.module.css';

/** What narrows a list down: states as chips, and the other filters beside them. */
export function FiltersBar(props: {
  chips: ReactNode;
  children: ReactNode;
  /** Clears the filters; undefined when none is set. */
  onClear: (() => void) | undefined;
}) {
  const { chips, children, onClear } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <section className={styles.bar} aria-label={t('runs.filters')}>
      {chips}
      <div className={styles.selects}>
        {children}
        {onClear && (
          <Button variant="tertiary" onPress={onClear}>
            {t('runs.clear')}
          </Button>
        )}
      </div>
    </section>
  );
}
