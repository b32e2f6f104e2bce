import { Button, buttonClass } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Dialog } from '@gongzhi/ui/Dialog.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { ErrorState } from '@gongzhi/ui/States.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { type SayTarget, targetName } from '@gongzhi/i18n/payment-target.ts';
import { formatWhen } from '@gongzhi/i18n/when.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { Link } from '../app/router.tsx';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import { isWaiting, PAY, payApi, type PaymentDetail, paymentQuery, receiptUrl } from '../features/pay/api.ts';
import { yuan } from '../features/pay/money.ts';
import css from '../features/pay/pay.module.css';
import { toneOf } from '../features/pay/tone.ts';
import { goOnToPay } from '../features/pay/wechat.ts';

const InvoiceSheet = lazy(async () => ({
  default: (await import('../features/pay/InvoiceSheet.tsx')).InvoiceSheet,
}));

/** While somebody waits here the provider is asked; nobody waits longer than this with the page open. */
const ASK_EVERY_MS = 4_000;

/** One payment: whether it is paid, and what to do if it is not. */
export default function PaymentPage({ params }: { params: { scopeId: string; id: string } }) {
  const words = useWords();
  const { t } = words;
  const payment = useQuery({
    ...paymentQuery(params.scopeId, params.id),
    // Until the meter has said that it is there, or that it is not.
    refetchInterval: ({ state }) =>
      state.data?.topUps.some((one) => one.state === 'waiting' || one.state === 'sent') === true
        ? ASK_EVERY_MS
        : false,
  });
  return (
    <>
      <PageHead title={t('pay.one')} back={url.pay()} />
      {payment.data === undefined &&
        (payment.error === null ? (
          <Skeleton lines={5} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, payment.error)}
            {...traceOf(payment.error)}
            onRetry={() => {
              void payment.refetch();
            }}
          />
        ))}
      {payment.data !== undefined && <One payment={payment.data} />}
    </>
  );
}

