import { type SayTarget, targetName } from '@gongzhi/i18n/payment-target.ts';
import { Button, buttonClass, Dialog, Select, StatusChip, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { fenOf, PAYMENTS, payApi, type PaymentDetail, yuan } from './api.ts';
import css from './css.ts';
import { paymentTones } from './tone.ts';
import { useAct } from './use-act.ts';
import { Pending } from '../../components/pending.tsx';

const reasons = ['paid_twice', 'wrong_amount', 'not_provided', 'moved_out', 'other'] as const;

/** One payment whole: how it came to where it is, and what can be done about it. */
export function PaymentDialog({
  scopeId,
  id,
  onClose,
}: {
  scopeId: string;
  id: string;
  onClose: () => void;
}) {
  const { t, tk, exact } = useText();
  const payment = useQuery({ queryKey: [PAYMENTS, 'one', id], queryFn: () => payApi.read(scopeId, id) });
  const [isRefunding, setRefunding] = useState(false);
  const one = payment.data;
  return (
    <Dialog
      title={t('payDesk.one', { amount: one === undefined ? '' : yuan(one.amountFen) })}
      isOpen
      onOpenChange={onClose}
      footer={one !== undefined && !isRefunding && <Acts payment={one} onRefund={() => setRefunding(true)} />}
    >
      <Pending of={payment} lines={6} />
      {one !== undefined && isRefunding && <RefundForm payment={one} onClose={() => setRefunding(false)} />}
      {one !== undefined && !isRefunding && (
        <div className={css.form}>
          <dl className={css.facts}>
            <dt>{t('payDesk.column.state')}</dt>
            <dd>
              <StatusChip tone={paymentTones[one.state]} word={t(`payments.state.${one.state}`)} />
            </dd>
            <dt>{t('payDesk.column.home')}</dt>
            <dd>{one.householdLabel}</dd>
            <dt>{t('payDesk.column.way')}</dt>
            <dd>{t(`payments.way.${one.way}`)}</dd>
            <dt>{t('payDesk.column.payer')}</dt>
            <dd>{one.payerName}</dd>
            {one.receiptNo !== null && (
              <>
                <dt>{t('payDesk.receiptNo')}</dt>
                <dd>{one.receiptNo}</dd>
              </>
            )}
            {one.transactionId !== null && (
              <>
                <dt>{t('payDesk.transaction')}</dt>
                <dd>{one.transactionId}</dd>
              </>
            )}
            {one.toldFen !== null && one.state === 'disputed' && (
              <>
                <dt>{t('payDesk.told')}</dt>
                <dd>{yuan(one.toldFen)}</dd>
              </>
            )}
            {one.refundedFen > 0 && (
              <>
                <dt>{t('payDesk.refunded')}</dt>
                <dd>{yuan(one.refundedFen)}</dd>
              </>
            )}
          </dl>
          <ul className={css.list}>
            {one.targets.map((target) => (
              <li key={target.position} className={css.line}>
                <span>
                  {targetName(t as unknown as SayTarget, target)}
                  {one.topUps
                    .filter(({ position }) => position === target.position)
                    .map((bought) => ` · ${t(`metering.topUp.${bought.state}`)}`)}
                  {target.kind !== 'prepay' && target.balanceFen > 0 && one.way !== 'balance' && (
                    <span className={css.note}>
                      {' '}
                      {t('payments.target.to_balance', { label: yuan(target.balanceFen) })}
                    </span>
                  )}
                </span>
                <span>{yuan(target.amountFen)}</span>
              </li>
            ))}
          </ul>
          <section className={css.form} aria-label={t('payDesk.history')}>
            <h3 className={css.heading}>{t('payDesk.history')}</h3>
            <ul className={css.list}>
              {one.steps.map((step, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
                <li key={i} className={css.line}>
                  <span>
                    {tk(`payments.state.${step.state}`)}
                    {step.byName !== null && step.byName !== '' && ` · ${step.byName}`}
                  </span>
                  <span className={css.note}>{exact(step.at)}</span>
                </li>
              ))}
            </ul>
          </section>
          {one.state === 'disputed' && one.toldFen !== null && (
            <p className={css.note}>
              {t('payDesk.acceptText', { told: yuan(one.toldFen), amount: yuan(one.amountFen) })}
            </p>
          )}
        </div>
      )}
    </Dialog>
  );
}

function Acts({ payment, onRefund }: { payment: PaymentDetail; onRefund: () => void }) {
  const { t, locale } = useText();
  const mayAsk = useMay('refund.ask');
  const mayAccept = useMay('refund.approve');
  const mayProve = useMay('ledger.read');
  const check = useAct(() => payApi.check(payment), null);
  const accept = useAct((_: null, key) => payApi.accept(payment, key), t('payDesk.done'));
  const isOnline = payment.way === 'wechat' || payment.way === 'alipay';
  const isOpen = payment.state === 'created' || payment.state === 'pending' || payment.state === 'disputed';
  const left = payment.amountFen - payment.refundedFen;
  return (
    <>
      {mayProve && payment.paidAt !== null && (
        <Link {...url.ledger({ scope: payment.scopeId, source: `payments.payment:${payment.id}` })}>
          {t('billing.line.postings')}
        </Link>
      )}
      {payment.state === 'paid' && (
        <a
          className={buttonClass('secondary', 'medium')}
          href={`/api/v1/payments/${payment.id}/receipt?scopeId=${payment.scopeId}&locale=${locale}`}
          target="_blank"
          rel="noreferrer"
        >
          {t('payDesk.receipt')}
        </a>
      )}
      {isOnline && isOpen && (
        <Button isBusy={check.isPending} onPress={() => check.mutate(null)}>
          {t('payDesk.check')}
        </Button>
      )}
      {payment.state === 'disputed' && payment.toldFen !== null && mayAccept && (
        <Button variant="primary" isBusy={accept.isPending} onPress={() => accept.mutate(null)}>
          {t('payDesk.accept')}
        </Button>
      )}
      {payment.state === 'paid' && payment.way !== 'balance' && left > 0 && mayAsk && (
        <Button onPress={onRefund}>{t('payDesk.askRefund')}</Button>
      )}
    </>
  );
}

/** How much of which part goes back, and why; another person decides. */
function RefundForm({ payment, onClose }: { payment: PaymentDetail; onClose: () => void }) {
  const { t } = useText();
  const parts = payment.targets.map((target) => ({
    ...target,
    leftFen: target.settledFen + target.balanceFen - target.refundedFen,
  }));
  const [amounts, setAmounts] = useState<Readonly<Record<number, string>>>({});
  const [reason, setReason] = useState<(typeof reasons)[number]>('paid_twice');
  const [note, setNote] = useState('');
  const [isWrong, setWrong] = useState(false);
  const ask = useAct(
    (asked: { position: number; amountFen: number }[], key) =>
      payApi.askRefund(
        payment.scopeId,
        { paymentId: payment.id, parts: asked, reason, ...(note.trim() === '' ? {} : { note: note.trim() }) },
        key,
      ),
    t('payDesk.refundAsked'),
    onClose,
  );
  const send = (): void => {
    const asked = parts.flatMap(({ position, leftFen }) => {
      const typed = amounts[position]?.trim() ?? '';
      return typed === '' ? [] : [{ position, amountFen: fenOf(typed) ?? -1, leftFen }];
    });
    const isGood =
      asked.length > 0 && asked.every(({ amountFen, leftFen }) => amountFen > 0 && amountFen <= leftFen);
    setWrong(!isGood);
    if (isGood) ask.mutate(asked.map(({ position, amountFen }) => ({ position, amountFen })));
  };
  return (
    <div className={css.form}>
      {parts
        .filter(({ leftFen }) => leftFen > 0)
        .map((part) => (
          <TextField
            key={part.position}
            label={t('payDesk.refundPart', {
              label: targetName(t as unknown as SayTarget, part),
              most: yuan(part.leftFen),
            })}
            inputMode="decimal"
            value={amounts[part.position] ?? ''}
            onChange={(value) => {
              setWrong(false);
              setAmounts({ ...amounts, [part.position]: value });
            }}
          />
        ))}
      <Select
        label={t('payDesk.refundReason')}
        value={reason}
        options={reasons.map((value) => ({ value, label: t(`payments.reason.${value}`) }))}
        onChange={(value) => {
          setReason(reasons.find((one) => one === value) ?? 'other');
        }}
      />
      <TextField label={t('payDesk.refundNote')} rows={2} maxLength={300} value={note} onChange={setNote} />
      {isWrong && (
        <p className={css.error} role="alert">
          {t('payDesk.refundAmount')}
        </p>
      )}
      <div className={css.acts}>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button variant="primary" isBusy={ask.isPending} onPress={send}>
          {t('payDesk.askRefund')}
        </Button>
      </div>
    </div>
  );
}
