import { Button, Dialog, notify, TextField } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { fieldTexts, PASSES } from './api.ts';
import css from './css.ts';

/** One thing that is done with a few words about it: why, what was said, what did not agree. */
export function WordsDialog({
  title,
  note,
  label,
  act,
  isDanger = false,
  isCode = false,
  done,
  before,
  run,
  onClose,
}: {
  title: string;
  note?: ReactNode;
  /** Left out: only asked whether it is meant. */
  label?: string;
  act: string;
  isDanger?: boolean;
  /** Six digits, typed from what somebody says. */
  isCode?: boolean;
  done: string;
  before?: ReactNode;
  run: (words: string, key: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const [words, setWords] = useState('');
  const [key, setKey] = useState(newKey);
  const [lack, setLack] = useState<string | undefined>(undefined);
  const doing = useMutation({
    mutationFn: () => run(words.trim(), key),
    onSuccess: () => {
      notify(done);
      void queryClient.invalidateQueries({ queryKey: [PASSES] });
      onClose();
    },
    onError: (error) => {
      // Refused is not done: what is put right goes out under a key of its own.
      setKey(newKey());
      setLack(Object.values(fieldTexts(error, text))[0] ?? problemText(error, text));
    },
  });
  const save = (): void => {
    if (label !== undefined && words.trim() === '') setLack(t('fieldErrors.required'));
    else doing.mutate();
  };
  return (
    <Dialog
      title={title}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant={isDanger ? 'danger' : 'primary'} isBusy={doing.isPending} onPress={save}>
            {act}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        {note !== undefined && <p className={css.note}>{note}</p>}
        {before}
        {label === undefined ? (
          lack !== undefined && (
            <p className={css.error} role="alert">
              {lack}
            </p>
          )
        ) : isCode ? (
          <TextField
            label={label}
            inputMode="numeric"
            maxLength={6}
            value={words}
            error={lack}
            onChange={(typed) => {
              setWords(typed.replace(/\D/g, ''));
            }}
          />
        ) : (
          <TextField label={label} rows={3} maxLength={500} value={words} error={lack} onChange={setWords} />
        )}
      </div>
    </Dialog>
  );
}
