import { rate, yuan } from '@gongzhi/i18n/bill-basis.ts';
import { Button, EmptyState, StatusChip } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Tags } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { billingApi, billingKeys, type Tariff } from './api.ts';
import css from './css.ts';
import { TariffDialog } from './tariff-dialog.tsx';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

/** What everything costs, version by version, with the source; and an editor that shows what it would make of a home. */
export function Tariffs({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t } = text;
  const mayChange = useMay('tariff.change');
  const [editing, setEditing] = useState<Tariff | 'new' | null>(null);
  const tariffs = useQuery({
    queryKey: billingKeys.tariffs(scopeId),
    queryFn: () => billingApi.tariffs(scopeId),
  });
  if (tariffs.data === undefined) return <Pending of={tariffs} />;
  const { items } = tariffs.data;
  return (
    <>
      {mayChange && (
        <div className={css.head}>
          <Button variant="primary" icon={Tags} onPress={() => setEditing('new')}>
            {t('billing.tariff.add')}
          </Button>
          <p className={css.note}>{t('billing.tariff.text')}</p>
        </div>
      )}
      {items.length === 0 ? (
        <EmptyState icon={Tags} title={t('billing.tariff.none')} />
      ) : (
        <RecordsTable
          label={t('billing.view.tariffs')}
          heads={[
            { word: t('billing.column.item') },
            { word: t('billing.column.price') },
            { word: t('billing.column.from') },
            { word: t('billing.column.until') },
            { word: t('billing.column.source') },
            { word: t('billing.column.by') },
            { word: t('billing.column.state') },
          ]}
        >
          {items.map((tariff) => (
            <tr key={tariff.id}>
              <td>
                {mayChange ? (
                  <Button variant="quiet" size="small" onPress={() => setEditing(tariff)}>
                    {tariff.name}
                  </Button>
                ) : (
                  tariff.name
                )}
              </td>
              <td>{priceText(text, tariff)}</td>
              <td>{tariff.validFrom}</td>
              <td>{tariff.validTo ?? ''}</td>
              <td>{tariff.source}</td>
              <td>{tariff.createdByName}</td>
              <td>{tariff.isCurrent && <StatusChip tone="done" word={t('billing.tariff.current')} />}</td>
            </tr>
          ))}
        </RecordsTable>
      )}
      {editing !== null && (
        <TariffDialog
          scopeId={scopeId}
          tariff={editing === 'new' ? null : editing}
          versions={items}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

function priceText({ t }: ReturnType<typeof useText>, { rule }: Tariff): string {
  switch (rule.kind) {
    case 'area':
      return t('billing.price.area', { rate: rate(rule.rateE4) });
    case 'heating':
      return t('billing.price.heating', { rate: rate(rule.rateE4) });
    case 'fixed':
    case 'parking':
    case 'deposit':
      return t(`billing.price.${rule.kind}`, { amount: yuan(rule.amountFen) });
    case 'metered':
      return t('billing.price.metered', { rate: rate(rule.rateE4), unit: t(`metering.unit.${rule.meter}`) });
    case 'tiered':
      return rule.steps.map(({ rateE4 }) => rate(rateE4)).join(' / ');
    case 'shared':
      return t(rule.by === 'area' ? 'billing.price.sharedArea' : 'billing.price.sharedHousehold');
    case 'formula':
      return rule.expression;
    default:
      return t(`billing.kind.${rule.kind}`);
  }
}
