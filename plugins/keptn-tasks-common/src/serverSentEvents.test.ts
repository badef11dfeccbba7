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

import { readServerSentEvents } from './serverSentEvents';

type Event = { name: string; data: string; id?: string };

/** What is read of a stream that arrives in these pieces. */
async function read(...pieces: (string | Uint8Array)[]): Promise<Event[]> {
  const events: Event[] = [];
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) {
        controller.enqueue(
          typeof piece === 'string' ? encoder.encode(piece) : piece,
        );
      }
      controller.close();
    },
  });
  await readServerSentEvents(new Response(body), event => events.push(event));
  return events;
}

describe('readServerSentEvents', () => {
  it('reads name, data and id', async () => {
    expect(
      await read('event: run\nid: 7\ndata: {"a":1}\n\ndata: x\n\n'),
    ).toEqual([
      { name: 'run', data: '{"a":1}', id: '7' },
      // The id stays until another one comes.
      { name: 'message', data: 'x', id: '7' },
    ]);
  });

  it.each([1, 2, 3, 5, 8, 13])(
    'reads the same however it is cut, %p bytes at a time',
    async size => {
      const bytes = new TextEncoder().encode(
        ': open\n\nevent: lines\ndata: "ünïcode ✔ 🚀"\n\n: \n\nevent: end\r\ndata: {}\r\n\r\n',
      );
      const pieces: Uint8Array[] = [];
      for (let i = 0; i < bytes.length; i += size) {
        pieces.push(bytes.slice(i, i + size));
      }
      expect(await read(...pieces)).toEqual([
        { name: 'lines', data: '"ünïcode ✔ 🚀"', id: undefined },
        { name: 'end', data: '{}', id: undefined },
      ]);
    },
  );

  it('joins several lines of data', async () => {
    expect(await read('data: a\ndata:b\ndata:  c\n\n')).toEqual([
      { name: 'message', data: 'a\nb\n c', id: undefined },
    ]);
  });

  it('skips comments, events without data and fields that it does not know', async () => {
    expect(
      await read(': heartbeat\n\nevent: run\n\nretry: 5\ndata: 1\n\n'),
    ).toEqual([{ name: 'message', data: '1', id: undefined }]);
  });

  it('does not tell an event that was cut off', async () => {
    expect(await read('event: end\ndata: {}\n')).toEqual([]);
  });

  it('reads nothing from an answer without a body', async () => {
    const onEvent = jest.fn();
    await readServerSentEvents(new Response(null), onEvent);
    expect(onEvent).not.toHaveBeenCalled();
  });
});
