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

import { version } from './resource.mjs';
import { boolean, duration, object, string } from './words.mjs';

const config = {
  spec: object('Settings of the cluster. Read in the Keptn namespace only.', {
    OTelCollectorUrl: string('Not used: the portal decides where traces go.'),
    keptnAppCreationRequestTimeoutSeconds: {
      type: 'integer',
      description:
        'How long the workloads of an app are waited for before the app is made of them.',
      default: 30,
    },
    cloudEventsEndpoint: string(
      'An http or https URL that each event is posted to.',
    ),
    blockDeployment: {
      ...boolean('Whether a failed check keeps a version from being deployed.'),
      default: true,
    },
    observabilityTimeout: duration('How long a deployment may take.', {
      default: '5m',
    }),
    restApiEnabled: { ...boolean('Not used.'), default: false },
  }),
  status: { type: 'object' },
};

export const configs = {
  kind: 'KeptnConfig',
  group: 'options.keptn.sh',
  versions: [version('v1alpha1', config, undefined, 'v1alpha1')],
};
