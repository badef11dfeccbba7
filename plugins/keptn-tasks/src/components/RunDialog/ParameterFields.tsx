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

import { useRef } from 'react';
import { Badge, Button, ButtonIcon, Text, TextField } from '@backstage/ui';
import {
  RiAddLine,
  RiArrowGoBackLine,
  RiDeleteBinLine,
} from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  isChanged,
  type FieldName,
  type ParameterField,
} from '../../lib/runForm';
import { keptnTasksTranslationRef } from '../../translation';
import { fieldError } from './fieldError';
import styles from './RunDialog.module.css';

/** The parameters as fields: changed ones are marked and can be reset, more can be added. */
export function ParameterFields(props: {
  fields: ParameterField[];
  kind: 'run' | 'rerun';
  messages: Partial<Record<FieldName, string>>;
  onFields: (fields: ParameterField[]) => void;
}) {
  const { fields, kind, messages, onFields } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const added = useRef(0);

  const change = (key: string, part: Partial<ParameterField>) =>
    onFields(
      fields.map(field => (field.key === key ? { ...field, ...part } : field)),
    );
  const remove = (key: string) =>
    onFields(fields.filter(field => field.key !== key));
  const add = () => {
    added.current += 1;
    onFields([
      ...fields,
      { key: `added ${added.current}`, name: '', value: '' },
    ]);
  };
  return (
    <fieldset className={styles.group}>
      <Text as="legend" variant="body-large" weight="bold">
        {t('runDialog.parameters')}
      </Text>
      {fields.length === 0 && (
        <Text color="secondary">{t('runDialog.noParameters')}</Text>
      )}
      {fields.map(field => {
        const message = messages[`parameters.${field.key}`];
        return field.initial === undefined ? (
          <AddedField
            key={field.key}
            field={field}
            message={message}
            onChange={part => change(field.key, part)}
            onRemove={() => remove(field.key)}
          />
        ) : (
          <KnownField
            key={field.key}
            field={field}
            kind={kind}
            message={message}
            onChange={value => change(field.key, { value })}
          />
        );
      })}
      <div>
        <Button variant="tertiary" iconStart={<RiAddLine />} onPress={add}>
          {t('runDialog.add')}
        </Button>
      </div>
    </fieldset>
  );
}

function KnownField(props: {
  field: ParameterField;
  kind: 'run' | 'rerun';
  message?: string;
  onChange: (value: string) => void;
}) {
  const { field, kind, message, onChange } = props;
  const { name, value, initial = '' } = field;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const changed = isChanged(field);
  const shown = initial || t('common.empty');
  return (
    <div className={styles.field} data-changed={changed}>
      <TextField
        className={styles.input}
        label={name}
        secondaryLabel={changed ? t('runDialog.changed') : undefined}
        description={
          changed
            ? t(kind === 'rerun' ? 'runDialog.before' : 'runDialog.default', {
                value: shown,
              })
            : undefined
        }
        placeholder={initial}
        value={value}
        onChange={onChange}
        {...fieldError(message)}
      />
      {changed && (
        <ButtonIcon
          variant="tertiary"
          icon={<RiArrowGoBackLine />}
          aria-label={t('runDialog.reset', { name })}
          onPress={() => onChange(initial)}
        />
      )}
    </div>
  );
}

function AddedField(props: {
  field: ParameterField;
  message?: string;
  onChange: (part: Partial<ParameterField>) => void;
  onRemove: () => void;
}) {
  const { field, message, onChange, onRemove } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <div className={styles.field} data-changed>
      <TextField
        className={styles.input}
        label={t('runDialog.newName')}
        value={field.name}
        onChange={name => onChange({ name })}
        // It has just been asked for.
        autoFocus // eslint-disable-line jsx-a11y/no-autofocus
        {...fieldError(message)}
      />
      <TextField
        className={styles.input}
        label={t('runDialog.newValue')}
        value={field.value}
        onChange={value => onChange({ value })}
      />
      <Badge size="small">{t('runDialog.added')}</Badge>
      <ButtonIcon
        variant="tertiary"
        icon={<RiDeleteBinLine />}
        aria-label={t('runDialog.remove', { name: field.name })}
        onPress={onRemove}
      />
    </div>
  );
}
