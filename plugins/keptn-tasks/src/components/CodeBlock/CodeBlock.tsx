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
import styles from './CodeBlock.module.css';

/** Text as it stands, in a box that scrolls when it is too large. */
export function CodeBlock(props: {
  children: ReactNode;
  /** Breaks long lines and stays low. */
  compact?: boolean;
}) {
  return (
    // What can be scrolled must be within reach of the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className={styles.code} data-compact={props.compact} tabIndex={0}>
      {props.children}
    </pre>
  );
}
