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

import { useEffect, useState } from 'react';
import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { keptnTasksTranslationRef } from '../../translation';
import { copyText } from './copyText';

/** Copies a text and says so for a moment. */
export function CopyButton(props: {
  text: () => string;
  label?: string;
  copiedLabel?: string;
  icon?: JSX.Element;
}) {
  const { text, label, copiedLabel, icon = <RiFileCopyLine /> } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <Button
      variant="secondary"
      iconStart={copied ? <RiCheckLine /> : icon}
      onPress={async () => setCopied(await copyText(text()))}
    >
      {copied ? copiedLabel ?? t('common.copied') : label ?? t('common.copy')}
    </Button>
  );
}
