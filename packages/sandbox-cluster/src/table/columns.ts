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

import { KubeObject } from '../ClusterApi';
import { PrinterColumn } from '../resources/ResourceType';
import { age } from './duration';

const NAME_TEXT =
  'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names';
const AGE_TEXT =
  'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata';

/** A column whose cells are computed from the object. */
export function column(
  name: string,
  description: string,
  cell: (object: KubeObject, now: number) => unknown,
  { type = 'string', priority = 0, format = '' } = {},
): PrinterColumn {
  return { name, type, format, description, priority, cell };
}

export const nameColumn = column('Name', NAME_TEXT, o => o.metadata.name, {
  format: 'name',
});

export const ageColumn = column('Age', AGE_TEXT, (object, now) =>
  age(object.metadata.creationTimestamp, now),
);

/** What a kind without columns of its own shows. */
export const plainColumns: PrinterColumn[] = [
  nameColumn,
  column('Created At', AGE_TEXT, o => o.metadata.creationTimestamp, {
    type: 'date',
  }),
];

const wide = { priority: 1 };

/** The columns of a kind whose only ones are name and age around some of its own. */
export const withAge = (...own: PrinterColumn[]): PrinterColumn[] => [
  nameColumn,
  ...own,
  ageColumn,
];

export const namespaceColumns = withAge(
  column('Status', 'The status of the namespace', o => o.status?.phase ?? ''),
);

export const configMapColumns = withAge(
  column(
    'Data',
    "Data contains the configuration data. Each key must consist of alphanumeric characters, '-', '_' or '.'. Values with non-UTF-8 byte sequences must use the BinaryData field.",
    o =>
      Object.keys(o.data ?? {}).length + Object.keys(o.binaryData ?? {}).length,
  ),
);

export const secretColumns = withAge(
  column(
    'Type',
    'Used to facilitate programmatic handling of secret data.',
    o => o.type ?? '',
  ),
  column(
    'Data',
    "Data contains the secret data. Each key must consist of alphanumeric characters, '-', '_' or '.'.",
    o => Object.keys(o.data ?? {}).length,
  ),
);

export const serviceAccountColumns = withAge(
  column(
    'Secrets',
    'Secrets is a list of the secrets in the same namespace that pods running using this ServiceAccount are allowed to use.',
    o => o.secrets?.length ?? 0,
  ),
);

export const leaseColumns = withAge(
  column(
    'Holder',
    'holderIdentity contains the identity of the holder of a current lease.',
    o => o.spec?.holderIdentity ?? '',
  ),
);

const eventTime = (o: KubeObject) =>
  o.series?.lastObservedTime ??
  o.lastTimestamp ??
  o.deprecatedLastTimestamp ??
  o.firstTimestamp ??
  o.deprecatedFirstTimestamp ??
  o.eventTime;

const eventSource = (o: KubeObject) =>
  o.source?.component ||
  o.deprecatedSource?.component ||
  o.reportingComponent ||
  o.reportingController ||
  '';

export const eventColumns: PrinterColumn[] = [
  column(
    'Last Seen',
    'The time at which the most recent occurrence of this event was recorded.',
    (o, now) => age(eventTime(o), now),
  ),
  column(
    'Type',
    'Type of this event (Normal, Warning), new types could be added in the future',
    o => o.type ?? '',
  ),
  column(
    'Reason',
    "This should be a short, machine understandable string that gives the reason for the transition into the object's current status.",
    o => o.reason ?? '',
  ),
  column('Object', 'The object that this event is about.', o => {
    const about = o.involvedObject ?? o.regarding ?? {};
    return `${String(about.kind ?? '').toLowerCase()}/${about.name ?? ''}`;
  }),
  column(
    'Subobject',
    'If referring to a piece of an object instead of an entire object, this string should contain a valid JSON/Go field access statement, such as desiredState.manifest.containers[2].',
    o => (o.involvedObject ?? o.regarding)?.fieldPath ?? '',
    wide,
  ),
  column(
    'Source',
    'The component reporting this event.',
    o => eventSource(o),
    wide,
  ),
  column(
    'Message',
    'A human-readable description of the status of this operation.',
    o => String(o.message ?? o.note ?? '').trim(),
  ),
  column(
    'First Seen',
    'The time at which the event was first recorded.',
    (o, now) =>
      age(o.firstTimestamp ?? o.deprecatedFirstTimestamp ?? o.eventTime, now),
    wide,
  ),
  column(
    'Count',
    'The number of times this event has occurred.',
    o => o.series?.count ?? o.count ?? o.deprecatedCount ?? 1,
    wide,
  ),
  { ...nameColumn, priority: 1 },
];

export const nodeColumns = withAge(
  column('Status', 'The status of the node', o => {
    const ready = (o.status?.conditions ?? []).find(
      (c: { type: string }) => c.type === 'Ready',
    );
    const status = ready?.status === 'True' ? 'Ready' : 'NotReady';
    return o.spec?.unschedulable ? `${status},SchedulingDisabled` : status;
  }),
  column('Roles', 'The roles of the node', () => '<none>'),
  column(
    'Version',
    'Kubelet Version reported by the node.',
    o => o.status?.nodeInfo?.kubeletVersion ?? '',
  ),
);

export const crdColumns: PrinterColumn[] = [
  nameColumn,
  column('Created At', AGE_TEXT, o => o.metadata.creationTimestamp, {
    type: 'date',
  }),
];

export const roleBindingColumns = withAge(
  column(
    'Role',
    'RoleRef can reference a Role in the current namespace or a ClusterRole in the global namespace.',
    o => `${o.roleRef?.kind}/${o.roleRef?.name}`,
  ),
);

export const quotaColumns = withAge(
  column(
    'Request',
    'Request represents a minimum amount of cpu/memory that a container may consume.',
    o =>
      Object.entries(o.status?.hard ?? o.spec?.hard ?? {})
        .filter(([name]) => !name.startsWith('limits'))
        .map(
          ([name, hard]) => `${name}: ${o.status?.used?.[name] ?? 0}/${hard}`,
        )
        .join(', '),
  ),
  column(
    'Limit',
    'Limits control the maximum amount of cpu/memory that a container may use independent of contention on the node.',
    o =>
      Object.entries(o.status?.hard ?? o.spec?.hard ?? {})
        .filter(([name]) => name.startsWith('limits'))
        .map(
          ([name, hard]) => `${name}: ${o.status?.used?.[name] ?? 0}/${hard}`,
        )
        .join(', '),
  ),
);
