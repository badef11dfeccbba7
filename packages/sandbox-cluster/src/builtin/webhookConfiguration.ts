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
import { HOOK_CONDITION_NAMES } from '../admission/webhooks/hooks';
import {
  FieldError,
  invalid,
  notSupported,
  required,
} from '../errors/FieldError';
import { Strategy } from '../resources/ResourceType';
import { Json } from '../schema/json';
import {
  conditionErrors,
  oneOf,
  ruleErrors,
  setRuleDefaults,
} from './admissionRules';
import { plainStrategy } from './simple';

const ORDINARY =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?){2,}$/;

/** The rules of MutatingWebhookConfigurations and ValidatingWebhookConfigurations. */
export function webhookStrategy(kind: 'mutating' | 'validating'): Strategy {
  return {
    ...plainStrategy,
    hasGeneration: true,
    setDefaults: ({ webhooks = [] }) => {
      for (const webhook of webhooks as Json[]) {
        webhook.failurePolicy ??= 'Fail';
        webhook.matchPolicy ??= 'Equivalent';
        webhook.namespaceSelector ??= {};
        webhook.objectSelector ??= {};
        webhook.timeoutSeconds ??= 10;
        if (kind === 'mutating') webhook.reinvocationPolicy ??= 'Never';
        if (webhook.clientConfig?.service) {
          webhook.clientConfig.service.port ??= 443;
        }
        setRuleDefaults(webhook.rules);
      }
    },
    validate: ({ webhooks = [] }) =>
      (webhooks as Json[]).flatMap((webhook, index) =>
        webhookErrors(webhook, `webhooks[${index}]`, kind),
      ),
  };
}

function webhookErrors(
  webhook: Json,
  at: string,
  kind: 'mutating' | 'validating',
): FieldError[] {
  const { name = '', timeoutSeconds: seconds } = webhook;
  const errors: FieldError[] = [];
  if (!webhook.admissionReviewVersions?.length) {
    errors.push(
      required(
        `${at}.admissionReviewVersions`,
        'must specify one of v1, v1beta1',
      ),
    );
  }
  if (!ORDINARY.test(name)) {
    errors.push(
      invalid(
        `${at}.name`,
        name,
        'should be a domain with at least three segments separated by dots',
      ),
    );
  }
  errors.push(
    ...ruleErrors(webhook.rules, `${at}.rules`),
    ...oneOf(webhook, at, 'failurePolicy', ['Fail', 'Ignore']),
    ...oneOf(webhook, at, 'matchPolicy', ['Equivalent', 'Exact']),
    ...sideEffectErrors(webhook.sideEffects, `${at}.sideEffects`),
  );
  if (seconds < 1 || seconds > 30) {
    errors.push(
      invalid(
        `${at}.timeoutSeconds`,
        seconds,
        'the timeout value must be between 1 and 30 seconds',
      ),
    );
  }
  if (kind === 'mutating') {
    errors.push(
      ...oneOf(webhook, at, 'reinvocationPolicy', ['IfNeeded', 'Never']),
    );
  }
  return [
    ...errors,
    ...clientErrors(webhook.clientConfig ?? {}, `${at}.clientConfig`),
    ...conditionErrors(
      webhook.matchConditions,
      `${at}.matchConditions`,
      HOOK_CONDITION_NAMES,
    ),
  ];
}

function sideEffectErrors(value: string | undefined, at: string): FieldError[] {
  const allowed = ['None', 'NoneOnDryRun'];
  if (value === undefined) {
    return [required(at, 'must specify one of None, NoneOnDryRun')];
  }
  return allowed.includes(value) ? [] : [notSupported(at, value, allowed)];
}

function clientErrors({ url, service }: Json, at: string): FieldError[] {
  if ((url === undefined) === (service === undefined)) {
    return [required(at, 'exactly one of url or service is required')];
  }
  if (url !== undefined) {
    return /^https:\/\/[^/?#@]+[^?#@]*$/.test(url)
      ? []
      : [
          invalid(
            `${at}.url`,
            url,
            "'https' is the only allowed URL scheme; desired format: https://host[/path]",
          ),
        ];
  }
  return ['name', 'namespace']
    .filter(field => !service[field])
    .map(field =>
      required(`${at}.service.${field}`, `service ${field} is required`),
    );
}
