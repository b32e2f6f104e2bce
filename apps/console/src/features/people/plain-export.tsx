import { Button, Dialog, notify, Select, TextField } from '@gongzhi/ui';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Body } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { saveAs } from '../../components/save-as.ts';
import css from './plain-export.module.css';

type Purpose = Body<'exportPeople'>['purpose'];
const purposes = [
  'verify_identity',
  'correct_record',
  'emergency',
  'authority',
  'other',
] as const satisfies readonly Purpose[];

/** A compound's names and phones in plain text: asked what for, kept on record, told to each of them. */
export function PlainExport({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t } = text;
  const may = useMay('register.export');
  const [isOpen, setOpen] = useState(false);
  const [purpose, setPurpose] = useState<Purpose | ''>('');
  const [words, setWords] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  if (!may) return null;
  const run = async () => {
    const reason = words.trim();
    setMissing(purpose === '' || reason === '');
    if (purpose === '' || reason === '' || isBusy) return;
    setBusy(true);
    try {
      const file = await api.exportPeople(scopeId, {
        purpose,
        words: reason,
        format: 'xlsx',
        locale: text.locale,
      });
      saveAs(file.blob, file.name);
      setOpen(false);
      setWords('');
      setPurpose('');
    } catch (error) {
      notify(problemText(error, text), { tone: 'late' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button size="small" variant="quiet" onPress={() => setOpen(true)}>
        {t('exports.plain.open')}
      </Button>
      <Dialog
        title={t('exports.plain.title')}
        isOpen={isOpen}
        onOpenChange={setOpen}
        footer={
          <>
            <Button variant="quiet" onPress={() => setOpen(false)}>
              {t('exports.plain.cancel')}
            </Button>
            <Button variant="primary" isBusy={isBusy} onPress={() => void run()}>
              {t('exports.plain.run')}
            </Button>
          </>
        }
      >
        <div className={css.form}>
          <p>{t('exports.plain.words')}</p>
          <Select
            label={t('exports.plain.purpose')}
            options={purposes.map((value) => ({ value, label: t(`purposes.${value}`) }))}
            placeholder={t('console.choose')}
            value={purpose}
            onChange={(value) => setPurpose(value as Purpose)}
            error={isMissing && purpose === '' ? t('imports.fault.blank') : undefined}
          />
          <TextField
            label={t('exports.plain.reason')}
            value={words}
            onChange={setWords}
            maxLength={200}
            error={isMissing && words.trim() === '' ? t('imports.fault.blank') : undefined}
          />
        </div>
      </Dialog>
    </>
  );
}
