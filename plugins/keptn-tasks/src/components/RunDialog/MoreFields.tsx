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
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  TextField,
} from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldName, RunForm } from '../../lib/runForm';
import { keptnTasksTranslationRef } from '../../translation';
import { fieldError } from './fieldError';
import styles from './RunDialog.module.css';

/** What is rarely changed: confidential values, retries, timeout. */
export function MoreFields(props: {
  form: RunForm;
  onForm: (form: RunForm) => void;
  messages: Partial<Record<FieldName, string>>;
  namespace: string;
  retries?: number;
  timeout?: string;
  secret?: string;
}) {
  const { form, onForm, messages, namespace } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const hasMessage = !!(
    messages.secureParameters ??
    messages.retries ??
    messages.timeout
  );
  return (
    <Accordion
      // Opened when something in it needs attention.
      key={String(hasMessage)}
      defaultExpanded={hasMessage}
    >
      <AccordionTrigger title={t('runDialog.more')} />
      <AccordionPanel>
        <div className={styles.more}>
          <TextField
            label={t('runDialog.secret')}
            description={t('runDialog.secretHint', { namespace })}
            placeholder={props.secret}
            value={form.secureParameters}
            onChange={secureParameters => onForm({ ...form, secureParameters })}
            {...fieldError(messages.secureParameters)}
          />
          <div className={styles.pair}>
            <TextField
              label={t('runDialog.retries')}
              placeholder={
                props.retries === undefined ? undefined : String(props.retries)
              }
              inputMode="numeric"
              value={form.retries}
              onChange={retries => onForm({ ...form, retries })}
              {...fieldError(messages.retries)}
            />
            <TextField
              label={t('runDialog.timeout')}
              description={t('runDialog.timeoutHint')}
              placeholder={props.timeout}
              value={form.timeout}
              onChange={timeout => onForm({ ...form, timeout })}
              {...fieldError(messages.timeout)}
            />
          </div>
        </div>
      </AccordionPanel>
    </Accordion>
  );
}
