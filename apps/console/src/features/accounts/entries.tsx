import { Button, EmptyState, notify, Select, TextField } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { HandCoins, Plus } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { PhotoField } from '../caller/photo-field.tsx';
import css from '../ledger/css.ts';
import { fenOf, yuan } from '../ledger/words.ts';
import { Photos } from '../orders/photos.tsx';
import { accountsApi, accountsKeys, type Entry, type Section, sections } from './api.ts';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';
import { More } from '../../components/more.tsx';

/** What was entered, the latest first; what was withdrawn stays, struck through, with why. */
export function EntriesTab({ scopeId, item }: { scopeId: string; item: string | undefined }) {
  const { t } = useText();
  const [isEntering, setEntering] = useState(false);
  const [withdrawing, setWithdrawing] = useState<Entry | null>(null);
  const list = useInfiniteQuery({
    queryKey: accountsKeys.of('entries', scopeId),
    queryFn: ({ pageParam }) =>
      accountsApi.entries({ scopeId, limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className={css.part}>
      <Button variant="primary" icon={Plus} onPress={() => setEntering(true)}>
        {t('accounts.enter')}
      </Button>
      <Pending of={list} />
      {list.isSuccess && rows.length === 0 && (
        <EmptyState icon={HandCoins} title={t('accounts.entries.none')} />
      )}
      {rows.length > 0 && (
        <RecordsTable
          label={t('accounts.tab.entries')}
          heads={[
            { word: t('accounts.form.day') },
            { word: t('accounts.form.section') },
            { word: t('accounts.form.item') },
            { word: t('ledger.column.amount'), isFigure: true },
            { word: t('accounts.papers.column') },
            { word: '' },
          ]}
        >
          {rows.map((entry) => (
            <tr key={entry.id} data-chosen={entry.id === item ? '' : undefined}>
              <td className={css.day}>
                {entry.occurredOn}
                {entry.bookedOn !== entry.occurredOn && (
                  <p className={css.note}>{t('accounts.booked', { day: entry.bookedOn })}</p>
                )}
              </td>
              <td>{t(`accounts.section.${entry.section}`)}</td>
              <td>
                <span className={entry.withdrawnAt === null ? undefined : css.undone}>{entry.item}</span>
                {entry.note !== null && <p className={css.note}>{entry.note}</p>}
                {entry.withdrawnAt !== null && (
                  <p className={css.note}>
                    {t('accounts.withdrawn', {
                      name: entry.withdrawnByName ?? '',
                      reason: entry.withdrawnReason ?? '',
                    })}
                  </p>
                )}
              </td>
              <td className={css.figure}>{yuan(entry.amountFen)}</td>
              <td>
                <Photos scopeId={scopeId} photos={entry.fileIds.map((id) => ({ id }))} label={entry.item} />
                {entry.fileIds.length === 0 && <span className={css.note}>{t('accounts.noPapers')}</span>}
              </td>
              <td className={css.figure}>
                {entry.withdrawnAt === null && (
                  <Button
                    size="small"
                    variant="quiet"
                    aria-label={t('accounts.withdraw.named', { item: entry.item })}
                    onPress={() => setWithdrawing(entry)}
                  >
                    {t('accounts.withdraw')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </RecordsTable>
      )}
      <More list={list} />
      {isEntering && <EnterDialog scopeId={scopeId} onClose={() => setEntering(false)} />}
      {withdrawing !== null && (
        <WithdrawDialog scopeId={scopeId} entry={withdrawing} onClose={() => setWithdrawing(null)} />
      )}
    </section>
  );
}

/** Something came in or went out. What is typed stays when it is refused. */
function EnterDialog({ scopeId, onClose }: { scopeId: string; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const [section, setSection] = useState<Section>('common_income');
  const [item, setItem] = useState('');
  const [amount, setAmount] = useState('');
  const [day, setDay] = useState(today);
  const [note, setNote] = useState('');
  const [photoIds, setPhotoIds] = useState<readonly string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [key] = useState(newKey);
  const fen = fenOf(amount);
  const save = async (): Promise<void> => {
    if (fen === null) return;
    setBusy(true);
    setError(undefined);
    try {
      await accountsApi.enter(
        {
          scopeId,
          section,
          item: item.trim(),
          amountFen: fen,
          occurredOn: day,
          ...(note.trim() === '' ? {} : { note: note.trim() }),
          ...(photoIds.length === 0 ? {} : { fileIds: [...photoIds] }),
        },
        key,
      );
      void queryClient.invalidateQueries({ queryKey: accountsKeys.all });
      notify(t('accounts.form.saved'));
      onClose();
    } catch (problem) {
      setError(problemText(problem, text));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDialog
      title={t('accounts.enter')}
      send={t('accounts.form.save')}
      isWhole={item.trim() !== '' && fen !== null && day !== ''}
      isBusy={isBusy}
      error={error}
      onSend={save}
      onClose={onClose}
    >
      <Select
        label={t('accounts.form.section')}
        options={sections.map((value) => ({ value, label: t(`accounts.section.${value}`) }))}
        value={section}
        onChange={(value) => setSection(value as Section)}
      />
      <TextField
        label={t('accounts.form.item')}
        description={t('accounts.form.item.hint')}
        maxLength={40}
        value={item}
        onChange={setItem}
      />
      <TextField
        label={t('accounts.form.amount')}
        inputMode="decimal"
        maxLength={14}
        value={amount}
        onChange={setAmount}
        error={amount !== '' && fen === null ? t('accounts.need.amount') : undefined}
      />
      <TextField label={t('accounts.form.day')} type="date" value={day} onChange={setDay} />
      <TextField
        label={t('console.optional', { label: t('accounts.form.note') })}
        maxLength={300}
        value={note}
        onChange={setNote}
      />
      <PhotoField scopeId={scopeId} photoIds={photoIds} onChange={setPhotoIds} />
    </FormDialog>
  );
}

function WithdrawDialog({ scopeId, entry, onClose }: { scopeId: string; entry: Entry; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [key] = useState(newKey);
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await accountsApi.withdraw(entry.id, { scopeId, reason: reason.trim() }, key);
      void queryClient.invalidateQueries({ queryKey: accountsKeys.all });
      onClose();
    } catch (problem) {
      setError(problemText(problem, text));
      setBusy(false);
    }
  };
  return (
    <FormDialog
      title={t('accounts.withdraw.ask', { item: entry.item })}
      send={t('accounts.withdraw')}
      isWhole={reason.trim() !== ''}
      isBusy={isBusy}
      error={error}
      onSend={send}
      onClose={onClose}
    >
      <p className={css.note}>{t('accounts.withdraw.warn')}</p>
      <TextField label={t('accounts.withdraw.reason')} maxLength={200} value={reason} onChange={setReason} />
    </FormDialog>
  );
}

/** The day where one sits. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
