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

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useNow } from '../../hooks/useNow';
import { formatAbsoluteTime, formatRelativeTime } from '../../lib/relativeTime';
import { keptnTasksTranslationRef } from '../../translation';

const REFRESH_INTERVAL_MS = 10_000;

/** How long ago something was; the exact time stands in the tooltip. */
export function RelativeTime(props: { at: string; className?: string }) {
  const { at, className } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const now = useNow(REFRESH_INTERVAL_MS);
  return (
    <time dateTime={at} title={formatAbsoluteTime(at)} className={className}>
      {formatRelativeTime(at, now, t('time.justNow'))}
    </time>
  );
}
