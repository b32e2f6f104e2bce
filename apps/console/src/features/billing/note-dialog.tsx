import { yuan } from '@gongzhi/i18n/bill-basis.ts';
import { Button, Dialog, Segmented, TextField, useNow } from '@gongzhi/ui';
import { Intent } from '@gongzhi/ui/client/index.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { billingApi, billingKeys } from './api.ts';
import css from './css.ts';
import { Pending } from '../../components/pending.tsx';

const noteKinds = ['note', 'promise', 'dispute', 'resumed'] as const;

/** What was said with a household about what it owes. A promise and a dispute hold the reminders back. */
export function NoteDialog({
  scopeId,
  householdId,
  label,
  onClose,
}: {
  scopeId: string;
  householdId: string;
  label: string;
  onClose: () => void;
}) {
  const text = useText();
  const { t, when } = text;
  const [kind, setKind] = useState<(typeof noteKinds)[number]>('note');
  const [words, setWords] = useState('');
  const [until, setUntil] = useState('');
  const [isTried, setTried] = useState(false);
  const known = useQuery({
    queryKey: billingKeys.arrearsCase(householdId),
    queryFn: () => billingApi.arrearsCase(scopeId, householdId),
  });
  const [intent] = useState(() => new Intent<number>());
  const add = useMutation({
    mutationFn: (expectedVersion: number) => {
      const said = { kind, words: words.trim(), ...(kind === 'promise' ? { promisedUntil: until } : {}) };
      return intent.send(
        said,
        () => expectedVersion,
        (version, key) => billingApi.note(scopeId, householdId, { ...said, expectedVersion: version }, key),
      );
    },
    onSuccess: () => {
      setWords('');
      setTried(false);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: billingKeys.all }),
  });
  const isRight = words.trim() !== '' && (kind !== 'promise' || until !== '');
  const now = useNow();
  return (
    <Dialog
      title={t('billing.note.title', { home: label })}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.close')}</Button>
          <Button
            variant="primary"
            isBusy={add.isPending}
            onPress={() => {
              setTried(true);
              if (isRight && known.data !== undefined) add.mutate(known.data.version);
            }}
          >
            {t('billing.note.save')}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <p className={css.note}>{t('billing.note.text')}</p>
        <Segmented
          label={t('billing.note.kind')}
          options={noteKinds.map((value) => ({ value, label: t(`billing.note.kind.${value}`) }))}
          value={kind}
          onChange={setKind}
        />
        {kind === 'promise' && (
          <TextField
            label={t('billing.note.until')}
            type="date"
            value={until}
            onChange={setUntil}
            error={isTried && until === '' ? t('billing.need.day') : undefined}
          />
        )}
        <TextField
          label={t('billing.note.words')}
          rows={3}
          maxLength={500}
          value={words}
          onChange={setWords}
          error={isTried && words.trim() === '' ? t('billing.need.words') : undefined}
        />
        {add.error !== null && (
          <p className={css.error} role="alert">
            {problemText(add.error, text)}
          </p>
        )}
        {known.data === undefined ? (
          <Pending of={known} />
        ) : (
          <ul className={css.list}>
            {known.data.notes.map((note) => (
              <li key={note.id}>
                {t(`billing.note.kind.${note.kind}`)} · {note.words}
                {note.promisedUntil !== null && ` (${note.promisedUntil})`}
                <span className={css.note}>
                  {' '}
                  {note.byName} {when(note.at, now)}
                </span>
              </li>
            ))}
            {known.data.reminders.map((sent) => (
              <li key={sent.id}>
                {t(sent.way === 'letter' ? 'billing.reminder.letter' : 'billing.reminder.message', {
                  step: sent.step,
                  amount: yuan(sent.totalFen),
                })}
                <span className={css.note}> {when(sent.sentAt, now)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}
