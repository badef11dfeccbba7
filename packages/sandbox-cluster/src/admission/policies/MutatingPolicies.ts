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
import { KubeObject } from '../../ClusterApi';
import { celValue } from '../../cel/celValue';
import { AdmissionVariables } from '../../cel/admissionExpression';
import { forbidden, StatusError } from '../../errors/StatusError';
import { Registry } from '../../resources/Registry';
import { isObject, Json, semanticEqual } from '../../schema/json';
import { Collection } from '../../store/Collection';
import { Store } from '../../store/Store';
import { AdmissionWrite } from '../matching/AdmissionWrite';
import { allMet } from '../matching/conditions';
import { anyRuleMatches } from '../matching/rules';
import { namespaceFits, objectFits } from '../matching/selectors';
import { variablesOf } from '../matching/variables';
import { redecode } from '../redecode';
import { Reinvocation } from '../Reinvocation';
import { applyMutation } from './applyMutation';
import { CompiledPolicy, compilePolicy } from './compilePolicy';
import { paramsFor } from './policyParams';

const GROUP = 'admissionregistration.k8s.io';

interface Invocation {
  policy: CompiledPolicy;
  binding: KubeObject;
  params: KubeObject | null;
}

/** The MutatingAdmissionPolicies of the cluster. What is stored counts from the next write on. */
export class MutatingPolicies {
  private readonly policies: Collection;
  private readonly bindings: Collection;

  constructor(
    private readonly store: Store,
    private readonly registry: Registry,
  ) {
    this.policies = store.collection(`${GROUP}/mutatingadmissionpolicies`);
    this.bindings = store.collection(
      `${GROUP}/mutatingadmissionpolicybindings`,
    );
  }

  get isEmpty(): boolean {
    return this.bindings.size === 0 || this.policies.size === 0;
  }

  /**
   * The object as the policies leave it; the same one when none changed it.
   * @throws StatusError of a policy that failed and may not
   */
  mutate(
    write: AdmissionWrite,
    object: KubeObject,
    reinvocation: Reinvocation,
  ): KubeObject {
    const failures: string[] = [];
    let current = object;
    for (const invocation of this.invocations(write, failures)) {
      const { policy, binding, params } = invocation;
      const { name, namespace } = params?.metadata ?? {};
      const key = [policy.name, binding.metadata.name, namespace, name].join();
      if (!reinvocation.wants(key)) continue;
      try {
        const next = this.invoke(invocation, { ...write, object: current });
        if (!next) continue;
        reinvocation.had(
          key,
          policy.spec.reinvocationPolicy === 'IfNeeded',
          next !== current,
        );
        current = next;
      } catch (error) {
        noteFailure(failures, policy, binding, (error as Error).message);
      }
    }
    if (failures.length) throw refusal(write, failures);
    return current;
  }

  private *invocations(
    write: AdmissionWrite,
    failures: string[],
  ): Generator<Invocation> {
    for (const stored of this.policies.list()) {
      if (!this.matches(stored.spec.matchConstraints, write)) continue;
      const policy = compilePolicy(stored);
      for (const binding of this.bindings.list()) {
        if (binding.spec.policyName !== policy.name) continue;
        const limits = binding.spec.matchResources;
        if (limits && !this.matches(limits, write)) continue;
        let found: Array<KubeObject | null> = [];
        try {
          found = paramsFor(policy.spec, binding.spec, write.namespace, {
            store: this.store,
            registry: this.registry,
          });
        } catch (error) {
          const text = `failed to configure binding: ${
            (error as Error).message
          }`;
          noteFailure(failures, policy, binding, text);
        }
        for (const params of found) yield { policy, binding, params };
      }
    }
  }

  private matches(constraints: Json, write: AdmissionWrite): boolean {
    const { resourceRules, excludeResourceRules } = constraints;
    return (
      (!resourceRules?.length || anyRuleMatches(resourceRules, write)) &&
      !anyRuleMatches(excludeResourceRules, write) &&
      namespaceFits(constraints.namespaceSelector, write, this.store) &&
      objectFits(constraints.objectSelector, write)
    );
  }

  /** Undefined when the conditions of the policy are not met. */
  private invoke(
    { policy, params }: Invocation,
    write: AdmissionWrite & { object: KubeObject },
  ): KubeObject | undefined {
    const given = params && celValue(params, undefined);
    const result = allMet(policy.conditions, {
      ...variablesOf(write),
      params: given,
      // It is known there and has no content, as on a real API server.
      namespaceObject: {},
    });
    if ('error' in result) throw new Error(result.error);
    if (!result.matches) return undefined;
    let { object } = write;
    for (const mutation of policy.mutations) {
      const value = mutation.evaluate(
        this.variables(policy, { ...write, object }, given),
      );
      if (isObject(value) && Object.keys(value).length === 0) continue;
      const next = redecode(
        write,
        applyMutation(write, object, mutation, value),
      );
      if (!semanticEqual(next, object)) object = next;
    }
    return object;
  }

  private variables(
    policy: CompiledPolicy,
    write: AdmissionWrite,
    params: unknown,
  ): AdmissionVariables {
    const { namespace } = write;
    const found =
      namespace &&
      this.store.collection('/namespaces').get(undefined, namespace);
    const known: AdmissionVariables = {
      ...variablesOf(write),
      params,
      namespaceObject: found ? celValue(found, undefined) : null,
    };
    known.variables = lazyVariables(policy, known);
    return known;
  }
}

/** Each variable is evaluated when it is first asked for, and may name those before it. */
function lazyVariables(
  policy: CompiledPolicy,
  known: AdmissionVariables,
): object {
  const variables = {};
  for (const { name, evaluate } of policy.variables) {
    let value: { of: unknown } | undefined;
    Object.defineProperty(variables, name, {
      enumerable: true,
      get() {
        value ??= { of: celValue(evaluate(known), undefined) };
        return value.of;
      },
    });
  }
  return variables;
}

function noteFailure(
  failures: string[],
  policy: CompiledPolicy,
  binding: KubeObject,
  message: string,
) {
  if (policy.spec.failurePolicy === 'Ignore') return;
  failures.push(
    `policy '${policy.name}' with binding '${binding.metadata.name}' denied request: ${message}`,
  );
}

function refusal({ type, name }: AdmissionWrite, failures: string[]) {
  const causes = failures.map(message => ({ message }));
  const { code, details } = forbidden(type, name, '', causes);
  return new StatusError(code, 'Invalid', failures[0], details);
}
