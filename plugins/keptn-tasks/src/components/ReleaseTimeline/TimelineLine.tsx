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

import type { ReactNode } from 'react';
import { RiBox3Line, RiStackLine } from '@remixicon/react';
import { Link as RouterLink } from 'react-router-dom';
import type { TimelineRow } from '../../lib/timelineRows';
import { Toned } from '../StateChip/Toned';
import { useTasks } from '../Tasks/TasksContext';
import { useRowWords, type RowWords } from './useRowWords';
import styles from './ReleaseTimeline.module.css';

/** One line: its name, its bars, and its times while it is pointed at or has the focus. It leads to the run. */
export function TimelineLine(props: {
  row: TimelineRow;
  from: number;
  to: number;
  now: number;
}) {
  const { row, from, to, now } = props;
  const { level, release, state, bars } = row;
  const wordsOf = useRowWords();
  const words = wordsOf(row, now);
  const length = Math.max(1, to - from);
  const percent = (at: number) => ((at - from) / length) * 100;
  const first = bars[0] ? percent(bars[0].from) : 0;
  const Level = release.kind === 'app' ? RiStackLine : RiBox3Line;
  return (
    <li className={styles.line} data-level={level}>
      <Way row={row} label={labelOf(words)}>
        <span className={styles.label}>
          <Toned state={state}>
            {level === 'release' ? <Level size={16} aria-hidden /> : undefined}
          </Toned>
          <span className={styles.labelText}>{words.name}</span>
        </span>
        <span className={styles.lane} aria-hidden>
          {bars.map((bar, index) => (
            <span
              key={index}
              className={styles.bar}
              data-step={bar.step}
              data-failed={bar.failed}
              data-cut-start={bar.cutStart}
              data-cut-end={bar.cutEnd}
              style={{
                insetInlineStart: `${percent(bar.from)}%`,
                width: `${percent(bar.to) - percent(bar.from)}%`,
              }}
            />
          ))}
        </span>
        <span
          className={styles.tip}
          aria-hidden
          style={
            first > 40
              ? { insetInlineEnd: `${Math.max(0, 100 - percentOfEnd())}%` }
              : { insetInlineStart: `${first}%` }
          }
        >
          <strong>{words.name}</strong>
          <span>{words.when}</span>
          {words.spent.length > 1 && <span>{words.spent.join(' · ')}</span>}
        </span>
      </Way>
    </li>
  );

  function percentOfEnd(): number {
    return Math.max(...bars.map(bar => percent(bar.to)));
  }
}

/** What a line leads to: the run of a task, the page of a workload; otherwise it can be focused for its times. */
function Way(props: {
  row: TimelineRow;
  /** All that it says. */
  label: string;
  children: ReactNode;
}) {
  const { row, label, children } = props;
  const { level, release, item } = row;
  const { paths } = useTasks();
  if (item?.runId) {
    return (
      <RouterLink
        to={paths.run(item.runId)}
        className={styles.way}
        aria-label={label}
      >
        {children}
      </RouterLink>
    );
  }
  if (level === 'release' && release.kind === 'workload') {
    return (
      <RouterLink
        to={paths.release(release.id)}
        className={styles.way}
        aria-label={label}
      >
        {children}
      </RouterLink>
    );
  }
  return (
    // Its times are shown while it has the focus, so the keyboard has to reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.way} role="group" tabIndex={0} aria-label={label}>
      {children}
    </div>
  );
}

/** Begins with what can be read, so that it can be said to a computer. */
function labelOf({ name, when, spent }: RowWords): string {
  return `${name}: ${[when, ...spent].join(' · ')}`;
}
