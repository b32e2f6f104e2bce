import { announce, Button, buttonClass, Dialog, Icon, Segmented, TextField, Checkbox } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import { Check, CircleDashed, OctagonAlert, Printer, RefreshCw, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Order, OrderRow } from '../../api-types.ts';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { StaffPicker } from '../orders/staff-picker.tsx';
import css from './desk.module.css';
import { type BulkState, useBulk } from './use-bulk.ts';

export const bulkActions = ['assign', 'transfer', 'triage', 'comment'] as const;
export type BulkAction = (typeof bulkActions)[number];
const PRIORITIES = ['normal', 'high', 'urgent'] as const;

/** What can be done with several orders at once. */
export function BulkBar({
  rows,
  action,
  onAction,
  onChanged,
  onClear,
}: {
  rows: readonly OrderRow[];
  action: BulkAction | null;
  onAction: (action: BulkAction | null) => void;
  onChanged: (order: Order) => void;
  onClear: () => void;
}) {
  const { t } = useText();
  return (
    <div className={css.bulk} role="region" aria-label={t('desk.bulk')}>
      <p className={css.bulkCount} aria-live="polite">
        {t('desk.bulk.count', { count: rows.length })}
      </p>
      {bulkActions.map((name) => (
        <Button
          key={name}
          size="small"
          variant={name === 'assign' ? 'primary' : 'secondary'}
          onPress={() => {
            onAction(name);
          }}
        >
          {t(`desk.bulk.${name}`)}
        </Button>
      ))}
      <Link
        {...url.print(rows.map(({ scopeId, id }) => ({ scopeId, id })))}
        className={buttonClass('secondary', 'small')}
      >
        <Icon of={Printer} size={16} />
        {t('desk.print')}
      </Link>
      <Button size="small" variant="quiet" icon={X} onPress={onClear}>
        {t('desk.bulk.clear')}
      </Button>
      {action !== null && (
        <BulkDialog
          rows={rows}
          action={action}
          onChanged={onChanged}
          onClose={() => {
            onAction(null);
          }}
        />
      )}
    </div>
  );
}

const mark = {
  waiting: CircleDashed,
  sending: RefreshCw,
  done: Check,
  refused: OctagonAlert,
  unsent: OctagonAlert,
} as const satisfies Record<BulkState, unknown>;

function BulkDialog({
  rows: chosen,
  action,
  onChanged,
  onClose,
}: {
  rows: readonly OrderRow[];
  action: BulkAction;
  onChanged: (order: Order) => void;
  onClose: () => void;
}) {
  const { t, tk, named } = useText();
  // What was chosen when it began: the list goes on living behind it.
  const [rows] = useState(chosen);
  const [staff, setStaff] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const [priority, setPriority] = useState<(typeof PRIORITIES)[number]>('high');
  const [isInternal, setInternal] = useState(true);
  const [hasBegun, setBegun] = useState(false);
  const bulk = useBulk(rows, onChanged);
  const count = (state: BulkState): number => bulk.results.filter((one) => one.state === state).length;
  const needsStaff = action === 'assign' || action === 'transfer';
  const needsWords = action === 'transfer' || action === 'comment';
  const isReady = (!needsStaff || staff !== null) && (!needsWords || words.trim() !== '');
  const first = rows[0];

  const params = (): Record<string, unknown> => {
    switch (action) {
      case 'assign':
        return { assigneeAccountId: staff };
      case 'transfer':
        return { assigneeAccountId: staff, reason: words.trim() };
      case 'triage':
        return { priority };
      case 'comment':
        return { text: words.trim(), isInternal, photoIds: [] };
    }
  };
  const run = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (!isReady || bulk.isRunning) return;
    setBegun(true);
    await bulk.run(action, params());
    announce(t('desk.bulk.over'));
  };
  const unsent = count('unsent');
  return (
    <Dialog
      title={t('desk.bulk.title', { action: t(`desk.bulk.${action}`), count: rows.length })}
      isOpen
      isAlert={bulk.isRunning}
      onOpenChange={(isOpen) => {
        if (!isOpen && !bulk.isRunning) onClose();
      }}
      footer={
        hasBegun ? (
          <>
            {unsent > 0 && !bulk.isRunning && (
              <Button onPress={() => void run()}>{t('desk.bulk.again', { count: unsent })}</Button>
            )}
            <Button variant="primary" isBusy={bulk.isRunning} onPress={onClose}>
              {t('common.done')}
            </Button>
          </>
        ) : (
          <Button variant="primary" isDisabled={!isReady} onPress={() => void run()}>
            {t('desk.bulk.go', { action: t(`desk.bulk.${action}`), count: rows.length })}
          </Button>
        )
      }
    >
      {!hasBegun && first !== undefined && (
        <form className={css.form} onSubmit={(event) => void run(event)}>
          {needsStaff && (
            <StaffPicker
              scopeId={first.scopeId}
              orderId={first.id}
              exceptId={null}
              value={staff}
              onChange={setStaff}
            />
          )}
          {needsWords && (
            <TextField
              label={action === 'comment' ? t('console.comment.label') : t('console.field.reason')}
              rows={3}
              maxLength={500}
              value={words}
              onChange={setWords}
            />
          )}
          {action === 'comment' && (
            <Checkbox isSelected={isInternal} onChange={setInternal}>
              {t('console.comment.onlyStaff')}
            </Checkbox>
          )}
          {action === 'triage' && (
            <>
              <Segmented
                label={t('console.field.priority')}
                options={PRIORITIES.map((value) => ({ value, label: t(`priorities.${value}`) }))}
                value={priority}
                onChange={setPriority}
              />
              <p className={css.hint}>{t('desk.bulk.triageHint')}</p>
            </>
          )}
        </form>
      )}
      {hasBegun && (
        <>
          <p className={css.tally} aria-live="polite">
            {t('desk.bulk.tally', {
              done: count('done'),
              refused: count('refused') + unsent,
              left: count('waiting') + count('sending'),
            })}
          </p>
          <progress
            className={css.progress}
            max={rows.length}
            value={rows.length - count('waiting') - count('sending')}
            aria-label={t('desk.bulk')}
          />
          <ul className={css.results}>
            {bulk.results.map(({ row, state, why }) => (
              <li key={row.id} data-state={state}>
                <Icon of={mark[state]} size={16} />
                <span className={css.resultNumber}>{row.number}</span>
                <span>{named({ zh: row.categoryNameZh, en: row.categoryNameEn })}</span>
                <span className={css.why}>{why ?? tk(`desk.bulk.state.${state}`)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
