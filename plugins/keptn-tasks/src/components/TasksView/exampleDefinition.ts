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

/** A command that gives a namespace its first definition. */
export function exampleDefinition(namespace = 'default'): string {
  return `kubectl apply -n ${namespace} -f - <<'EOF'
apiVersion: lifecycle.keptn.sh/v1
kind: KeptnTaskDefinition
metadata:
  name: hello
spec:
  deno:
    inline:
      code: |
        console.log('Hello from a deployment task');
EOF`;
}

/** A command that asks the cluster for a run. */
export function exampleTask(namespace = 'default', definition = 'hello') {
  return `kubectl create -n ${namespace} -f - <<'EOF'
apiVersion: lifecycle.keptn.sh/v1
kind: KeptnTask
metadata:
  generateName: ${definition}-
spec:
  taskDefinition: ${definition}
EOF`;
}
