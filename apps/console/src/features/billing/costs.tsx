import { Button, EmptyState, Select, TextField, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { FilePlus2, Split } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useItems } from './agreement-dialog.tsx';
import { signedOf, todayHere } from './agreement-draft.ts';
import { billingApi, billingKeys } from './api.ts';
import css from './css.ts';
import { Money } from './parts.tsx';
import { useEntry } from './use-entry.ts';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

/** What was spent together in a month, by item and building. Added to only: a mistake is taken back below nothing. */
export function Costs({ scopeId }: { scopeId: string }) {
  const { t, when } = useText();
  const now = useNow();
  const [month, setMonth] = useState(() => todayHere().slice(0, 7));
  const [isAdding, setAdding] = useState(false);
  const isMonth = /^\d{4}-(0[1-9]|1[0-2])$/.test(month);
  const period = `${month}-01`;
  const items = useItems(scopeId);
  const buildings = useQuery({
    queryKey: queryKeys.buildings(scopeId),
    queryFn: () => api.buildings(scopeId),
  });
  const list = useQuery({
    queryKey: billingKeys.costs(scopeId, period),
    queryFn: () => billingApi.costs(scopeId, period),
    enabled: isMonth,
  });
  const rows = list.data?.items;
  const total = (rows ?? []).reduce((sum, { totalFen }) => sum + totalFen, 0);
  return (
    <>
      <div className={css.head}>
        <TextField label={t('billing.costs.month')} type="month" value={month} onChange={setMonth} />
        <Button variant="primary" icon={FilePlus2} isDisabled={!isMonth} onPress={() => setAdding(true)}>
          {t('billing.costs.add')}
        </Button>
        <p className={css.note}>{t('billing.costs.text')}</p>
      </div>
      {!isMonth ? (
        <EmptyState icon={Split} title={t('billing.need.month')} />
      ) : rows === undefined ? (
        <Pending of={list} />
      ) : rows.length === 0 ? (
        <EmptyState icon={Split} title={t('billing.costs.none')} />
      ) : (
        <RecordsTable
          label={t('billing.view.costs')}
          heads={[
            { word: t('billing.column.item') },
            { word: t('billing.costs.building') },
            { word: t('billing.column.total'), isFigure: true },
            { word: t('billing.column.source') },
            { word: t('billing.column.by') },
            { word: t('billing.column.entered') },
          ]}
        >
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{items.find(({ value }) => value === row.item)?.label ?? row.item}</td>
              <td>
                {row.buildingId === null
                  ? t('billing.costs.everyone')
                  : (buildings.data?.items.find(({ id }) => id === row.buildingId)?.name ?? '')}
              </td>
              <Money fen={row.totalFen} isStrong />
              <td>{row.source}</td>
              <td>{row.createdByName}</td>
              <td>{when(row.createdAt, now)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('billing.costs.total')}</th>
            <td />
            <Money fen={total} isStrong />
            <td />
            <td />
            <td />
          </tr>
        </RecordsTable>
      )}
      {isAdding && (
        <CostDialog
          scopeId={scopeId}
          period={period}
          buildings={(buildings.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}

function CostDialog({
  scopeId,
  period,
  buildings,
  onClose,
}: {
  scopeId: string;
  period: string;
  buildings: readonly { value: string; label: string }[];
  onClose: () => void;
}) {
  const { t } = useText();
  const items = useItems(scopeId, 'shared');
  const [chosen, setItem] = useState('');
  const [buildingId, setBuildingId] = useState('');
  const [total, setTotal] = useState('');
  const [source, setSource] = useState('');
  const item =
    items.find(({ value }) => value === chosen)?.value ?? (items.length === 1 ? items[0]!.value : '');
  const totalFen = signedOf(total);
  const entry = useEntry(
    {
      item: item === '' ? t('billing.need.choice') : undefined,
      totalFen: totalFen === null ? t('billing.need.total') : undefined,
      source: source.trim() === '' ? t('billing.need.source') : undefined,
    },
    (key) =>
      billingApi.addCost(
        {
          scopeId,
          item,
          period,
          ...(buildingId === '' ? {} : { buildingId }),
          totalFen: totalFen!,
          source: source.trim(),
        },
        key,
      ),
    { said: t('billing.agreement.saved'), onDone: onClose },
  );
  return (
    <FormDialog
      title={`${t('billing.costs.add')} ${period.slice(0, 7)}`}
      send={t('billing.costs.save')}
      isWhole
      isBusy={entry.isPending}
      error={entry.problem}
      onSend={entry.send}
      onClose={onClose}
    >
      {items.length === 0 ? (
        <p className={css.error}>{t('billing.agreement.noTariff', { kind: t('billing.kind.shared') })}</p>
      ) : (
        <Select
          label={t('billing.costs.item')}
          options={items}
          placeholder={t('billing.choose.place')}
          value={item}
          onChange={setItem}
          error={entry.beside('item')}
        />
      )}
      <div className={css.pair}>
        <Select
          label={t('billing.costs.building')}
          options={[{ value: '', label: t('billing.costs.everyone') }, ...buildings]}
          value={buildingId}
          onChange={setBuildingId}
        />
        <TextField
          label={t('billing.costs.total')}
          inputMode="decimal"
          value={total}
          onChange={setTotal}
          error={entry.beside('totalFen')}
        />
      </div>
      <TextField
        label={t('billing.agreement.source')}
        maxLength={300}
        value={source}
        onChange={setSource}
        error={entry.beside('source')}
      />
    </FormDialog>
  );
}
