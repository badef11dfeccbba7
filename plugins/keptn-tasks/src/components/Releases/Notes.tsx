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

import { RiInformationLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksTranslationRef } from '../../translation';
import { GateReleased } from './GateReleased';
import styles from './Releases.module.css';

/** What is worth knowing about a release. */
export function Notes(props: { release: Release }) {
  const { notes = [] } = props.release;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <>
      <GateReleased release={props.release} />
      {notes.length > 0 && (
        <ul className={styles.notes} aria-label={t('release.notes')}>
          {notes.map(note => (
            <li key={note}>
              <RiInformationLine size={16} aria-hidden />
              <span>{note}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
