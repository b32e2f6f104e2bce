import { Button, buttonClass, EmptyState } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Building2 } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { type Party, PAYMENTS, payApi, yuan } from './api.ts';
import { PartyDialog } from './party-dialog.tsx';
import css from './css.ts';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

/** Developers and property-right units: what each owes, and their money at the till. They have no page of their own. */
export function Parties({ scopeId }: { scopeId: string }) {
  const { t, locale } = useText();
  const mayTake = useMay('payment.cash');
  const [open, setOpen] = useState<Party | null>(null);
  const list = useQuery({
    queryKey: [PAYMENTS, 'parties', scopeId],
    queryFn: () => payApi.parties(scopeId),
  });
  const rows = list.data?.items ?? [];
  return (
    <>
      <Pending of={list} lines={6} />
      {list.isSuccess && rows.length === 0 && (
        <EmptyState icon={Building2} title={t('payDesk.party.empty')} text={t('payDesk.party.emptyText')} />
      )}
      {rows.length > 0 && (
        <RecordsTable
          label={t('payDesk.view.parties')}
          heads={[
            { word: t('payDesk.party.name') },
            { word: t('payDesk.party.reference') },
            { word: t('payDesk.party.homes'), isFigure: true },
            { word: t('payDesk.party.oldest') },
            ...(['open', 'overdue', 'prepaid'] as const).map((column) => ({
              word: t(`payDesk.party.${column}`),
              isFigure: true,
            })),
            { word: t('payDesk.column.acts') },
          ]}
        >
          {rows.map((row) => (
            <tr key={row.partyId}>
              <td>
                {row.name}
                <p className={css.note}>{t(`billing.payer.${row.payer}`)}</p>
              </td>
              <td>{row.reference}</td>
              <td className={css.figure}>{row.homes}</td>
              <td>{row.oldestDueOn ?? ''}</td>
              <td className={css.figure}>{yuan(row.openFen)}</td>
              <td className={css.figure}>{yuan(row.overdueFen)}</td>
              <td className={css.figure}>{yuan(row.prepaidFen)}</td>
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
        </RecordsTable>
      )}
      {rows.length > 0 && <p className={css.note}>{t('payDesk.party.referenceText')}</p>}
      {open !== null && <PartyDialog scopeId={scopeId} party={open} onClose={() => setOpen(null)} />}
    </>
  );
}
