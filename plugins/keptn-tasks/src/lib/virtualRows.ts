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

/** Where each row of a long list starts, in pixels; one more entry than rows, the last being the whole height. */
export type RowOffsets = Float64Array | { rowHeight: number; count: number };

/**
 * Measures rows of text in a fixed-width font that break anywhere, without laying them out.
 * @param lengths - characters of each row
 * @param columns - characters that fit in a line
 * @param rowHeight - height of one line in pixels
 */
export function measureWrapped(
  lengths: readonly number[],
  columns: number,
  rowHeight: number,
): RowOffsets {
  const offsets = new Float64Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) {
    const lines = Math.max(1, Math.ceil(lengths[i] / Math.max(1, columns)));
    offsets[i + 1] = offsets[i] + lines * rowHeight;
  }
  return offsets;
}

/** Where a row starts. */
export function offsetOf(offsets: RowOffsets, index: number): number {
  return 'rowHeight' in offsets ? index * offsets.rowHeight : offsets[index];
}

/** Height of all rows. */
export function totalHeight(offsets: RowOffsets): number {
  return 'rowHeight' in offsets
    ? offsets.count * offsets.rowHeight
    : offsets[offsets.length - 1];
}

/** The rows, first to last (excluded), that a window onto the list shows, and some around it. */
export function visibleRange(
  offsets: RowOffsets,
  scrollTop: number,
  height: number,
  overscan = 20,
): [number, number] {
  const count =
    'rowHeight' in offsets ? offsets.count : Math.max(0, offsets.length - 1);
  const first = rowAt(offsets, scrollTop, count);
  const last = rowAt(offsets, scrollTop + height, count) + 1;
  return [Math.max(0, first - overscan), Math.min(count, last + overscan)];
}

function rowAt(offsets: RowOffsets, position: number, count: number): number {
  if ('rowHeight' in offsets) {
    return Math.min(count, Math.floor(position / offsets.rowHeight));
  }
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle] <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
