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

import type { V1PodTemplateSpec } from '@kubernetes/client-node';
import { CARRIED_ANNOTATION } from '../annotations';
import { isObjectName, appObjectName, workloadObjectName } from '../names';
import type { CheckLists } from '../resources';
import type { Words } from './keys';
import { KEYS, LIST_KEYS, lookUp } from './keys';
import { parseDefinitionNames, parseMetadata } from './lists';
import { versionOf } from './version';
import {
  namelessProblem,
  shadowedProblems,
  wordProblems,
} from './wordProblems';

/** Who a revision of a workload is, and what is checked around its deployment. */
export interface WorkloadIdentity {
  /** Name of the KeptnApp. */
  appName: string;
  /** Nobody names an app: the workload is one of its own. */
  isSingleService: boolean;
  /** Name of the KeptnWorkload. */
  workloadName: string;
  version: string;
  checks: CheckLists;
  metadata: Record<string, string>;
}

/** What the templates and metadata of a workload say, and what is wrong with it. */
export interface Finding {
  /** Absent for a workload that says no name: it is nobody's business. */
  identity?: WorkloadIdentity;
  /** One sentence each. */
  problems: string[];
}

/** What a workload is told by. */
export interface IdentitySources {
  template: V1PodTemplateSpec | undefined;
  /** Metadata of the Deployment, StatefulSet, DaemonSet or Rollout; nothing for a ReplicaSet on its own. */
  controller?: Words;
}

/**
 * Reads who a revision of a workload is. Where the Pod template says a name, it alone counts; else the metadata of
 * what controls the Pods. What cannot be understood is left out and said; the rest of the checks go on.
 */
export function identify({ template, controller }: IdentitySources): Finding {
  const words = tellingWords({ template, controller });
  if (!words) {
    const both = [template?.metadata ?? {}, controller ?? {}];
    return {
      problems: some(...both.flatMap(wordProblems), namelessProblem(both)),
    };
  }
  const isCarried = CARRIED_ANNOTATION in (words.annotations ?? {});
  const isTold = words === template?.metadata && !isCarried;
  const { version, problems: versionProblems } = versionFor(words, template);
  const { names, problems: nameProblems } = namesFor(words);
  const { checks, metadata, problems: checkProblems } = checksFor(words);
  return {
    identity: { ...names, version, checks, metadata },
    problems: some(
      // What was carried may be emptied again; the workload itself has the words that people write.
      ...wordProblems(isCarried ? controller : words),
      ...(isTold ? shadowedProblems(controller) : []),
      ...nameProblems,
      ...versionProblems,
      ...checkProblems,
    ),
  };
}

/** Name of the KeptnWorkload that a workload asks for. */
export function workloadNameOf(sources: IdentitySources): string | undefined {
  const words = tellingWords(sources);
  return words && namesFor(words).names.workloadName;
}

function tellingWords({
  template,
  controller,
}: IdentitySources): Words | undefined {
  return [template?.metadata, controller].find(one => lookUp(one, 'workload'));
}

function namesFor(words: Words) {
  const workload = lookUp(words, 'workload')!;
  const app = lookUp(words, 'app');
  const plainApp = plain(app ?? workload);
  const appName = appObjectName(plainApp);
  const workloadName = workloadObjectName(appName, workload);
  const problems: string[] = [];
  if (!isObjectName(plain(workload))) {
    problems.push(
      `${KEYS.workload.keptn} says '${workload}', which no object can be called; the workload is looked after as ${workloadName}. Names consist of letters, digits, dashes and dots.`,
    );
  }
  if (app && !isObjectName(plainApp)) {
    problems.push(
      `${KEYS.app.keptn} says '${app}', which no object can be called; the app is looked after as ${appName}. Names consist of letters, digits, dashes and dots.`,
    );
  }
  return {
    names: { appName, workloadName, isSingleService: app === undefined },
    problems,
  };
}

/** Upper case and underscores are allowed where people write, and not in names of objects. */
function plain(name: string): string {
  return name.toLowerCase().replace(/_/g, '-');
}

function versionFor(words: Words, template: V1PodTemplateSpec | undefined) {
  const given = lookUp(words, 'version');
  const { version, problems } = given
    ? { version: given, problems: [] }
    : versionOf(template?.spec?.containers ?? [], lookUp(words, 'container'));
  return { version: version.toLowerCase(), problems };
}

function checksFor(words: Words) {
  const problems: string[] = [];
  const checks: CheckLists = {};
  for (const name of LIST_KEYS) {
    const list = parseDefinitionNames(
      KEYS[name].keptn,
      lookUp(words, name) ?? '',
    );
    if (list.value.length > 0) {
      checks[name] = list.value;
    }
    problems.push(...list.problems);
  }
  const metadata = parseMetadata(
    KEYS.metadata.keptn,
    lookUp(words, 'metadata') ?? '',
  );
  problems.push(...metadata.problems);
  return { checks, metadata: metadata.value, problems };
}

function some(...sentences: (string | undefined)[]): string[] {
  return [...new Set(sentences.filter(sentence => sentence !== undefined))];
}
