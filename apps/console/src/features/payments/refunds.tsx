import { Button, Checkbox, EmptyState, StatusChip, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { PAYMENTS, payApi, type Refund, yuan } from './api.ts';
import css from './css.ts';
import { refundTones } from './tone.ts';
import { useAct } from './use-act.ts';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

/** Refunds: what another is to decide, what waits to be handed out, what came of it. */
export function Refunds({
  scopeId,
  item,
  onAll,
}: {
  scopeId: string;
  /** The one that is looked at; all where none is. */
  item: string | undefined;
  onAll: () => void;
}) {
  const { t, when } = useText();
  const now = useNow();
  const mayProve = useMay('ledger.read');
  const [isOpen, setOpen] = useState(true);
  const list = useQuery({
    queryKey: [PAYMENTS, 'refunds', scopeId, item ?? isOpen],
    queryFn: async () =>
      item === undefined
        ? payApi.refunds({ scopeId, limit: 100, ...(isOpen ? { isOpen: true } : {}) })
        : { items: [await payApi.refund(scopeId, item)] },
  });
  const tills = useQuery({
    queryKey: [PAYMENTS, 'tills', scopeId],
    queryFn: () => payApi.tills({ scopeId, limit: 20 }),
  });
  const till = tills.data?.items.find(({ state }) => state === 'open')?.id ?? null;
  return (
    <>
      {item === undefined ? (
        <Checkbox isSelected={isOpen} onChange={setOpen}>
          {t('payDesk.onlyOpen')}
        </Checkbox>
      ) : (
        <div className={css.tools}>
          <Button onPress={onAll}>{t('payDesk.allRefunds')}</Button>
          {mayProve && (
            <Link {...url.ledger({ scope: scopeId, source: `payments.refund:${item}` })}>
              {t('billing.line.postings')}
            </Link>
          )}
        </div>
      )}
      <Pending of={list} lines={6} />
      {list.data?.items.length === 0 && <EmptyState icon={Undo2} title={t('payDesk.refundsEmpty')} />}
      {list.data !== undefined && list.data.items.length > 0 && (
        <RecordsTable
          label={t('payDesk.view.refunds')}
          heads={[
            { word: t('payDesk.column.when') },
            { word: t('payDesk.column.home') },
            { word: t('payDesk.column.way') },
            { word: t('payDesk.column.amount'), isFigure: true },
            { word: t('payDesk.column.reason') },
            { word: t('payDesk.column.state') },
            { word: t('payDesk.column.acts') },
          ]}
        >
          {list.data.items.map((refund) => (
            <tr key={refund.id}>
              <td>
                {when(refund.askedAt, now)} · {refund.askedByName}
              </td>
              <td>{refund.householdLabel}</td>
              <td>{t(`payments.way.${refund.way}`)}</td>
              <td className={css.figure}>{yuan(refund.amountFen)}</td>
              <td>
                {t(`payments.reason.${refund.reason}`)}
                {refund.note !== null && <p className={css.note}>{refund.note}</p>}
              </td>
              <td>
                <StatusChip
                  tone={isShort(refund) ? 'due' : refundTones[refund.state]}
                  word={t(isShort(refund) ? 'payments.refund.waiting' : `payments.refund.${refund.state}`)}
                />
                {refund.decidedByName !== null && <p className={css.note}>{refund.decidedByName}</p>}
              </td>
              <td>
                <Acts refund={refund} till={till} />
              </td>
            </tr>
          ))}
        </RecordsTable>
      )}
    </>
  );
}

/** The merchant has too little there now: it is sent again by itself. */
const isShort = ({ state, fault }: Refund): boolean => state === 'sending' && fault === 'no_money';

function Acts({ refund, till }: { refund: Refund; till: string | null }) {
  const { t } = useText();
  const mayDecide = useMay('refund.approve');
  const mayHandOut = useMay('payment.cash');
  const decide = useAct(
    (action: 'approve' | 'decline', key) => payApi.decide(refund, action, key),
    t('payDesk.done'),
  );
  const handOut = useAct(
    (_: null, key) => payApi.handOut(refund, refund.way === 'cash' ? till : null, key),
    t('payDesk.done'),
  );
  const ask = useAct((_: null) => payApi.checkRefund(refund), t('payDesk.refundChecked'));
  const stop = useAct((_: null) => payApi.stopRefund(refund), t('payDesk.done'));
  if (refund.state === 'asked') {
    if (refund.isOwn) return <span className={css.note}>{t('payDesk.ownRefund')}</span>;
    if (!mayDecide) return null;
    return (
      <div className={css.acts}>
        {(['approve', 'decline'] as const).map((action) => (
          <Button
            key={action}
            size="small"
            variant={action === 'approve' ? 'primary' : 'quiet'}
            isBusy={decide.isPending && decide.variables === action}
            onPress={() => {
              decide.mutate(action);
            }}
          >
            {t(`payDesk.${action}`)}
          </Button>
        ))}
      </div>
    );
  }
  const isByHand = refund.way === 'cash' || refund.way === 'card';
  if (!isByHand && mayDecide && (refund.state === 'sending' || refund.state === 'failed'))
    return (
      <div className={css.acts}>
        <Button size="small" variant="quiet" isBusy={ask.isPending} onPress={() => ask.mutate(null)}>
          {t('payDesk.check')}
        </Button>
        {refund.state === 'sending' && (
          <Button size="small" variant="quiet" isBusy={stop.isPending} onPress={() => stop.mutate(null)}>
            {t('payDesk.stopRefund')}
          </Button>
        )}
      </div>
    );
  if (refund.state !== 'sending' || !isByHand || !mayHandOut) return null;
  return refund.way === 'cash' && till === null ? (
    <span className={css.note}>{t('payDesk.till.none')}</span>
  ) : (
    <Button size="small" variant="primary" isBusy={handOut.isPending} onPress={() => handOut.mutate(null)}>
      {t(refund.way === 'cash' ? 'payDesk.handOut' : 'payDesk.handOutCard')}
    </Button>
  );
}
