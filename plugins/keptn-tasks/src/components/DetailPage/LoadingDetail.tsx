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

import { Skeleton } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { keptnTasksTranslationRef } from '../../translation';
import styles from './DetailPage.module.css';

/** The outline of a page whose parts are being fetched. */
export function LoadingDetail() {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <div
      className={styles.page}
      role="progressbar"
      aria-label={t('common.loading')}
    >
      <Skeleton width="40%" height={32} />
      <Skeleton width="70%" height={20} />
      <Skeleton width="100%" height={80} />
      <Skeleton width="100%" height={320} />
    </div>
  );
}
