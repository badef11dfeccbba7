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
import { column, withAge } from '../table/columns';
import { define, Described } from './define';
import {
  mutatingPolicyBindingStrategy,
  mutatingPolicyStrategy,
} from './mutatingPolicy';
import * as schemas from './schemas/admission';
import { webhookStrategy } from './webhookConfiguration';

const registered = (described: Described) =>
  define('admissionregistration.k8s.io', 'v1', {
    ...described,
    cluster: true,
    categories: ['api-extensions'],
  });

const webhookColumns = withAge(
  column(
    'Webhooks',
    'Webhooks indicates the number of webhooks registered in this configuration',
    ({ webhooks = [] }) => webhooks.length,
  ),
);

/** What users of the cluster register to look at writes. */
export const admissionTypes = [
  registered({
    kind: 'MutatingAdmissionPolicy',
    plural: 'mutatingadmissionpolicies',
    schema: schemas.mutatingPolicy,
    strategy: mutatingPolicyStrategy,
    columns: withAge(
      column(
        'Mutations',
        'Mutations indicates the number of mutation rules defined in this configuration',
        ({ spec }) => spec.mutations?.length ?? 0,
      ),
      column(
        'ParamKind',
        'ParamKind specifies the kind of resources used to parameterize this policy',
        ({ spec: { paramKind: kind } }) =>
          kind ? `${kind.apiVersion}/${kind.kind}` : '<unset>',
      ),
    ),
  }),
  registered({
    kind: 'MutatingAdmissionPolicyBinding',
    plural: 'mutatingadmissionpolicybindings',
    schema: schemas.mutatingPolicyBinding,
    strategy: mutatingPolicyBindingStrategy,
    columns: withAge(
      column(
        'PolicyName',
        'PolicyName indicates the policy definition which the policy binding binded to',
        ({ spec }) => spec.policyName,
      ),
      column(
        'ParamRef',
        'ParamRef indicates the param resource which sets the configration param',
        ({ spec: { paramRef: ref } }) =>
          ref ? `${ref.namespace || '*'}/${ref.name || '*'}` : '<unset>',
      ),
    ),
  }),
  registered({
    kind: 'MutatingWebhookConfiguration',
    plural: 'mutatingwebhookconfigurations',
    schema: schemas.mutatingWebhooks,
    strategy: webhookStrategy('mutating'),
    columns: webhookColumns,
  }),
  registered({
    kind: 'ValidatingWebhookConfiguration',
    plural: 'validatingwebhookconfigurations',
    schema: schemas.validatingWebhooks,
    strategy: webhookStrategy('validating'),
    columns: webhookColumns,
  }),
];
