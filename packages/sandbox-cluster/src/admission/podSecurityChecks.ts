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

import { Json } from '../schema/json';

const BASELINE_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];
const RESTRICTED_VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const containersOf = (spec: Json): Json[] => [
  ...(spec.initContainers ?? []),
  ...(spec.containers ?? []),
  ...(spec.ephemeralContainers ?? []),
];

const quoted = (values: string[]) => values.map(v => `"${v}"`).join(', ');

/** `container "a"` or `containers "a", "b"`. */
function named(containers: Json[]): string {
  const names = quoted(containers.map(container => container.name));
  return containers.length === 1 ? `container ${names}` : `containers ${names}`;
}

function seccompAllowed(profile: Json | undefined, orUnset: boolean): boolean {
  if (!profile?.type) return orUnset;
  return profile.type === 'RuntimeDefault' || profile.type === 'Localhost';
}

/** What the baseline level has against a Pod spec, in its own words. */
export function baselineViolations(spec: Json): string[] {
  const problems: string[] = [];
  const containers = containersOf(spec);
  const adding = containers.filter(c =>
    (c.securityContext?.capabilities?.add ?? []).some(
      (cap: string) => !BASELINE_CAPABILITIES.includes(cap),
    ),
  );
  if (adding.length) {
    const caps = new Set<string>(
      adding.flatMap(c =>
        c.securityContext.capabilities.add.filter(
          (cap: string) => !BASELINE_CAPABILITIES.includes(cap),
        ),
      ),
    );
    problems.push(
      `non-default capabilities (${named(adding)} must not include ${quoted(
        [...caps].sort(),
      )} in securityContext.capabilities.add)`,
    );
  }
  const hosts = ['hostNetwork', 'hostPID', 'hostIPC'].filter(
    field => spec[field],
  );
  if (hosts.length) {
    problems.push(
      `host namespaces (${hosts.map(field => `${field}=true`).join(', ')})`,
    );
  }
  const hostPaths = (spec.volumes ?? []).filter(
    (volume: Json) => volume.hostPath,
  );
  if (hostPaths.length) {
    const names = quoted(hostPaths.map((volume: Json) => volume.name));
    problems.push(
      `hostPath volumes (volume${hostPaths.length > 1 ? 's' : ''} ${names})`,
    );
  }
  const ports = containers.filter(c =>
    (c.ports ?? []).some((port: Json) => port.hostPort),
  );
  if (ports.length) {
    const used = ports.flatMap(c =>
      c.ports.map((p: Json) => p.hostPort).filter(Boolean),
    );
    problems.push(
      `hostPort (${named(ports)} use${ports.length > 1 ? '' : 's'} hostPort${
        used.length > 1 ? 's' : ''
      } ${used.join(', ')})`,
    );
  }
  const privileged = containers.filter(c => c.securityContext?.privileged);
  if (privileged.length) {
    problems.push(
      `privileged (${named(
        privileged,
      )} must not set securityContext.privileged=true)`,
    );
  }
  const unconfined = containers.filter(
    c => c.securityContext?.seccompProfile?.type === 'Unconfined',
  );
  if (
    unconfined.length ||
    spec.securityContext?.seccompProfile?.type === 'Unconfined'
  ) {
    const who = [
      ...(spec.securityContext?.seccompProfile?.type === 'Unconfined'
        ? ['pod']
        : []),
      ...(unconfined.length ? [named(unconfined)] : []),
    ].join(' and ');
    problems.push(
      `seccompProfile (${who} must not set securityContext.seccompProfile.type to "Unconfined")`,
    );
  }
  return problems;
}

