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
import { Skeleton } from '@backstage/ui';
import {
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiErrorWarningFill,
  RiInformationLine,
  RiLoader4Line,
  RiTimeLine,
} from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { keptnTasksTranslationRef } from '../../translation';
import styles from './HealthLine.module.css';

const LOOKS = {
  checking: {
    tone: 'neutral',
    icon: <Skeleton width={20} height={20} rounded />,
  },
  none: { tone: 'neutral', icon: <RiInformationLine aria-hidden /> },
  passed: { tone: 'success', icon: <RiCheckboxCircleFill aria-hidden /> },
  underWay: { tone: 'info', icon: <RiLoader4Line aria-hidden /> },
  waiting: { tone: 'waiting', icon: <RiTimeLine aria-hidden /> },
  warning: { tone: 'waiting', icon: <RiErrorWarningFill aria-hidden /> },
  held: { tone: 'danger', icon: <RiCloseCircleFill aria-hidden /> },
  failed: { tone: 'danger', icon: <RiCloseCircleFill aria-hidden /> },
} as const;

/** The box around the sentence, in the colour of its answer. */
export function Line(props: {
  kind: keyof typeof LOOKS;
  sentence: ReactNode;
  /** What can be done about it. */
  actions?: ReactNode;
}) {
  const { kind, sentence, actions } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { tone, icon } = LOOKS[kind];
  return (
    <section
      className={styles.line}
      data-tone={tone}
      aria-label={t('health.label')}
      aria-live="polite"
    >
      {icon}
      <p className={styles.sentence}>{sentence}</p>
      {actions && <div className={styles.actions}>{actions}</div>}
    </section>
  );
}
