import { Button, IconButton, Select, TextField, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Order } from '../../api-types.ts';
import { useText } from '../../app/text.ts';
import { Combo } from '../../components/combo.tsx';
import { useDraft } from '../../components/draft.ts';
import { Photos } from '../orders/photos.tsx';
import { type JobSheet, workingApi } from './api.ts';
import { Ask } from './ask.tsx';
import { can, Part, type PartProps } from './part.tsx';
import { Unfolding } from './unfolding.tsx';
import css from './working.module.css';

type Payer = NonNullable<JobSheet['charge']>['payer'];
const PAYERS = [
  'household',
  'company',
  'developer',
  'maintenance_fund',
  'utility',
  'responsible_party',
] as const satisfies readonly Payer[];

/** What it costs, line by line, and what was said to it. */
export function Charge({ order, sheet, run }: PartProps) {
  const { t, tk } = useText();
  const { charge, warranty } = sheet;
  const hasLines = charge !== null && charge.lines.length > 0;
  const mayRemove = can(sheet, 'remove_line');
  const expectedVersion = order.version;
  return (
    <Part name={t('working.charge')} isWide={hasLines || sheet.entries.length > 0}>
      {warranty !== null && (
        <p>
          {t('working.warranty', {
            number: warranty.number,
            from: warranty.finishedOn,
            until: warranty.until,
          })}
        </p>
      )}
      {!hasLines && <p className={css.quiet}>{t('working.noCharge')}</p>}
      {hasLines && (
        <>
          <table className={css.lines}>
            <tbody>
              {charge.lines.map((line) => (
                <tr key={line.id}>
                  <td>
                    {line.name}{' '}
                    <span className={css.quiet}>
                      {tk(`lineKinds.${line.kind}`)} {line.reason}
                    </span>
                  </td>
                  <td className={css.figure}>
                    {line.unitPrice} × {line.quantity} {line.unit}
                  </td>
                  <td className={css.figure}>{line.amount}</td>
                  {mayRemove && (
                    <td className={css.figure}>
                      <IconButton
                        label={t('working.removeLine', { name: line.name })}
                        icon={Trash2}
                        onPress={() => void run({ action: 'remove_line', lineId: line.id, expectedVersion })}
                      />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
          {charge.discount !== '0.00' && (
            <p>{t('working.discount', { amount: charge.discount, reason: charge.discountReason ?? '' })}</p>
          )}
          <p>
            <strong>{t('working.total', { amount: charge.total })}</strong>{' '}
            {tk(`chargeStates.${sheet.chargeState}`)}
          </p>
        </>
      )}
      {charge !== null && (
        <p>
          {t('working.payer', { payer: tk(`payers.${charge.payer}`) })}
          {charge.payerReason !== null && <span className={css.quiet}> {charge.payerReason}</span>}
        </p>
      )}
      {sheet.entries.length > 0 && <Entries order={order} sheet={sheet} />}
      {can(sheet, 'add_line') && <NewLine order={order} sheet={sheet} run={run} />}
      <div className={css.row}>
        {can(sheet, 'send_quote') && (
          <Button
            size="small"
            variant="primary"
            onPress={() => void run({ action: 'send_quote', expectedVersion })}
          >
            {tk('workingActions.send_quote')}
          </Button>
        )}
        {can(sheet, 'withdraw_quote') && (
          <Button size="small" onPress={() => void run({ action: 'withdraw_quote', expectedVersion })}>
            {tk('workingActions.withdraw_quote')}
          </Button>
        )}
        {can(sheet, 'agree') && charge !== null && (
          <Ask
            open={t('working.byPhone')}
            label={t('working.signer')}
            onSay={(signerName) =>
              run({ action: 'agree', quoteNo: charge.quoteNo, total: charge.total, signerName })
            }
          />
        )}
        {can(sheet, 'decline') && charge !== null && (
          <Ask
            open={t('working.declinedByPhone')}
            label={t('working.whyNot')}
            onSay={(words) => run({ action: 'decline', quoteNo: charge.quoteNo, words })}
          />
        )}
        {can(sheet, 'set_discount') && hasLines && <Discount order={order} sheet={sheet} run={run} />}
        {can(sheet, 'set_payer') && hasLines && (
          <SetPayer
            now={charge.payer}
            onSay={(payer, reason) => run({ action: 'set_payer', payer, reason, expectedVersion })}
          />
        )}
      </div>
    </Part>
  );
}

function Entries({ order, sheet }: { order: Order; sheet: JobSheet }) {
  const { t, tk, when } = useText();
  const now = useNow();
  const signed = sheet.entries.flatMap(({ signature }) => signature ?? []);
  return (
    <>
      <ul className={css.list}>
        {sheet.entries.map((entry) => (
          <li key={entry.id}>
            <span className={css.quiet}>{when(entry.at, now)}</span> {tk(`chargeEntries.${entry.kind}`)}{' '}
            {t('working.total', { amount: entry.total })}
            {entry.how !== null && ` · ${tk(`answerWays.${entry.how}`)}`}
            {(entry.signerName ?? entry.byName) !== null && ` · ${entry.signerName ?? entry.byName}`}
            {entry.words !== null && ` · ${entry.words}`}
          </li>
        ))}
      </ul>
      <Photos scopeId={order.scopeId} photos={signed} label={tk('answerWays.signature')} />
    </>
  );
}

const KINDS = ['material', 'labour', 'other'] as const;
const LINE = {
  isFree: false,
  priceId: '',
  quantity: '1',
  kind: 'material' as string,
  name: '',
  unit: '',
  price: '',
  reason: '',
};

/** One line in one row: from the list, or what the list doesn't have with the reason. Enter adds it. */
function NewLine({ order, sheet, run }: PartProps) {
  const { t, tk } = useText();
  const [isOpen, setOpen] = useState(false);
  const [line, change, clear] = useDraft(`line.${order.id}`, LINE);
  const [isTried, setTried] = useState(false);
  const prices = useQuery({
    queryKey: ['prices', order.scopeId, 'in force'],
    queryFn: () => workingApi.prices({ scopeId: order.scopeId }),
    enabled: isOpen,
  });
  const count = sheet.charge?.lines.length ?? 0;
  if (!isOpen)
    return (
      <div className={css.row}>
        <Button size="small" onPress={() => setOpen(true)}>
          {tk('workingActions.add_line')}
        </Button>
      </div>
    );
  const items = prices.data?.items ?? [];
  const kind = KINDS.find((one) => one === line.kind) ?? 'material';
  const wanted = line.isFree ? [line.name, line.unit, line.price, line.reason] : [line.priceId];
  const isWhole = [...wanted, line.quantity].every((text) => text.trim() !== '');
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!isWhole) return;
    const quantity = line.quantity.trim();
    const base = { action: 'add_line', quantity, expectedVersion: order.version } as const;
    const isDone = await run(
      line.isFree
        ? {
            ...base,
            kind,
            name: line.name.trim(),
            unit: line.unit.trim(),
            unitPrice: line.price.trim(),
            reason: line.reason.trim(),
          }
        : { ...base, priceId: line.priceId },
    );
    if (!isDone) return;
    setTried(false);
    clear();
  };
  const missing = (text: string): string | undefined =>
    isTried && text.trim() === '' ? t('working.missing') : undefined;
  return (
    <form
      className={css.line}
      aria-label={tk('workingActions.add_line')}
      onSubmit={(event) => void add(event)}
      noValidate
    >
      <Select
        label={t('working.from')}
        value={line.isFree ? 'free' : 'list'}
        onChange={(from) => change({ isFree: from === 'free' })}
        options={[
          { value: 'list', label: t('working.fromList') },
          { value: 'free', label: t('working.fromFree') },
        ]}
      />
      {line.isFree ? (
        <>
          <Select
            label={t('prices.kind')}
            value={kind}
            onChange={(value) => change({ kind: value })}
            options={KINDS.map((value) => ({ value, label: tk(`lineKinds.${value}`) }))}
          />
          <TextField
            label={t('prices.item')}
            maxLength={60}
            value={line.name}
            error={missing(line.name)}
            onChange={(name) => change({ name })}
          />
          <TextField
            label={t('prices.unit')}
            maxLength={10}
            value={line.unit}
            error={missing(line.unit)}
            onChange={(unit) => change({ unit })}
          />
          <TextField
            label={t('prices.price')}
            inputMode="decimal"
            maxLength={12}
            value={line.price}
            error={missing(line.price)}
            onChange={(price) => change({ price })}
          />
          <TextField
            className={css.wide ?? ''}
            label={t('working.whyFree')}
            maxLength={200}
            value={line.reason}
            error={missing(line.reason)}
            onChange={(reason) => change({ reason })}
          />
        </>
      ) : (
        <Combo
          // A new line begins with an empty choice.
          key={count}
          className={css.wide ?? ''}
          label={t('prices.item')}
          placeholder={prices.isSuccess && items.length === 0 ? t('prices.empty') : t('working.choose')}
          items={items.map((price) => ({
            id: price.id,
            label: price.name,
            aside: t('working.each', { price: price.price, unit: price.unit }),
          }))}
          value={line.priceId === '' ? null : line.priceId}
          onChange={(priceId) => change({ priceId: priceId ?? '' })}
        />
      )}
      <TextField
        label={t('working.quantity')}
        inputMode="decimal"
        maxLength={9}
        value={line.quantity}
        error={missing(line.quantity)}
        onChange={(quantity) => change({ quantity })}
      />
      <div className={css.row}>
        <Button size="small" variant="primary" type="submit" isDisabled={!line.isFree && line.priceId === ''}>
          {tk('workingActions.add_line')}
        </Button>
        <Button size="small" onPress={() => setOpen(false)}>
          {t('working.close')}
        </Button>
      </div>
    </form>
  );
}

function Discount({ order, run }: PartProps) {
  const { t, tk } = useText();
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const take = (): Promise<boolean> =>
    run({
      action: 'set_discount',
      amount: amount.trim(),
      expectedVersion: order.version,
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    });
  return (
    <Unfolding name={tk('workingActions.set_discount')} isWhole={amount.trim() !== ''} onSend={take}>
      <TextField
        label={t('working.off')}
        inputMode="decimal"
        maxLength={12}
        value={amount}
        onChange={setAmount}
      />
      <TextField
        className={css.wide ?? ''}
        label={t('working.reason')}
        maxLength={200}
        value={reason}
        onChange={setReason}
      />
    </Unfolding>
  );
}

function SetPayer({ now, onSay }: { now: Payer; onSay: (payer: Payer, reason: string) => Promise<boolean> }) {
  const { t, tk } = useText();
  const others = PAYERS.filter((payer) => payer !== now);
  const [payer, setPayer] = useState<Payer>(others[0] ?? 'company');
  const [reason, setReason] = useState('');
  return (
    <Unfolding
      name={t('working.free')}
      isWhole={reason.trim() !== ''}
      onSend={() => onSay(payer, reason.trim())}
    >
      <Select
        label={t('working.newPayer')}
        value={payer}
        onChange={(value) => setPayer(value as Payer)}
        options={others.map((value) => ({ value, label: tk(`payers.${value}`) }))}
      />
      <TextField
        className={css.wide ?? ''}
        label={t('working.reason')}
        maxLength={500}
        value={reason}
        onChange={setReason}
      />
    </Unfolding>
  );
}
