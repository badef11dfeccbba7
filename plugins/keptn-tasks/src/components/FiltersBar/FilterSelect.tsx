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

import { Select } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { keptnTasksTranslationRef } from '../../translation';
import styles from './FilterSelect.module.css';

const ALL = 'all';

/** One choice of many, or none of them in particular. */
export function FilterSelect<T extends string>(props: {
  label: string;
  value: T | undefined;
  options: Array<{ value: T; label: string }>;
  onChange: (value: T | undefined) => void;
}) {
  const { label, value, options, onChange } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <Select
      className={styles.select}
      size="small"
      label={label}
      options={[
        { id: ALL, label: t('runs.all') },
        ...options.map(option => ({ id: option.value, label: option.label })),
      ]}
      value={value ?? ALL}
      onChange={key => onChange(key === ALL ? undefined : (key as T))}
    />
  );
}
