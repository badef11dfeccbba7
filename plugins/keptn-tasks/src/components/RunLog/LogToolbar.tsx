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

import {
  Button,
  ButtonIcon,
  SearchField,
  Text,
  ToggleButton,
} from '@backstage/ui';
import {
  RiArrowDownSLine,
  RiArrowUpSLine,
  RiDownloadLine,
  RiTextWrap,
  RiTimeLine,
} from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LogSearch } from './useLogSearch';
import { keptnTasksTranslationRef } from '../../translation';
import { CopyButton } from '../CopyButton/CopyButton';
import styles from './RunLog.module.css';

/** Search and settings of the log view. */
export function LogToolbar(props: {
  search: LogSearch;
  wrap: boolean;
  onWrap: (wrap: boolean) => void;
  showTimes: boolean;
  onShowTimes: (showTimes: boolean) => void;
  text: () => string;
  onDownload: () => void;
}) {
  const { search, wrap, onWrap, showTimes, onShowTimes } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { count, position } = search;
  return (
    <div className={styles.toolbar}>
      <SearchField
        className={styles.search}
        size="small"
        aria-label={t('log.search')}
        placeholder={t('log.search')}
        value={search.text}
        onChange={search.setText}
        onKeyDown={event => {
          if (event.key !== 'Enter') return;
          if (event.shiftKey) search.previous();
          else search.next();
        }}
      />
      {search.text && (
        <span className={styles.matches} aria-live="polite">
          <Text variant="body-small">
            {count === 0
              ? t('log.noMatches')
              : t('log.matches', {
                  current: String(position + 1),
                  total: String(count),
                })}
          </Text>
          <ButtonIcon
            variant="tertiary"
            icon={<RiArrowUpSLine />}
            aria-label={t('log.previous')}
            isDisabled={count === 0}
            onPress={search.previous}
          />
          <ButtonIcon
            variant="tertiary"
            icon={<RiArrowDownSLine />}
            aria-label={t('log.next')}
            isDisabled={count === 0}
            onPress={search.next}
          />
        </span>
      )}
      <span className={styles.tools}>
        <ToggleButton
          iconStart={<RiTextWrap />}
          isSelected={wrap}
          onChange={onWrap}
        >
          {t('log.wrap')}
        </ToggleButton>
        <ToggleButton
          iconStart={<RiTimeLine />}
          isSelected={showTimes}
          onChange={onShowTimes}
        >
          {t('log.timestamps')}
        </ToggleButton>
        <CopyButton text={props.text} label={t('log.copy')} />
        <Button
          variant="secondary"
          iconStart={<RiDownloadLine />}
          onPress={props.onDownload}
        >
          {t('log.download')}
        </Button>
      </span>
    </div>
  );
}
