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
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiErrorWarningFill,
  RiForbid2Line,
  RiLoader4Line,
  RiSkipForwardLine,
  RiTimeLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type {
  ReleaseState,
  RunState,
} from 'backstage-plugin-keptn-tasks-common';

/** What a colour stands for. */
export type Tone = 'neutral' | 'info' | 'success' | 'danger' | 'waiting';

/** Every state that something can be in. */
export type AnyState = RunState | ReleaseState;

/**
 * How each state looks, everywhere. Its word is `state.<state>` in the translations. A new state does not compile
 * until it has a look.
 */
export const stateDisplay: Record<
  AnyState,
  {
    tone: Tone;
    icon: RemixiconComponentType;
    animated: boolean;
  }
> = {
  Pending: { tone: 'waiting', icon: RiTimeLine, animated: false },
  Progressing: { tone: 'info', icon: RiLoader4Line, animated: true },
  Succeeded: { tone: 'success', icon: RiCheckboxCircleFill, animated: false },
  Failed: { tone: 'danger', icon: RiCloseCircleFill, animated: false },
  Warning: { tone: 'waiting', icon: RiErrorWarningFill, animated: false },
  Cancelled: { tone: 'neutral', icon: RiForbid2Line, animated: false },
  Deprecated: { tone: 'neutral', icon: RiSkipForwardLine, animated: false },
};
