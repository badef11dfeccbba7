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

import type {
  Definition,
  RunDetail,
  TriggerRequest,
} from 'backstage-plugin-keptn-tasks-common';

/** A parameter in the run dialog. */
export interface ParameterField {
  /** Stays the same while the name is typed. */
  key: string;
  name: string;
  value: string;
  /** The value when nothing is touched; undefined for one that was added here. */
  initial?: string;
  /** Where the initial value comes from: the name of a definition, or `run` for the run that is repeated. */
  origin?: { definition?: string; run?: true };
}

/** What the run dialog asks for. */
export interface RunForm {
  parameters: ParameterField[];
  secureParameters: string;
  retries: string;
  timeout: string;
}

/** The form for a definition's first values. */
export function formOfDefinition(definition: Definition): RunForm {
  return {
    parameters: definition.parameters.map(parameter => ({
      key: parameter.name,
      name: parameter.name,
      value: parameter.value,
      initial: parameter.value,
      origin: { definition: parameter.definition ?? definition.name },
    })),
    secureParameters: '',
    retries: '',
    timeout: '',
  };
}

/** The form for repeating a run as it was. */
export function formOfRun({ run, parameters }: RunDetail): RunForm {
  return {
    parameters: parameters.map(parameter => ({
      key: parameter.name,
      name: parameter.name,
      value: parameter.value,
      initial: parameter.value,
      origin:
        parameter.source === 'run'
          ? { run: true }
          : { definition: parameter.definition ?? run.definition.name },
    })),
    secureParameters: '',
    retries: '',
    timeout: '',
  };
}

/** Whether a parameter is not what it would be without this form. */
export function isChanged(field: ParameterField): boolean {
  return field.value !== field.initial;
}

/**
 * The parameters that belong to the run and not to its definition: changed, added, or the repeated run's own. An
 * empty value is a value.
 */
export function ownParameters(
  fields: readonly ParameterField[],
): Record<string, string> {
  return Object.fromEntries(
    fields
      .filter(
        field => field.name.trim() && (isChanged(field) || field.origin?.run),
      )
      .map(field => [field.name.trim(), field.value]),
  );
}

/** The part of a request that the form decides. Empty fields leave the decision to the definition. */
export function toRequest(
  form: RunForm,
): Pick<
  TriggerRequest,
  'parameters' | 'secureParameters' | 'retries' | 'timeout'
> {
  const retries = form.retries.trim();
  return {
    parameters: ownParameters(form.parameters),
    secureParameters: form.secureParameters.trim() || undefined,
    retries: retries === '' ? undefined : Number(retries),
    timeout: form.timeout.trim() || undefined,
  };
}

/** A field of the form that something can be wrong with; `parameters.<name>` for a parameter. */
export type FieldName =
  | 'secureParameters'
  | 'retries'
  | 'timeout'
  | `parameters.${string}`;

/** What is wrong with a field; the sentence is `runDialog.problem.<name>` in the translations. */
export type FieldProblem = 'name' | 'duplicate' | 'retries' | 'timeout';

/** What can be seen to be wrong before anything is sent. The server has the last word. */
export function checkForm(
  form: RunForm,
): Partial<Record<FieldName, FieldProblem>> {
  const problems: Partial<Record<FieldName, FieldProblem>> = {};
  const seen = new Set<string>();
  for (const field of form.parameters) {
    const name = field.name.trim();
    if (!name) problems[`parameters.${field.key}`] = 'name';
    else if (seen.has(name)) problems[`parameters.${field.key}`] = 'duplicate';
    seen.add(name);
  }
  if (!/^(\d{1,4})?$/.test(form.retries.trim())) problems.retries = 'retries';
  if (!/^((\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+)?$/.test(form.timeout.trim())) {
    problems.timeout = 'timeout';
  }
  return problems;
}

/** The field that a message of the server is about, or undefined when it is about the whole. */
export function fieldOfMessage(
  message: string,
  fields: readonly ParameterField[],
): FieldName | undefined {
  const parameter = fields.find(({ name }) =>
    new RegExp(`parameters?[./\\s"'\\[]+${escape(name)}\\b`, 'i').test(message),
  );
  if (parameter) return `parameters.${parameter.key}`;
  if (/secure[ _-]?parameters|\bsecret\b/i.test(message)) {
    return 'secureParameters';
  }
  if (/\btimeout\b/i.test(message)) return 'timeout';
  if (/\bretries\b/i.test(message)) return 'retries';
  return undefined;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
