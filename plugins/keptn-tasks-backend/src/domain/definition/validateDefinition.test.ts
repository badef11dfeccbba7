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

import { aDefinition } from '../__testUtils__/builders';
import type { KeptnTaskDefinitionSpec } from '../resources';
import { validateDefinition } from './validateDefinition';

const inline = { inline: { code: 'x' } };
const deno = inline;

describe('validateDefinition', () => {
  it.each<[KeptnTaskDefinitionSpec]>([
    [{ deno }],
    [{ python: { httpRef: { url: 'http://host:8080/a.py?b=c' } } }],
    [{ deno: { functionRef: { name: 'a.b-c' } } }],
    [{ deno: { configMapRef: { name: 'a' } }, retries: 0 }],
    [{ deno, timeout: '1h30m', ttlSecondsAfterFinished: 0 }],
    [{ deno: { ...inline, secureParameters: { secret: '' } } }],
    [
      {
        container: { name: 'c', image: 'i' },
        imagePullSecrets: [{ name: '' }],
      },
    ],
  ])('has nothing to say about %j', spec => {
    expect(validateDefinition(aDefinition(spec))).toEqual([]);
  });

  it.each<[string, KeptnTaskDefinitionSpec, string]>([
    [
      'no runner',
      {},
      'spec must have exactly one of deno, python and container; it has none.',
    ],
    [
      'two runners',
      { deno, container: { name: 'c', image: 'i' } },
      'spec must have exactly one of deno, python and container; it has deno and container.',
    ],
    [
      'D-59 the legacy function',
      { function: inline } as KeptnTaskDefinitionSpec,
      'spec.function is no longer supported; use spec.deno with the same content.',
    ],
    [
      'two sources',
      { python: { ...inline, configMapRef: { name: 'a' } } },
      'spec.python must have exactly one of inline, httpRef, functionRef, configMapRef as the source of its code; it has inline and configMapRef.',
    ],
    [
      'empty code',
      { deno: { inline: { code: '' } } },
      'spec.deno.inline.code is empty; it must hold the code.',
    ],
    [
      'a URL of another kind',
      { deno: { httpRef: { url: 'file:///etc/passwd' } } },
      'spec.deno.httpRef.url is "file:///etc/passwd"; it must be an http or https URL.',
    ],
    [
      'a URL that is none',
      { deno: { httpRef: { url: 'not a url' } } },
      'spec.deno.httpRef.url is "not a url"; it must be an http or https URL.',
    ],
    [
      'no URL',
      { deno: { httpRef: {} } },
      'spec.deno.httpRef.url is empty; it must be an http or https URL.',
    ],
    [
      'a reference to nothing',
      { deno: { functionRef: {} } },
      'spec.deno.functionRef.name is empty; it must be the name of an object.',
    ],
    [
      'a name that nothing can have',
      { deno: { configMapRef: { name: 'My Code' } } },
      'spec.deno.configMapRef.name is "My Code", which cannot be the name of an object: only lower-case letters, digits, "-" and ".".',
    ],
    [
      'a Secret that cannot be',
      { deno: { ...inline, secureParameters: { secret: 'a_b' } } },
      'spec.deno.secureParameters.secret is "a_b", which cannot be the name of an object: only lower-case letters, digits, "-" and ".".',
    ],
    [
      'D-50 a timeout that is no duration',
      { deno, timeout: 'abc5m' },
      'spec.timeout is "abc5m"; it must be a duration such as 90s, 5m or 1h30m.',
    ],
    [
      'a timeout of nothing',
      { deno, timeout: '0' },
      'spec.timeout is "0"; it must be at least 1s, because a shorter one ends the task before it begins.',
    ],
    [
      'retries below zero',
      { deno, retries: -1 },
      'spec.retries is -1; it must be a whole number, 0 or more.',
    ],
    [
      'a ttl that is not whole',
      { deno, ttlSecondsAfterFinished: 0.5 },
      'spec.ttlSecondsAfterFinished is 0.5; it must be a whole number, 0 or more.',
    ],
    [
      'a container without image',
      { container: { name: 'c' } },
      'spec.container.image is missing; it must name the image to run.',
    ],
    [
      'an empty ServiceAccount',
      { deno, serviceAccount: { name: '' } },
      'spec.serviceAccount.name is empty; it must be the name of an object.',
    ],
  ])('names %s', (_name, spec, sentence) => {
    expect(validateDefinition(aDefinition(spec))).toEqual([sentence]);
  });

  it.each([
    ['{', 'Annotation keptn-tasks/pod-template is neither JSON nor YAML: '],
    [
      'text',
      'Annotation keptn-tasks/pod-template must be an object with fields of a PodSpec.',
    ],
    [
      'restartPolicy: OnFailure',
      'Annotation keptn-tasks/pod-template.restartPolicy cannot be set; allowed are ',
    ],
    [
      'hostNetwork: true',
      'Annotation keptn-tasks/pod-template.hostNetwork cannot be set',
    ],
    [
      'tolerations: {}',
      'Annotation keptn-tasks/pod-template.tolerations must be a list.',
    ],
    [
      'securityContext: [1]',
      'Annotation keptn-tasks/pod-template.securityContext must be an object.',
    ],
    [
      'containers: [{}, {}]',
      'Annotation keptn-tasks/pod-template.containers must be a list of at most one container: a task has one.',
    ],
    [
      'containers: [{ image: evil }]',
      'Annotation keptn-tasks/pod-template.containers[0].image cannot be set',
    ],
  ])('names what is wrong with the pod template %s', (text, sentence) => {
    const [problem] = validateDefinition(
      aDefinition(undefined, {
        annotations: { 'keptn-tasks/pod-template': text },
      }),
    );
    expect(problem).toContain(sentence);
  });
});
