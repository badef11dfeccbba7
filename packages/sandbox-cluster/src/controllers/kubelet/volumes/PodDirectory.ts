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
  chmod,
  lstat,
  mkdir,
  readdir,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { KubeObject } from '../../../ClusterApi';
import { References } from '../env/References';
import { expand } from '../env/expand';
import { PathMap } from './PathMap';
import { volumeContent } from './volumeContent';

const WRITE_BITS = 0o222;

/** Files of one Pod below the sandbox's private directory: its volumes, and a root for each container. */
export class PodDirectory {
  private readonly mounted = new Set<string>();

  constructor(readonly path: string) {}

  /** Prepares a volume; does nothing when that is done. Throws `MissingReferenceError`. */
  async setUp(
    pod: KubeObject,
    volume: any,
    references: References,
  ): Promise<void> {
    if (this.mounted.has(volume.name)) return;
    const files = volumeContent(pod, volume, references);
    const directory = this.volume(volume.name);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    for (const { path, content, mode } of files ?? []) {
      const file = inside(directory, path);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      // Content from the cluster is read-only in a container, whatever its mode says.
      await writeFile(file, content, { mode: 0o600 });
      await chmod(file, mode & ~WRITE_BITS);
    }
    if (files) await chmod(directory, 0o500);
    this.mounted.add(volume.name);
  }

  /** A fresh file system for one run of a container, with its mounts in place. */
  async container(
    container: any,
    run: number,
    env: Record<string, string>,
  ): Promise<PathMap> {
    const root = join(this.path, 'containers', container.name, String(run));
    const mounts: any[] = container.volumeMounts ?? [];
    const message = messagePath(container);
    const map = new PathMap(root, [
      ...mounts.map(({ mountPath }) => mountPath),
      message,
    ]);
    await mkdir(root, { recursive: true, mode: 0o700 });
    const outerFirst = [...mounts].sort(
      (a, b) => a.mountPath.length - b.mountPath.length,
    );
    for (const mount of outerFirst) {
      await this.place(mount, map.locate(mount.mountPath), env);
    }
    await mkdir(dirname(map.locate(message)), { recursive: true });
    await writeFile(map.locate(message), '', { flag: 'a' });
    return map;
  }

  /** Deletes the file system of a run that is over. */
  async removeRun(container: any, run: number): Promise<void> {
    await removeTree(
      join(this.path, 'containers', container.name, String(run)),
    );
  }

  async remove(): Promise<void> {
    await removeTree(this.path);
  }

  private volume(name: string): string {
    return join(this.path, 'volumes', name);
  }

  private async place(
    { name, subPath, subPathExpr }: any,
    target: string,
    env: Record<string, string>,
  ): Promise<void> {
    const part = subPathExpr ? expand(subPathExpr, env) : subPath ?? '';
    const source = inside(this.volume(name), part);
    // A part that the volume does not have becomes a directory, as the kubelet does it.
    const exists = await stat(source).catch(() => undefined);
    if (!exists) {
      await chmod(this.volume(name), 0o700);
      await mkdir(source, { recursive: true });
    }
    await mkdir(dirname(target), { recursive: true });
    await rm(target, { recursive: true, force: true });
    await symlink(source, target);
  }
}

/** Where the container leaves the reason of its end. */
export function messagePath(container: any): string {
  return container.terminationMessagePath ?? '/dev/termination-log';
}

function inside(directory: string, path: string): string {
  // Leading ".." cannot leave the directory.
  return join(directory, normalize(`/${path}`));
}

/** Also removes directories that are read-only; links are not followed. */
async function removeTree(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return;
  await unlock(path);
  await rm(path, { recursive: true, force: true });
}

async function unlock(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isDirectory()) return;
  await chmod(path, 0o700);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await unlock(join(path, entry.name));
  }
}
