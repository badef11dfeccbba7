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

import { Button } from '@backstage/ui';
import { RiArrowLeftLine, RiArrowRightLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { keptnTasksTranslationRef } from '../../translation';
import styles from './HistoryList.module.css';

/** The way to older rows and back. Nothing when there is one page only. */
export function Pager(props: {
  /** What there are pages of. */
  label: string;
  onNewer?: () => void;
  onOlder?: () => void;
}) {
  const { label, onNewer, onOlder } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (!onNewer && !onOlder) return null;
  return (
    <nav className={styles.pager} aria-label={label}>
      <Button
        variant="secondary"
        iconStart={<RiArrowLeftLine />}
        isDisabled={!onNewer}
        onPress={onNewer}
      >
        {t('runs.newer')}
      </Button>
      <Button
        variant="secondary"
        iconEnd={<RiArrowRightLine />}
        isDisabled={!onOlder}
        onPress={onOlder}
      >
        {t('runs.older')}
      </Button>
    </nav>
  );
}
