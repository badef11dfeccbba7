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

/** Something that is told to a reader until it has ended or the connection is lost. */
interface OpenStream<T> {
  key: string;
  tell: (value: T) => void;
  end: () => void;
  lose: () => void;
}

/** Streams that a test can feed, end and break. */
export class FakeStreams<T> {
  #open = new Set<OpenStream<T>>();
  #refused = false;

  /** Resolves when the stream ends or `signal` aborts, rejects when the connection is lost. */
  follow(
    key: string,
    signal: AbortSignal,
    tell: (value: T) => void,
  ): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      if (this.#refused) {
        reject(new Error('The connection was refused'));
        return;
      }
      const stream: OpenStream<T> = {
        key,
        tell,
        end: () => {
          this.#open.delete(stream);
          resolve();
        },
        lose: () => {
          this.#open.delete(stream);
          reject(new Error('The connection was lost'));
        },
      };
      this.#open.add(stream);
      signal.addEventListener('abort', stream.end);
    });
  }

  tell(key: string, value: T) {
    this.#of(key).forEach(stream => stream.tell(value));
  }

  end(key: string) {
    this.#of(key).forEach(stream => stream.end());
  }

  /** Breaks every connection; new ones are refused until `restore`. */
  cut() {
    this.#refused = true;
    [...this.#open].forEach(stream => stream.lose());
  }

  restore() {
    this.#refused = false;
  }

  get refused(): boolean {
    return this.#refused;
  }

  #of(key: string) {
    return [...this.#open].filter(stream => stream.key === key);
  }
}
