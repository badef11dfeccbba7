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

import type { AnsiChunk } from '../../lib/ansi';
import styles from './AnsiText.module.css';

/** Styled pieces of a line, with a searched text marked. */
export function AnsiText(props: {
  chunks: readonly AnsiChunk[];
  /** Marked wherever it occurs, whatever its case. */
  highlight?: string;
}) {
  const { chunks, highlight } = props;
  return (
    <>
      {chunks.map(({ text, style }, index) => {
        const { color, background, bold, dim, italic, underline } = style;
        const marked = highlight ? mark(text, highlight) : text;
        if (Object.values(style).every(value => !value)) {
          return <span key={index}>{marked}</span>;
        }
        return (
          <span
            key={index}
            className={styles.styled}
            data-color={color}
            data-background={background}
            data-bold={bold}
            data-dim={dim}
            data-italic={italic}
            data-underline={underline}
          >
            {marked}
          </span>
        );
      })}
    </>
  );
}

function mark(text: string, wanted: string) {
  const lower = text.toLowerCase();
  const needle = wanted.toLowerCase();
  const pieces: Array<JSX.Element | string> = [];
  let from = 0;
  for (;;) {
    const at = lower.indexOf(needle, from);
    if (at < 0) break;
    pieces.push(text.slice(from, at));
    pieces.push(<mark key={at}>{text.slice(at, at + needle.length)}</mark>);
    from = at + needle.length;
  }
  return [...pieces, text.slice(from)];
}
