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
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  type ButtonProps,
} from '@backstage/ui';
import theme from '../Theme/readable.module.css';

/** Says what will be done, and does it when that is confirmed. */
export function ConfirmDialog(props: {
  title: string;
  width: number;
  /** On the button that leaves everything as it is. */
  keep: string;
  /** The button that does it. */
  confirm: ButtonProps;
  onClose: () => void;
  children: ReactNode;
}) {
  const { title, width, keep, confirm, onClose, children } = props;
  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && onClose()}
      width={width}
      className={theme.readable}
    >
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          {children}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {keep}
        </Button>
        <Button
          variant="primary"
          className={confirm.destructive ? theme.danger : undefined}
          {...confirm}
        />
      </DialogFooter>
    </Dialog>
  );
}
