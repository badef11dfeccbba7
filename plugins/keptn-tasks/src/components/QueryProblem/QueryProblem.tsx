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

import { Alert, Button, ButtonLink } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { apiErrorKind, errorMessage } from '../../lib/apiError';
import { keptnTasksTranslationRef } from '../../translation';

/** Why there is nothing to see, and what to do about it. */
export function QueryProblem(props: {
  error: Error;
  onRetry: () => void;
  /** Where to go when what was asked for does not exist. */
  backTo?: string;
  /** A release was asked for, not a run. */
  ofRelease?: boolean;
  /** Something older is shown below. */
  hasData?: boolean;
}) {
  const { error, onRetry, backTo, ofRelease, hasData } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const kind = apiErrorKind(error);
  if (kind === 'forbidden') {
    return (
      <Alert
        role="alert"
        status="info"
        icon
        title={t('problem.forbiddenTitle')}
        description={t('problem.forbidden')}
      />
    );
  }
  if (kind === 'notFound' && backTo) {
    return (
      <Alert
        role="alert"
        status="info"
        icon
        title={t(
          ofRelease ? 'problem.releaseNotFoundTitle' : 'problem.notFoundTitle',
        )}
        description={t('problem.notFound')}
        customActions={
          <ButtonLink variant="secondary" href={backTo}>
            {t(ofRelease ? 'problem.backToReleases' : 'problem.backToRuns')}
          </ButtonLink>
        }
      />
    );
  }
  return (
    <Alert
      role="alert"
      status={hasData ? 'warning' : 'danger'}
      icon
      title={t(hasData ? 'problem.staleTitle' : 'problem.errorTitle')}
      description={errorMessage(error)}
      customActions={
        <Button variant="secondary" onPress={onRetry}>
          {t('common.retry')}
        </Button>
      }
    />
  );
}