function One({ payment }: { payment: PaymentDetail }) {
  const { t, tKey, locale } = useWords();
  const now = useNow();
  const [isAsking, setAsking] = useState(false);
  const { state, toldFen } = payment;
  const topUpOf = (position: number) => payment.topUps.find((one) => one.position === position);
  const toBalance = payment.targets
    .filter(({ kind }) => kind !== 'prepay')
    .reduce((sum, { balanceFen }) => sum + balanceFen, 0);
  return (
    <>
      {payment.isSimulated && <p className={css.note}>{t('payments.simulated')}</p>}
      <Card label={t('pay.one')}>
        <div className={css.line}>
          <span className={css.sum}>{yuan(payment.amountFen)}</span>
          <StatusChip tone={toneOf(state)} word={t(`payments.state.${state}`)} />
        </div>
        <ul className={css.list}>
          {payment.targets.map((target) => (
            <li key={target.position} className={css.line}>
              <span className={css.name}>
                {targetName(t as unknown as SayTarget, target)}
                {topUpOf(target.position) !== undefined && (
                  <span className={css.quiet}> {t(`metering.topUp.${topUpOf(target.position)!.state}`)}</span>
                )}
              </span>
              <span className={css.fen}>{yuan(target.amountFen)}</span>
            </li>
          ))}
        </ul>
        <p className={css.quiet}>
          {[
            payment.householdLabel,
            t(`payments.way.${payment.way}`),
            payment.payerName === '' ? null : t('pay.paidBy', { name: payment.payerName }),
            payment.receiptNo,
          ]
            .filter((word) => word !== null)
            .join(' · ')}
        </p>
        {state === 'paid' && toBalance > 0 && payment.way !== 'balance' && (
          <p>{t('pay.toBalance', { amount: yuan(toBalance) })}</p>
        )}
        {state === 'closed' && <p>{t('pay.closedText')}</p>}
        {state === 'failed' && <p>{t('pay.failedText')}</p>}
        {state === 'disputed' && (
          <p>
            {toldFen === null ? t('pay.disputedUnknown') : t('pay.disputedText', { told: yuan(toldFen) })}
          </p>
        )}
      </Card>
      {payment.topUps.length > 0 && (
        <Link to={url.meters()} className={buttonClass('secondary', 'medium', true)}>
          {t('mobile.meters.title')}
        </Link>
      )}
      {isWaiting(state) && <Waiting payment={payment} />}
      {state === 'paid' && (
        <>
          <a
            href={receiptUrl(payment, locale)}
            target="_blank"
            rel="noreferrer"
            className={buttonClass('primary', 'large', true)}
          >
            {t('pay.receipt')}
          </a>
          <Invoice
            payment={payment}
            onAsk={() => {
              setAsking(true);
            }}
          />
        </>
      )}
      {payment.refunds.length > 0 && (
        <Card label={t('payments.receipt.refunds')}>
          {payment.refunds.map((refund) => (
            <div key={refund.id} className={css.line}>
              <span>{t('pay.refund', { amount: yuan(refund.amountFen) })}</span>
              <span className={css.quiet}>{t(`payments.refund.${refund.state}`)}</span>
            </div>
          ))}
        </Card>
      )}
      <Card label={t('pay.history')}>
        <h2 className={css.heading}>{t('pay.history')}</h2>
        <ul className={css.list}>
          {payment.steps.map((step, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
            <li key={i} className={css.line}>
              <span>{tKey(`payments.state.${step.state}`, {}, 'pay.one')}</span>
              <span className={css.quiet}>{formatWhen(locale, step.at, now)}</span>
            </li>
          ))}
        </ul>
      </Card>
      {isAsking && (
        <Suspense fallback={null}>
          <InvoiceSheet
            payment={payment}
            onClose={() => {
              setAsking(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

/** Nothing is known yet: go on, ask again, or give it up. Never pay a second time to be on the safe side. */
function Waiting({ payment }: { payment: PaymentDetail }) {
  const words = useWords();
  const { t } = words;
  const client = useQueryClient();
  const [isGivingUp, setGivingUp] = useState(false);
  const { scopeId, id } = payment;
  const again = () => client.invalidateQueries({ queryKey: [PAY] });
  const onError = (error: Error): void => {
    notify(problemSentence(words, error), { tone: 'late' });
  };
  // Quietly, while somebody waits: the page turns by itself.
  useQuery({
    queryKey: ['pay-check', id],
    queryFn: async () => {
      const known = await payApi.check(scopeId, id);
      if (known.state !== payment.state) await again();
      return known.state;
    },
    refetchInterval: ASK_EVERY_MS,
    retry: false,
  });
  const check = useMutation({
    mutationFn: () => payApi.check(scopeId, id),
    onSuccess: async (known) => {
      if (isWaiting(known.state)) notify(t('pay.stillWaiting'), { tone: 'waiting' });
      await again();
    },
    onError,
  });
  const goOn = useMutation({
    mutationFn: () => payApi.order(scopeId, id, payment.way),
    onSuccess: async ({ next }) => {
      await goOnToPay(next);
      if (next?.kind !== 'redirect') await again();
    },
    onError: async (error) => {
      onError(error);
      await again();
    },
  });
  const cancel = useMutation({
    mutationFn: () => payApi.cancel(scopeId, id),
    onSuccess: async () => {
      setGivingUp(false);
      await again();
    },
    onError,
  });
  return (
    <>
      <Card label={t('pay.waiting')}>
        <h2 className={css.heading}>{t('pay.waiting')}</h2>
        <p>{t('pay.waitingText')}</p>
        <Button
          variant="primary"
          size="large"
          isWide
          isBusy={goOn.isPending}
          onPress={() => {
            goOn.mutate();
          }}
        >
          {t('pay.goOn')}
        </Button>
        <Button
          isWide
          isBusy={check.isPending}
          onPress={() => {
            check.mutate();
          }}
        >
          {t('pay.check')}
        </Button>
        <Button
          isWide
          onPress={() => {
            setGivingUp(true);
          }}
        >
          {t('pay.cancel')}
        </Button>
      </Card>
      {isGivingUp && (
        <Dialog
          title={t('pay.cancel')}
          isOpen
          isAlert
          onOpenChange={() => {
            setGivingUp(false);
          }}
          footer={
            <>
              <Button
                onPress={() => {
                  setGivingUp(false);
                }}
              >
                {t('common.cancel')}
              </Button>
              <Button
                variant="danger"
                isBusy={cancel.isPending}
                onPress={() => {
                  cancel.mutate();
                }}
              >
                {t('pay.cancel')}
              </Button>
            </>
          }
        >
          <p>{t('pay.cancelText')}</p>
        </Dialog>
      )}
    </>
  );
}

function Invoice({ payment, onAsk }: { payment: PaymentDetail; onAsk: () => void }) {
  const { t } = useWords();
  const { invoice } = payment;
  if (payment.way === 'balance') return null;
  if (invoice === null || invoice.state === 'refused')
    return (
      <>
        {invoice !== null && (
          <p className={css.note}>{t('pay.invoiceRefused', { reason: invoice.refusal ?? '' })}</p>
        )}
        <Button isWide onPress={onAsk}>
          {t('pay.invoice')}
        </Button>
      </>
    );
  return (
    <Card label={t('pay.invoice')}>
      <div className={css.line}>
        <span>{t(`payments.invoice.${invoice.state}`)}</span>
        {invoice.invoiceNo !== null && (
          <span className={css.fen}>{t('pay.invoiceNo', { number: invoice.invoiceNo })}</span>
        )}
      </div>
      <p className={css.quiet}>{invoice.title}</p>
      {invoice.link !== null && (
        <a
          href={invoice.link}
          target="_blank"
          rel="noreferrer"
          className={buttonClass('secondary', 'medium', true)}
        >
          {t('pay.invoiceLink')}
        </a>
      )}
    </Card>
  );
}
