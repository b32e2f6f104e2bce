import { Button, Select, TextField } from '@gongzhi/ui';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import type { FileResult, Mapping } from './api.ts';
import css from './form.module.css';

const FIELDS = [
  'number',
  'receivedAt',
  'dueAt',
  'urgency',
  'topic',
  'description',
  'placeText',
  'compound',
  'callerName',
  'callerPhone',
  'isConfidential',
  'repeatOf',
] as const satisfies readonly (keyof Mapping)[];

/** Which column of the file is what; said once, it is kept under a name for the next file. */
export function Columns({
  found,
  onSave,
}: {
  found: FileResult;
  onSave: (name: string, columns: Mapping) => Promise<void>;
}) {
  const { t } = useText();
  const [columns, setColumns] = useState<Mapping>(found.mapping);
  const [name, setName] = useState('');
  const [isTried, setTried] = useState(false);
  const options = found.titles.map((title) => ({ value: title, label: title }));
  const save = (): void => {
    setTried(true);
    if (name.trim() !== '') void onSave(name.trim(), columns);
  };
  return (
    <details open={found.missing.length > 0}>
      <summary>{t('hotline.file.columns')}</summary>
      <div className={css.pair}>
        {FIELDS.map((field) => (
          <Select
            key={field}
            label={t(`hotline.column.${field}`)}
            placeholder={t('hotline.file.none')}
            options={options}
            value={columns[field] ?? ''}
            onChange={(title) => {
              const { [field]: _, ...rest } = columns;
              setColumns(title === '' ? rest : { ...rest, [field]: title });
            }}
          />
        ))}
      </div>
      <div className={css.row}>
        <TextField
          label={t('hotline.file.save')}
          maxLength={60}
          value={name}
          onChange={setName}
          error={isTried && name.trim() === '' ? t('hotline.need') : undefined}
        />
        <Button onPress={save}>{t('hotline.file.saveAndCheck')}</Button>
      </div>
    </details>
  );
}