/** What the restricted level has against a Pod spec: all of baseline, and more. */
export function restrictedViolations(spec: Json): string[] {
  const containers = containersOf(spec);
  const problems = baselineViolations(spec).filter(
    problem =>
      !problem.startsWith('seccompProfile') &&
      !problem.startsWith('non-default'),
  );
  const escalating = containers.filter(
    c => c.securityContext?.allowPrivilegeEscalation !== false,
  );
  if (escalating.length) {
    problems.push(
      `allowPrivilegeEscalation != false (${named(
        escalating,
      )} must set securityContext.allowPrivilegeEscalation=false)`,
    );
  }
  problems.push(...capabilityProblems(containers));
  const volumes = (spec.volumes ?? []).filter((volume: Json) =>
    Object.keys(volume).some(
      key => key !== 'name' && !RESTRICTED_VOLUMES.includes(key),
    ),
  );
  if (volumes.length) {
    const kinds = volumes.map(
      (volume: Json) =>
        Object.keys(volume).find(key => key !== 'name') as string,
    );
    problems.push(
      `restricted volume types (volume${volumes.length > 1 ? 's' : ''} ${quoted(
        volumes.map((v: Json) => v.name),
      )} use${volumes.length > 1 ? '' : 's'} restricted volume type${
        kinds.length > 1 ? 's' : ''
      } ${quoted([...new Set<string>(kinds)])})`,
    );
  }
  problems.push(...nonRootProblems(spec, containers));
  problems.push(...seccompProblems(spec, containers));
  return problems;
}

function capabilityProblems(containers: Json[]): string[] {
  const keeping = containers.filter(
    c => !(c.securityContext?.capabilities?.drop ?? []).includes('ALL'),
  );
  const adding = containers.filter(c =>
    (c.securityContext?.capabilities?.add ?? []).some(
      (cap: string) => cap !== 'NET_BIND_SERVICE',
    ),
  );
  const parts: string[] = [];
  if (keeping.length) {
    parts.push(
      `${named(keeping)} must set securityContext.capabilities.drop=["ALL"]`,
    );
  }
  if (adding.length) {
    const caps = new Set<string>(
      adding.flatMap(c =>
        c.securityContext.capabilities.add.filter(
          (cap: string) => cap !== 'NET_BIND_SERVICE',
        ),
      ),
    );
    parts.push(
      `${named(adding)} must not include ${quoted(
        [...caps].sort(),
      )} in securityContext.capabilities.add`,
    );
  }
  return parts.length
    ? [`unrestricted capabilities (${parts.join('; ')})`]
    : [];
}

function nonRootProblems(spec: Json, containers: Json[]): string[] {
  const problems: string[] = [];
  const pod = spec.securityContext?.runAsNonRoot;
  const explicit = containers.filter(
    c => c.securityContext?.runAsNonRoot === false,
  );
  const unset = containers.filter(
    c => c.securityContext?.runAsNonRoot === undefined,
  );
  if (explicit.length) {
    problems.push(
      `runAsNonRoot != true (${named(
        explicit,
      )} must not set securityContext.runAsNonRoot=false)`,
    );
  } else if (unset.length && pod !== true) {
    problems.push(
      `runAsNonRoot != true (pod or ${named(
        unset,
      )} must set securityContext.runAsNonRoot=true)`,
    );
  }
  const roots = containers.filter(c => c.securityContext?.runAsUser === 0);
  if (spec.securityContext?.runAsUser === 0 || roots.length) {
    const who = [
      ...(spec.securityContext?.runAsUser === 0 ? ['pod'] : []),
      ...(roots.length ? [named(roots)] : []),
    ].join(' and ');
    problems.push(`runAsUser=0 (${who} must not set runAsUser=0)`);
  }
  return problems;
}

function seccompProblems(spec: Json, containers: Json[]): string[] {
  const pod = spec.securityContext?.seccompProfile;
  const bad = containers.filter(
    c =>
      c.securityContext?.seccompProfile &&
      !seccompAllowed(c.securityContext.seccompProfile, false),
  );
  if (bad.length) {
    return [
      `seccompProfile (${named(
        bad,
      )} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")`,
    ];
  }
  const unset = containers.filter(c => !c.securityContext?.seccompProfile);
  if (unset.length && !seccompAllowed(pod, false)) {
    return [
      `seccompProfile (pod or ${named(
        unset,
      )} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")`,
    ];
  }
  return [];
}
