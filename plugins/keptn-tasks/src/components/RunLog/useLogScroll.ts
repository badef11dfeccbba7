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
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
  type RefObject,
} from 'react';

/** Where the reader is in a log, and how to get elsewhere. */
export interface LogScroll {
  scrollTop: number;
  /** The end is in view and stays there as lines are added. */
  atEnd: boolean;
  onScroll: () => void;
  scrollTo: (top: number) => void;
  jumpToEnd: () => void;
}

const TOLERANCE_PX = 24;

/**
 * Stays at the end of a growing list until somebody scrolls up, and again once they are back.
 * @param height - whole height of the list
 * @param initiallyAtEnd - false when something else is to be seen first
 */
export function useLogScroll(
  ref: RefObject<HTMLElement>,
  height: number,
  initiallyAtEnd: boolean,
): LogScroll {
  const [scrollTop, setScrollTop] = useState(0);
  const [atEnd, setAtEnd] = useState(initiallyAtEnd);
  const atEndRef = useRef(initiallyAtEnd);

  const setFollowing = useCallback((following: boolean) => {
    atEndRef.current = following;
    setAtEnd(following);
  }, []);

  useLayoutEffect(() => {
    const element = ref.current;
    if (element && atEndRef.current) {
      element.scrollTop = element.scrollHeight;
      setScrollTop(element.scrollTop);
    }
  }, [ref, height, atEnd]);

  const onScroll = useCallback(() => {
    const element = ref.current;
    if (!element) return;
    setScrollTop(element.scrollTop);
    const rest =
      element.scrollHeight - element.scrollTop - element.clientHeight;
    setFollowing(rest <= TOLERANCE_PX);
  }, [ref, setFollowing]);

  const scrollTo = useCallback(
    (top: number) => {
      const element = ref.current;
      if (!element) return;
      setFollowing(false);
      element.scrollTop = Math.max(0, top - element.clientHeight / 2);
      setScrollTop(element.scrollTop);
    },
    [ref, setFollowing],
  );
  const jumpToEnd = useCallback(() => setFollowing(true), [setFollowing]);

  return { scrollTop, atEnd, onScroll, scrollTo, jumpToEnd };
}
