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

import { Button, Focusable, Tooltip, TooltipTrigger } from '@backstage/ui';
import type { ButtonProps } from '@backstage/ui';
import styles from './PermittedButton.module.css';

/**
 * A button that is off, and says why in a tooltip, while there is a reason against it. The tooltip can be reached with
 * the keyboard, which a disabled button cannot.
 */
export function PermittedButton(
  props: ButtonProps & { reasonAgainst: string | undefined },
) {
  const { reasonAgainst, ...button } = props;
  if (!reasonAgainst) return <Button {...button} />;
  const label = `${
    button['aria-label'] ?? String(button.children)
  }. ${reasonAgainst}`;
  return (
    <TooltipTrigger delay={200}>
      <Focusable>
        <span
          role="button"
          aria-disabled
          aria-label={label}
          tabIndex={0}
          className={styles.wrapper}
        >
          <Button {...button} isDisabled aria-hidden excludeFromTabOrder />
        </span>
      </Focusable>
      <Tooltip>{reasonAgainst}</Tooltip>
    </TooltipTrigger>
  );
}
