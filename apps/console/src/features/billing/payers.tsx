import { Button, EmptyState } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { UserRoundPlus, Users } from 'lucide-react';
import { useState } from 'react';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { useItems } from './agreement-dialog.tsx';
import { todayHere } from './agreement-draft.ts';
import { Standing } from './agreements.tsx';
import { billingApi, billingKeys, type Payer } from './api.ts';
import css from './css.ts';
import { textOf } from './draft.ts';
import { EndDialog } from './end-dialog.tsx';
import { PayerDialog } from './payer-dialog.tsx';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

/** Who pays which part from when until when; where nothing is said, the household. */
export function Payers({ scopeId }: { scopeId: string }) {
  const { t } = useText();
  const mayChange = useMay('tariff.change');
  const [isAdding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Payer | null>(null);
  const items = useItems(scopeId);
  const list = useQuery({
    queryKey: billingKeys.payers(scopeId),
    queryFn: () => billingApi.payers(scopeId),
  });
  if (list.data === undefined) return <Pending of={list} />;
  const today = todayHere();
  const whoWords = ({ payer, partyName }: Payer): string =>
    partyName === null ? t(`billing.payer.${payer}`) : `${t(`billing.payer.${payer}`)} ${partyName}`;
  return (
    <>
      {mayChange && (
        <div className={css.head}>
          <Button variant="primary" icon={UserRoundPlus} onPress={() => setAdding(true)}>
            {t('billing.payers.add')}
          </Button>
          <p className={css.note}>{t('billing.payers.text')}</p>
        </div>
      )}
      {list.data.items.length === 0 ? (
        <EmptyState icon={Users} title={t('billing.payers.none')} />
      ) : (
        <RecordsTable
          label={t('billing.view.payers')}
          heads={[
            { word: t('billing.column.place') },
            { word: t('billing.column.item') },
            { word: t('billing.column.payer') },
            { word: t('billing.column.share'), isFigure: true },
            { word: t('billing.column.from') },
            { word: t('billing.column.until') },
            { word: t('billing.column.source') },
            { word: t('billing.column.by') },
            { word: t('billing.column.state') },
          ]}
        >
          {list.data.items.map((row) => (
            <tr key={row.id}>
              <td>
                {row.householdId === null ? (
                  (row.buildingName ?? t('billing.payers.scope'))
                ) : (
                  <Link {...url.account(scopeId, row.householdId)}>{row.householdLabel}</Link>
                )}
              </td>
              <td>
                {row.item === null
                  ? t('billing.all')
                  : (items.find(({ value }) => value === row.item)?.label ?? row.item)}
              </td>
              <td>{whoWords(row)}</td>
              <td className={css.figure}>{textOf(row.shareBp, 2)}%</td>
              <td>{row.startsOn}</td>
              <td>{row.endsOn ?? ''}</td>
              <td>{row.source}</td>
              <td>{row.createdByName}</td>
              <td>
                <Standing row={row} today={today} />{' '}
                {mayChange && row.endsOn === null && (
                  <Button size="small" variant="quiet" onPress={() => setEnding(row)}>
                    {t('billing.end.open')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </RecordsTable>
      )}
      {isAdding && <PayerDialog scopeId={scopeId} onClose={() => setAdding(false)} />}
      {ending !== null && (
        <EndDialog
          name={whoWords(ending)}
          version={ending.version}
          end={(body, key) => billingApi.endPayer(scopeId, ending.id, body, key)}
          onClose={() => setEnding(null)}
        />
      )}
    </>
  );
}
