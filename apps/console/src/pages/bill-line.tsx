import { explainBill, lineName, yuan } from '@gongzhi/i18n/bill-basis.ts';
import { EmptyState } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ReceiptText } from 'lucide-react';
import { url } from '../app/routes.ts';
import { useMay } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { billingApi, billingKeys } from '../features/billing/api.ts';
import css from '../features/billing/css.ts';
import { LineState, Money, untyped } from '../features/billing/parts.tsx';
import { RecordsPage, RecordsTable } from '../components/records.tsx';
import { Pending } from '../components/pending.tsx';

/** One line of a bill: why it is what it is, what closed it, and on to its postings, its payments and its home. */
export default function BillLinePage() {
  const { t, tk } = useText();
  const { scopeId, lineId } = useParams({ from: '/shell/billing/lines/$scopeId/$lineId' });
  const mayProve = useMay('ledger.read');
  const mayPay = useMay('payment.staff');
  const asked = useQuery({
    queryKey: billingKeys.line(lineId),
    queryFn: () => billingApi.line(scopeId, lineId),
  });
  const found = asked.data;
  const name = found === undefined ? '' : lineName(untyped(t), found.line);
  useTitle(found === undefined ? t('billing.account') : t('billing.line.title', { name }));
  if (found === undefined) return <Pending of={asked} />;
  const { line, settlements } = found;
  return (
    <RecordsPage
      title={t('billing.line.title', { name })}
      choices={
        <>
          <LineState line={line} />
          <Link {...url.account(scopeId, found.householdId)}>
            {t('billing.account.title', { home: found.householdLabel })}
          </Link>
          {mayProve && (
            <Link {...url.ledger({ scope: scopeId, source: `billing.line:${lineId}` })}>
              {t('billing.line.postings')}
            </Link>
          )}
          {line.basis.orderId !== undefined && (
            <Link {...url.order(scopeId, line.basis.orderId)}>{line.basis.orderNumber}</Link>
          )}
        </>
      }
    >
      <dl className={css.figures}>
        {(
          [
            [t('billing.line.period'), line.period.slice(0, 7)],
            [t('billing.line.amount'), yuan(line.amountFen)],
            [t('billing.column.open'), yuan(line.openFen)],
            [t('billing.column.due'), line.dueOn],
          ] as const
        ).map(([word, value]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <section>
        <h2 className={css.heading}>{t('billing.column.why')}</h2>
        <ul className={css.list}>
          {explainBill(untyped(t), line).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {(line.basis.readings ?? []).map(({ meterId, serial, toOn }) => (
            <li key={`${meterId} ${toOn}`}>
              <Link {...url.meters({ meter: meterId, in: scopeId })}>
                {t('bills.basis.openReadings', { serial: serial ?? '' })}
              </Link>
            </li>
          ))}
          {line.voidReason !== null && <li>{t('billing.line.voidedFor', { reason: line.voidReason })}</li>}
        </ul>
      </section>
      <section>
        <h2 className={css.heading}>{t('billing.line.paid')}</h2>
        {settlements.length === 0 ? (
          <EmptyState icon={ReceiptText} title={t('billing.line.nothingPaid')} />
        ) : (
          <RecordsTable
            label={t('billing.line.paid')}
            heads={[
              { word: t('billing.column.day') },
              { word: t('billing.column.what') },
              { word: t('billing.line.amount'), isFigure: true },
            ]}
          >
            {settlements.map(({ id, kind, sourceId, amountFen, settledOn }) => (
              <tr key={id}>
                <td>{settledOn}</td>
                <td>
                  {mayPay && isPayment(kind) ? (
                    <Link {...url.payments({ scope: scopeId, view: viewOf(kind), item: sourceId })}>
                      {tk(`billing.settled.${kind}`)}
                    </Link>
                  ) : (
                    tk(`billing.settled.${kind}`)
                  )}
                </td>
                <Money fen={amountFen} />
              </tr>
            ))}
          </RecordsTable>
        )}
      </section>
    </RecordsPage>
  );
}

/** Of what settles a line, that which has a page of its own among the payments. */
const isPayment = (kind: string): boolean => kind !== 'early_discount' && kind !== 'void';
const viewOf = (kind: string) => (kind === 'refund' ? 'refunds' : 'payments');
