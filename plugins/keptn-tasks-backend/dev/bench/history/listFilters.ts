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

import type { RunFilter } from '../../../src/history/RunStore';
import { CLUSTERS, definitionAt, entityAt, NAMESPACES } from './catalog';

/** A kind of question that people ask of the history. */
export interface ListQuestion {
  name: string;
  /** Pages read one after the other; each of them is a call of its own. */
  pages: number;
  /** `random` in [0, 1) chooses whom it is about. */
  filter(random: number): RunFilter;
}

const DAY_MS = 24 * 3600 * 1000;

/** Runs of an entity and of its workload, wherever it is deployed: what its page shows. */
function ofWorkload(random: number): RunFilter {
  const entity = entityAt(random);
  return {
    entityRef: entity.ref,
    places: entity.places.map(place => ({
      ...place,
      workloadName: entity.workloadName,
    })),
  };
}

/** Runs of an entity that may see some definitions of its namespaces. */
function ofDefinitions(random: number, definitions: string[]): RunFilter {
  const entity = entityAt(random);
  return {
    entityRef: entity.ref,
    places: entity.places.map(place => ({ ...place, definitions })),
  };
}

/** Runs of a platform team that sees everything that was started for nobody, in all 50 places. */
function everywhere(): RunFilter {
  return {
    entityRef: 'group:default/platform',
    places: Array.from({ length: CLUSTERS * NAMESPACES }, (_, i) => ({
      cluster: `cluster-${i % CLUSTERS}`,
      namespace: `team-${Math.floor(i / CLUSTERS)}`,
    })),
  };
}

/** What is asked in turn. */
export const listQuestions: ListQuestion[] = [
  { name: 'first page', pages: 1, filter: ofWorkload },
  { name: 'five pages', pages: 5, filter: ofWorkload },
  {
    name: 'failed',
    pages: 2,
    filter: random => ({ ...ofWorkload(random), states: ['Failed'] }),
  },
  {
    name: 'under way',
    pages: 1,
    filter: random => ({
      ...ofWorkload(random),
      states: ['Pending', 'Progressing'],
    }),
  },
  {
    name: 'one definition',
    pages: 2,
    filter: random => ({
      ...ofWorkload(random),
      definition: definitionAt(Math.floor(random * 1000)),
    }),
  },
  {
    name: 'definitions by pattern',
    pages: 2,
    filter: random => ofDefinitions(random, ['smoke-*', 'migrate-3']),
  },
  {
    name: 'failed, definitions by pattern',
    pages: 1,
    filter: random => ({
      ...ofDefinitions(random, ['smoke-*']),
      states: ['Failed', 'Cancelled'],
    }),
  },
  {
    name: 'whole namespaces',
    pages: 3,
    filter: random => ofDefinitions(random, ['*']),
  },
  {
    name: 'before a deployment, last week',
    pages: 1,
    filter: random => ({
      ...ofWorkload(random),
      phase: 'pre',
      after: new Date(Date.now() - 14 * DAY_MS).toISOString(),
      before: new Date(Date.now() - 7 * DAY_MS).toISOString(),
    }),
  },
  {
    name: 'repeated runs',
    pages: 1,
    filter: random => ({ ...ofWorkload(random), trigger: 'rerun' }),
  },
  {
    name: 'a workload without runs',
    pages: 1,
    filter: random => {
      const { entityRef, places } = ofWorkload(random);
      return {
        entityRef: `${entityRef}-new`,
        places: places.map(place => ({ ...place, workloadName: 'unknown' })),
      };
    },
  },
  { name: 'all places', pages: 2, filter: everywhere },
  {
    name: 'all places, failed',
    pages: 2,
    filter: () => ({ ...everywhere(), states: ['Failed'] }),
  },
];
