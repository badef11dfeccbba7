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

import { boolean, object, open, string, strings } from './words.mjs';

/**
 * The fields of a core/v1 Container. What is inside them is left to the API server, which checks it when the Pod is
 * made and knows fields that this file does not.
 */
export const container = {
  ...object(
    'A container that does the work, as in a Pod.',
    {
      args: strings('Arguments of the entry point.'),
      command: strings('Entry point; the one of the image when absent.'),
      env: open('array', 'Environment variables.'),
      envFrom: open('array', 'Sources of environment variables.'),
      image: string('Image to run.'),
      imagePullPolicy: string('Always, IfNotPresent or Never.'),
      lifecycle: open('object', 'Hooks after the start and before the end.'),
      livenessProbe: open('object', 'Probe that restarts the container.'),
      name: string('Name of the container.'),
      ports: open('array', 'Ports to expose.'),
      readinessProbe: open(
        'object',
        'Probe that takes the container out of Services.',
      ),
      resizePolicy: open('array', 'What a change of resources does.'),
      resources: open('object', 'Requests and limits.'),
      restartPolicy: string('Only for init containers.'),
      securityContext: open('object', 'Security options.'),
      startupProbe: open(
        'object',
        'Probe that tells when the container has started.',
      ),
      stdin: boolean('Whether to keep a buffer for standard input.'),
      stdinOnce: boolean(
        'Whether to close standard input after the first attachment.',
      ),
      terminationMessagePath: string(
        'File with the last words of the container.',
      ),
      terminationMessagePolicy: string('File or FallbackToLogsOnError.'),
      tty: boolean('Whether to allocate a terminal.'),
      volumeDevices: open('array', 'Block devices.'),
      volumeMounts: open(
        'array',
        'Volumes to mount. A name that the pod template does not declare gets an empty directory.',
      ),
      workingDir: string('Working directory.'),
    },
    { required: ['name'] },
  ),
  'x-kubernetes-preserve-unknown-fields': true,
};
