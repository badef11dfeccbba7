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
import { formatPlace } from '../../lib/place';
import type { ReleaseTrouble } from '../../lib/releaseHealth';
import { releaseLabel } from '../../lib/releaseNames';
import { keptnTasksTranslationRef } from '../../translation';
import { Elapsed } from '../Time/Elapsed';
import { RelativeTime } from '../Time/RelativeTime';

/** What kind of trouble a release can be in. */
export type TroubleKind = 'held' | 'failed' | 'waiting' | 'warning';

/** In one sentence: what does not go on, where, and which check is to blame since when. */
export function TroubleSentence(props: {
  kind: TroubleKind;
  trouble: ReleaseTrouble;
  /** Without what it is and where, which stands above. */
  short?: boolean;
}) {
  const { kind, trouble, short } = props;
  const words = short ? 'release.note' : 'health.release';
  const { subject, blamed, definition, since, environment } = trouble;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const name = `${releaseLabel(subject)} ${subject.version}`;
  const place = formatPlace(environment);
  const when = <RelativeTime at={since} />;
  if (kind === 'waiting') {
    const duration = <Elapsed from={since} calm />;
    return <>{t(`${words}.waiting`, { name, place, duration })}</>;
  }
  if (!definition) {
    return kind === 'held' ? (
      <>
        {t(`${words}.heldSince`, {
          name,
          place,
          duration: <Elapsed from={since} calm />,
        })}
      </>
    ) : (
      <>{t(`${words}.${kind}Since`, { name, place, when })}</>
    );
  }
  const task =
    blamed.id === subject.id
      ? definition
      : t('health.release.taskOf', {
          task: definition,
          owner: `${releaseLabel(blamed)} ${blamed.version}`,
        });
  return <>{t(`${words}.${kind}`, { name, place, task, when })}</>;
}
