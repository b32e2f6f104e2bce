import { Button, Dialog, notify, Select, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { useSend } from '../organisation/use-send.ts';
import {
  type ShiftColumns,
  type ShiftField,
  type ShiftFileRow,
  type ShiftResult,
  shiftApi,
} from './shift-file-api.ts';
import css from './shift-file.module.css';
import { Pending } from '../../components/pending.tsx';

const FIELDS = ['name', 'phone', 'date', 'shift'] as const satisfies readonly ShiftField[];

/** Which column of the file is what; the next file of the department is read the same way. */
export function ShiftColumnsForm({
  found,
  isBusy,
  onCheck,
}: {
  found: ShiftResult;
  isBusy: boolean;
  onCheck: (columns: ShiftColumns) => void;
}) {
  const { t } = useText();
  const [columns, setColumns] = useState<ShiftColumns>(found.columns);
  const options = [...new Set(found.titles)].map((title) => ({ value: title, label: title }));
  return (
    <details open={found.missing.length > 0}>
      <summary>{t('shiftFile.columns')}</summary>
      <div className={css.pair}>
        {FIELDS.map((field) => (
          <Select
            key={field}
            label={t(`shiftFile.column.${field}`)}
            placeholder={t('shiftFile.none')}
            options={options}
            value={columns[field] ?? ''}
            onChange={(title) => {
              const { [field]: _, ...rest } = columns;
              setColumns(title === '' ? rest : { ...rest, [field]: title });
            }}
          />
        ))}
      </div>
      <Button size="small" isBusy={isBusy} onPress={() => onCheck(columns)}>
        {t('shiftFile.check')}
      </Button>
    </details>
  );
}

/** Line by line: where, and what would be right. */
export function ShiftFaults({ faults }: { faults: ShiftResult['faults'] }) {
  const { t, tk } = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('shiftFile.faults')}>
      <table className={css.table}>
        <tbody>
          {faults.map((fault) => (
            <tr key={`${fault.line}.${fault.field}.${fault.code}`}>
              <th scope="row">{t('shiftFile.line', { line: fault.line })}</th>
              <td>{t(`shiftFile.column.${fault.field}`)}</td>
              <td>{tk(`shiftFile.fault.${fault.code}`, fault.params)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What was taken in before, and taking back what of it lies ahead. */
export function ShiftFiles({ scopeId }: { scopeId: string | undefined }) {
  const { t, when, number } = useText();
  const now = useNow();
  const [asked, setAsked] = useState<ShiftFileRow | null>(null);
  const { isBusy, error, send } = useSend();
  const files = useQuery({
    queryKey: shiftApi.filesKey(scopeId),
    queryFn: () => shiftApi.files(scopeId),
  });
  if (!files.isSuccess) return <Pending of={files} lines={3} />;
  if (files.data.items.length === 0) return null;
  const withdraw = async (id: string): Promise<void> => {
    if ((await send(id, (key) => shiftApi.withdraw(scopeId, id, key))) === undefined) return;
    notify(t('shiftFile.withdrawnDone'));
    setAsked(null);
    void queryClient.invalidateQueries({ queryKey: shiftApi.filesKey(scopeId) });
    void queryClient.invalidateQueries({ queryKey: queryKeys.roster });
  };
  return (
    <section className={css.part} aria-label={t('shiftFile.history')}>
      <h2 className={css.heading}>{t('shiftFile.history')}</h2>
      <ul className={css.list}>
        {files.data.items.map((one) => (
          <li key={one.id}>
            <span>
              <strong>{one.name}</strong>{' '}
              <span className={css.quiet}>
                {one.sentName} · {when(one.sentAt, now)}
              </span>
            </span>
            <span>
              {t('shiftFile.result', {
                rows: number(one.rows),
                taken: number(one.taken),
                known: number(one.known),
                free: number(one.free),
                faults: number(one.faults.length),
              })}
            </span>
            {one.faults.length > 0 && (
              <details>
                <summary>{t('shiftFile.faults')}</summary>
                <ShiftFaults faults={one.faults} />
              </details>
            )}
            {one.withdrawnAt !== null && (
              <span className={css.quiet}>
                {t('shiftFile.withdrawn', { name: one.withdrawnName ?? '' })} · {when(one.withdrawnAt, now)}
              </span>
            )}
            {one.withdrawnAt === null && one.taken > 0 && (
              <Button size="small" variant="quiet" onPress={() => setAsked(one)}>
                {t('shiftFile.withdraw')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked !== null && (
        <Dialog
          title={t('shiftFile.withdraw')}
          isOpen
          isAlert
          onOpenChange={() => setAsked(null)}
          footer={
            <>
              <Button onPress={() => setAsked(null)}>{t('common.cancel')}</Button>
              <Button variant="primary" isBusy={isBusy} onPress={() => void withdraw(asked.id)}>
                {t('shiftFile.withdraw')}
              </Button>
            </>
          }
        >
          <p>{t('shiftFile.withdrawWords', { name: asked.name })}</p>
          {error !== undefined && (
            <p className={css.error} role="alert">
              {error}
            </p>
          )}
        </Dialog>
      )}
    </section>
  );
}
