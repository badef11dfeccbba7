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

import {
  atomic,
  bool,
  int32,
  int64,
  intOrString,
  listByKey,
  listOf,
  mapOf,
  quantity,
  str,
  struct,
} from '../../schema/dsl';
import { Schema } from '../../schema/Schema';

const keyRef = (goType: string): Schema =>
  atomic(struct(goType, { name: str, key: str, optional: bool }));

const nameRef = (goType: string): Schema =>
  struct(goType, { name: str, optional: bool });

const envVar = struct('EnvVar', {
  name: str,
  value: str,
  valueFrom: struct('EnvVarSource', {
    fieldRef: atomic(
      struct('ObjectFieldSelector', { apiVersion: str, fieldPath: str }),
    ),
    resourceFieldRef: atomic(
      struct('ResourceFieldSelector', {
        containerName: str,
        resource: str,
        divisor: quantity,
      }),
    ),
    configMapKeyRef: keyRef('ConfigMapKeySelector'),
    secretKeyRef: keyRef('SecretKeySelector'),
  }),
});

const envFrom = struct('EnvFromSource', {
  prefix: str,
  configMapRef: nameRef('ConfigMapEnvSource'),
  secretRef: nameRef('SecretEnvSource'),
});

export const resourceRequirements = struct('ResourceRequirements', {
  limits: mapOf(quantity),
  requests: mapOf(quantity),
  claims: listByKey(
    'name',
    struct('ResourceClaim', { name: str, request: str }),
  ),
});

const execAction = struct('ExecAction', { command: listOf(str) });
const httpGet = struct('HTTPGetAction', {
  path: str,
  port: intOrString,
  host: str,
  scheme: str,
  httpHeaders: listOf(struct('HTTPHeader', { name: str, value: str })),
});
const tcpSocket = struct('TCPSocketAction', { port: intOrString, host: str });

const probe = struct('Probe', {
  exec: execAction,
  httpGet,
  tcpSocket,
  grpc: struct('GRPCAction', { port: int32, service: str }),
  initialDelaySeconds: int32,
  timeoutSeconds: int32,
  periodSeconds: int32,
  successThreshold: int32,
  failureThreshold: int32,
  terminationGracePeriodSeconds: int64,
});

const handler = struct('LifecycleHandler', {
  exec: execAction,
  httpGet,
  tcpSocket,
  sleep: struct('SleepAction', { seconds: int64 }),
});

export const seLinuxOptions = struct('SELinuxOptions', {
  user: str,
  role: str,
  type: str,
  level: str,
});
export const seccompProfile = struct('SeccompProfile', {
  type: str,
  localhostProfile: str,
});
export const appArmorProfile = struct('AppArmorProfile', {
  type: str,
  localhostProfile: str,
});
export const windowsOptions = struct('WindowsSecurityContextOptions', {
  gmsaCredentialSpecName: str,
  gmsaCredentialSpec: str,
  runAsUserName: str,
  hostProcess: bool,
});

const securityContext = struct('SecurityContext', {
  capabilities: struct('Capabilities', { add: listOf(str), drop: listOf(str) }),
  privileged: bool,
  seLinuxOptions,
  windowsOptions,
  runAsUser: int64,
  runAsGroup: int64,
  runAsNonRoot: bool,
  readOnlyRootFilesystem: bool,
  allowPrivilegeEscalation: bool,
  procMount: str,
  seccompProfile,
  appArmorProfile,
});

const fields: Record<string, Schema> = {
  name: str,
  image: str,
  command: listOf(str),
  args: listOf(str),
  workingDir: str,
  ports: listByKey(
    ['containerPort', 'protocol'],
    struct('ContainerPort', {
      name: str,
      hostPort: int32,
      containerPort: int32,
      protocol: { type: 'string', default: 'TCP' },
      hostIP: str,
    }),
  ),
  envFrom: listOf(envFrom),
  env: listByKey('name', envVar),
  resources: resourceRequirements,
  resizePolicy: listOf(
    struct('ContainerResizePolicy', { resourceName: str, restartPolicy: str }),
  ),
  restartPolicy: str,
  volumeMounts: listByKey(
    'mountPath',
    struct('VolumeMount', {
      name: str,
      readOnly: bool,
      recursiveReadOnly: str,
      mountPath: str,
      subPath: str,
      mountPropagation: str,
      subPathExpr: str,
    }),
  ),
  volumeDevices: listByKey(
    'devicePath',
    struct('VolumeDevice', { name: str, devicePath: str }),
  ),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle: struct('Lifecycle', {
    postStart: handler,
    preStop: handler,
    stopSignal: str,
  }),
  terminationMessagePath: str,
  terminationMessagePolicy: str,
  imagePullPolicy: str,
  securityContext,
  stdin: bool,
  stdinOnce: bool,
  tty: bool,
};

/** A container of a Pod. */
export const container = struct('Container', fields);

/** An ephemeral container, which names the container it looks into. */
export const ephemeralContainer = struct('EphemeralContainer', {
  ...fields,
  targetContainerName: str,
});
