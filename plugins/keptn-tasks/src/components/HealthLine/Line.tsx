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
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Tone } from '../../lib/stateDisplay';
import { keptnTasksTranslationRef } from '../../translation';
import styles from './HealthLine.module.css';

/** The box around the sentence, in the colour of its answer. */
export function Line(props: {
  tone: Tone;
  icon: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <section
      className={styles.line}
      data-tone={props.tone}
      aria-label={t('health.label')}
      aria-live="polite"
    >
      {props.icon}
      {props.children}
    </section>
  );
}
