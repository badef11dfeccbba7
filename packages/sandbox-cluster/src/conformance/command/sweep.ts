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

import { ApiClient } from '../client/ApiClient';
import { readKubeconfigFile } from '../client/readKubeconfig';
import { admission } from '../support/admission';
import { customResourceDefinitions, namespaces } from '../support/paths';
import { RUN_LABEL, target } from '../target';

/** Removes what a run that was broken off has left in a real cluster. Says what it removes. */
async function sweep(): Promise<void> {
  const { kubeconfigFile, context, run } = target;
  if (!kubeconfigFile) {
    return;
  }
  const connection = readKubeconfigFile(kubeconfigFile, context);
  const api = new ApiClient(() => connection);
  for (const path of [
    namespaces,
    customResourceDefinitions,
    admission.bindings,
    admission.policies,
  ]) {
    const { body, status } = await api.get(path(), {
      query: { labelSelector: `${RUN_LABEL}=${run}` },
    });
    // Not every version serves every kind.
    if (status === 404) continue;
    for (const { metadata } of body.items) {
      console.log(`Removing what is left: ${metadata.name}`);
      await api.delete(path(metadata.name));
    }
  }
  api.close();
}

sweep().catch(error => {
  console.error(`Cannot look for what is left: ${error.message}`);
  process.exit(1);
});
