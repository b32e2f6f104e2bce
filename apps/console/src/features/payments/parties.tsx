import { Button, buttonClass, EmptyState, ErrorState, Skeleton } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Building2 } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { type Party, PAYMENTS, payApi, yuan } from './api.ts';
import { PartyDialog } from './party-dialog.tsx';
import css from './payments.module.css';

/** Developers and property-right units: what each owes, and their money at the till. They have no page of their own. */
export function Parties({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t, locale } = text;
  const mayTake = useMay('payment.cash');
  const [open, setOpen] = useState<Party | null>(null);
  const list = useQuery({
    queryKey: [PAYMENTS, 'parties', scopeId],
    queryFn: () => payApi.parties(scopeId),
  });
  const rows = list.data?.items ?? [];
  return (
    <>
      {list.isPending && <Skeleton label={t('common.loading')} lines={6} />}
      {list.isError && (
        <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState icon={Building2} title={t('payDesk.party.empty')} text={t('payDesk.party.emptyText')} />
      )}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section className={css.scroll} tabIndex={0} aria-label={t('payDesk.view.parties')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('payDesk.party.name')}</th>
                <th scope="col">{t('payDesk.party.reference')}</th>
                <th scope="col" className={css.fen}>
                  {t('payDesk.party.homes')}
                </th>
                <th scope="col">{t('payDesk.party.oldest')}</th>
                {(['open', 'overdue', 'prepaid'] as const).map((column) => (
                  <th key={column} scope="col" className={css.fen}>
                    {t(`payDesk.party.${column}`)}
                  </th>
                ))}
                <th scope="col">{t('payDesk.column.acts')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.partyId}>
                  <td>
                    {row.name}
                    <p className={css.note}>{t(`billing.payer.${row.payer}`)}</p>
                  </td>
                  <td>{row.reference}</td>
                  <td className={css.fen}>{row.homes}</td>
                  <td>{row.oldestDueOn ?? ''}</td>
                  <td className={css.fen}>{yuan(row.openFen)}</td>
                  <td className={css.fen}>{yuan(row.overdueFen)}</td>
                  <td className={css.fen}>{yuan(row.prepaidFen)}</td>
                  <td>
                    <div className={css.acts}>
                      {mayTake && (
                        <Button size="small" variant="primary" onPress={() => setOpen(row)}>
                          {t('payDesk.till.take')}
                        </Button>
                      )}
                      <a
                        className={buttonClass('quiet', 'small')}
                        href={`/api/v1/billing/parties/${row.partyId}/statement?scopeId=${scopeId}&locale=${locale}`}
                        target="_blank"
                        rel="noreferrer"
                      >
                        {t('payDesk.party.statement')}
                      </a>
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={css.note}>{t('payDesk.party.referenceText')}</p>
        </section>
      )}
      {open !== null && <PartyDialog scopeId={scopeId} party={open} onClose={() => setOpen(null)} />}
    </>
  );
}
