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

import { aDefinition, aRun, aRunDetail } from '../__testUtils__/builders';
import {
  checkForm,
  fieldOfMessage,
  formOfDefinition,
  formOfRun,
  toRequest,
} from './runForm';

const definition = aDefinition({
  parameters: [
    { name: 'HEALTH_URL', value: 'http://a', source: 'definition' },
    { name: 'FAIL', value: 'false', source: 'definition' },
  ],
});

describe('the form of a definition', () => {
  const form = formOfDefinition(definition);

  it('asks for nothing of its own while nothing is changed', () => {
    expect(toRequest(form)).toEqual({
      parameters: {},
      secureParameters: undefined,
      retries: undefined,
      timeout: undefined,
    });
  });

  it('sends only what was changed or added, an empty value too', () => {
    const [url, fail] = form.parameters;
    const changed = {
      ...form,
      parameters: [
        { ...url, value: '' },
        fail,
        { key: 'added 1', name: ' EXTRA ', value: 'x' },
      ],
      retries: '0',
      timeout: ' 90s ',
      secureParameters: 'my-secret',
    };
    expect(toRequest(changed)).toEqual({
      parameters: { HEALTH_URL: '', EXTRA: 'x' },
      retries: 0,
      timeout: '90s',
      secureParameters: 'my-secret',
    });
  });
});

describe('the form of a run', () => {
  const detail = aRunDetail(aRun(), {
    parameters: [
      { name: 'HEALTH_URL', value: 'http://a', source: 'definition' },
      { name: 'FAIL', value: 'true', source: 'run' },
    ],
  });

  it('keeps the parameters that were the run’s own', () => {
    expect(toRequest(formOfRun(detail)).parameters).toEqual({ FAIL: 'true' });
  });
});

describe('checkForm', () => {
  const form = formOfDefinition(definition);
  const added = (name: string) => ({
    ...form,
    parameters: [...form.parameters, { key: 'added 1', name, value: '' }],
  });

  it('finds nothing wrong with what the definition says', () => {
    expect(checkForm(form)).toEqual({});
  });

  it('misses names and finds them twice', () => {
    expect(checkForm(added(' '))).toEqual({ 'parameters.added 1': 'name' });
    expect(checkForm(added('FAIL'))).toEqual({
      'parameters.added 1': 'duplicate',
    });
  });

  it.each(['90s', '1h30m', '500ms', '1.5h', ''])('takes %p', timeout => {
    expect(checkForm({ ...form, timeout })).toEqual({});
  });

  it.each(['90', 'soon', '1 h', '-1s'])('refuses %p', timeout => {
    expect(checkForm({ ...form, timeout })).toEqual({ timeout: 'timeout' });
  });

  it.each(['-1', '1.5', 'two'])('refuses %p retries', retries => {
    expect(checkForm({ ...form, retries })).toEqual({ retries: 'retries' });
  });
});

describe('fieldOfMessage', () => {
  const { parameters } = formOfDefinition(definition);

  it.each([
    ['parameters.FAIL must be true or false', 'parameters.FAIL'],
    ['The parameter HEALTH_URL is too long', 'parameters.HEALTH_URL'],
    ['request/body/timeout must match pattern', 'timeout'],
    ['The Secret x does not exist in shop', 'secureParameters'],
    ['request/body/retries must be >= 0', 'retries'],
    ['The namespace shop is not allowed', undefined],
  ])('knows which field %p is about', (message, field) => {
    expect(fieldOfMessage(message, parameters)).toBe(field);
  });
});
