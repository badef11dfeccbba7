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

import { Text } from '@backstage/ui';
import type { ReleaseTrouble } from '../../lib/releaseHealth';
import { TroubleActions } from './TroubleActions';
import { TroubleSentence, type TroubleKind } from './TroubleSentence';
import { GatedPods } from './GatedPods';
import styles from './Releases.module.css';

/** What holds a release or has failed in it, since when, which Pods wait, and what can be done. */
export function HoldNote(props: {
  kind: TroubleKind;
  trouble: ReleaseTrouble;
  /** Only what can be done with the run that is to blame; the rest is offered elsewhere. */
  runOnly?: boolean;
}) {
  const { kind, trouble, runOnly } = props;
  const danger = kind === 'held' || kind === 'failed';
  return (
    <div className={styles.note} data-tone={danger ? 'danger' : 'waiting'}>
      <Text as="p" weight="bold" className={styles.wrap}>
        <TroubleSentence kind={kind} trouble={trouble} short />
      </Text>
      {trouble.message && (
        <Text as="p" className={styles.wrap}>
          {trouble.message}
        </Text>
      )}
      <GatedPods releases={trouble.environment.workloads} />
      <div className={styles.actions}>
        <TroubleActions kind={kind} trouble={trouble} runOnly={runOnly} />
      </div>
    </div>
  );
}
