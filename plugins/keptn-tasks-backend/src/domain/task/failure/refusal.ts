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

import type { Finding } from './Finding';
import { missingObject } from './missingObject';

/** Why the API server does not let a Pod or a Job be created, from its own words. */
export function refusal(text: string, namespace: string): Finding {
  const missing = missingObject(text, namespace);
  if (missing) {
    return missing;
  }
  const detail = withoutPrefix(text);
  if (/exceeded quota|failed quota|must specify (limits|requests)/.test(text)) {
    return {
      reason: 'QuotaExceeded',
      message: `The quota of namespace ${namespace} does not allow the task's Pod: ${detail}`,
    };
  }
  if (/violates PodSecurity/.test(text)) {
    return {
      reason: 'PodSecurityDenied',
      message: `The Pod Security Standard of namespace ${namespace} does not allow the task's Pod: ${detail}`,
    };
  }
  if (
    /admission webhook|denied the request|denied request|ValidatingAdmissionPolicy|is forbidden/.test(
      text,
    )
  ) {
    return {
      reason: 'AdmissionDenied',
      message: `The cluster does not admit the task's Pod: ${detail}`,
    };
  }
  return {
    reason: 'StartFailed',
    message: `The task's Pod cannot be created: ${detail}`,
  };
}

/** Without the name of a Pod that nobody will ever see, which also changes with every try. */
function withoutPrefix(text: string): string {
  return text
    .replace(/^Error creating: /, '')
    .replace(/^pods "[^"]*" is forbidden: /, '')
    .replace(/^jobs\.batch "[^"]*" is forbidden: /, '');
}
