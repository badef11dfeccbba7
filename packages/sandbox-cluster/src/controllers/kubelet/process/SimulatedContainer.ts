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

import { nanoTimestamp } from '../../common/time';
import { LogFile } from '../logs/LogFile';
import { Exit } from './ContainerProcess';
import { RunningContainer } from './RunningContainer';

/**
 * A run of a container without a process, for images that the sandbox has no program for: it runs until it is told to
 * end, and then ends well. One that others wait for, as an init container, ends at once.
 */
export class SimulatedContainer implements RunningContainer {
  readonly startedAt = Date.now();

  readonly ended: Promise<Exit>;

  private end!: (exit: Exit) => void;

  constructor(image: string, private readonly log: LogFile, once: boolean) {
    this.ended = new Promise(resolve => {
      this.end = resolve;
    });
    const text = `The sandbox has no program for ${image}: this container is simulated.`;
    log.append(Buffer.from(`${nanoTimestamp()} stdout F ${text}\n`));
    if (once) this.terminate();
  }

  terminate(): void {
    this.log.end();
    this.end({ exitCode: 0, outOfMemory: false, finishedAt: Date.now() });
  }
}
