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

import { Link } from '@backstage/ui';
import { RiArrowLeftSLine } from '@remixicon/react';
import styles from './DetailPage.module.css';

/** The way back to what a page belongs to. */
export function BackLink(props: { href: string; children: string }) {
  const { href, children } = props;
  return (
    <Link href={href} standalone className={styles.back}>
      <RiArrowLeftSLine size={18} aria-hidden />
      {children}
    </Link>
  );
}
