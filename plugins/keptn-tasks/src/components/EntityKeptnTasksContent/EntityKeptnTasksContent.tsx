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

import { stringifyEntityRef } from '@backstage/catalog-model';
import { AnalyticsContext } from '@backstage/frontend-plugin-api';
import {
  MissingAnnotationEmptyState,
  useEntity,
} from '@backstage/plugin-catalog-react';
import {
  isKeptnTasksAvailable,
  KUBERNETES_NAMESPACE_ANNOTATION,
  TARGETS_ANNOTATION,
} from 'backstage-plugin-keptn-tasks-common';
import { LiveUpdatesProvider } from '../../hooks/LiveUpdates';
import { DeploymentTasks } from './DeploymentTasks';

/** The deployment tasks of the entity on the page. */
export function EntityKeptnTasksContent() {
  const { entity } = useEntity();
  if (!isKeptnTasksAvailable(entity)) {
    return (
      <MissingAnnotationEmptyState
        annotation={[TARGETS_ANNOTATION, KUBERNETES_NAMESPACE_ANNOTATION]}
      />
    );
  }
  const entityRef = stringifyEntityRef(entity);
  return (
    <AnalyticsContext attributes={{ entityRef }}>
      <LiveUpdatesProvider key={entityRef} entityRef={entityRef}>
        <DeploymentTasks entityRef={entityRef} />
      </LiveUpdatesProvider>
    </AnalyticsContext>
  );
}
