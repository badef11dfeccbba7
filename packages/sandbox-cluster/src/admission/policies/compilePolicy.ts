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
import {
  AdmissionExpression,
  compileAdmission,
} from '../../cel/admissionExpression';
import { Json } from '../../schema/json';
import { compileConditions, MatchCondition } from '../matching/conditions';

/** A policy whose expressions are compiled. */
export interface CompiledPolicy {
  name: string;
  spec: Json;
  conditions: MatchCondition[];
  variables: Array<{ name: string; evaluate: AdmissionExpression }>;
  mutations: Mutation[];
}

/** One change that a policy makes. */
export interface Mutation {
  patchType: 'ApplyConfiguration' | 'JSONPatch';
  evaluate: AdmissionExpression;
}

/** What match conditions can name; `namespaceObject` is known there and empty. */
export const CONDITION_NAMES = [
  'object',
  'oldObject',
  'request',
  'params',
  'namespaceObject',
];

const cache = new WeakMap<KubeObject, CompiledPolicy>();

/** Compiles a stored policy, once for each of its states. */
export function compilePolicy(policy: KubeObject): CompiledPolicy {
  let compiled = cache.get(policy);
  if (!compiled) {
    const { spec } = policy;
    compiled = {
      name: policy.metadata.name,
      spec,
      conditions: compileConditions(spec.matchConditions, CONDITION_NAMES),
      variables: (spec.variables ?? []).map(({ name, expression }: Json) => ({
        name,
        evaluate: compileAdmission(expression),
      })),
      mutations: (spec.mutations ?? []).map((mutation: Json) => ({
        patchType: mutation.patchType,
        evaluate: compileAdmission(mutationExpression(mutation)),
      })),
    };
    cache.set(policy, compiled);
  }
  return compiled;
}

/** The expression of a mutation, under whichever of the two keys it stands. */
export function mutationExpression(mutation: Json): string {
  return (mutation.applyConfiguration ?? mutation.jsonPatch)?.expression ?? '';
}
