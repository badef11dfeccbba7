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

import { InputError } from '@backstage/errors';
import type { BigIntColumn } from './tables';

/** Where a page ended: the last run on it. */
export interface Position {
  createdAt: number;
  seq: number;
}

/** A position as a word that clients hand back without looking into it. */
export function encodeCursor(row: {
  created_at: BigIntColumn;
  seq: BigIntColumn;
}): string {
  return Buffer.from(`${Number(row.created_at)}.${Number(row.seq)}`).toString(
    'base64url',
  );
}

/** @throws InputError when it was not made by `encodeCursor` */
export function decodeCursor(cursor: string): Position {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(
    Buffer.from(cursor, 'base64url').toString('utf8'),
  );
  if (!match) {
    throw new InputError(
      'cursor is not one of this API: pass the nextCursor of the previous page unchanged',
    );
  }
  return { createdAt: Number(match[1]), seq: Number(match[2]) };
}
