import { Button, Checkbox, notify, Select, Skeleton, TextField } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { type Price, workingApi } from './api.ts';
import css from './working.module.css';

/** The price list: what counts and what is to come. A change is a new price from a day on. */
export default function PricesTab({ scopeId }: { scopeId: string }) {
  const { t, tk } = useText();
  const mayWrite = useMay('price.write');
  const [editing, setEditing] = useState<Price | 'new' | null>(null);
  const prices = useQuery({
    queryKey: ['prices', scopeId],
    queryFn: () => workingApi.prices({ scopeId, coming: true }),
  });
  if (prices.data === undefined) return <Skeleton label={t('common.loading')} lines={8} isCard />;
  const { items } = prices.data;
  return (
    <section className={css.page} aria-label={t('prices.title')}>
      <h2>{t('prices.title')}</h2>
      <p className={css.quiet}>{t('prices.intro')}</p>
      {mayWrite && (
        <div className={css.row}>
          <Button variant="primary" onPress={() => setEditing('new')}>
            {t('prices.add')}
          </Button>
        </div>
      )}
      {editing !== null && (
        <Edit
          key={editing === 'new' ? 'new' : editing.id}
          scopeId={scopeId}
          price={editing === 'new' ? null : editing}
          newest={
            editing === 'new'
              ? 0
              : Math.max(
                  ...items
                    .filter(({ code, scopeId: own }) => code === editing.code && own === scopeId)
                    .map(({ version }) => version),
                  0,
                )
          }
          onClose={() => setEditing(null)}
        />
      )}
      {items.length === 0 ? (
        <p>{t('prices.empty')}</p>
      ) : (
        <div className={css.scroll}>
          <table className={css.lines}>
            <thead>
              <tr>
                <th scope="col">{t('prices.item')}</th>
                <th scope="col">{t('prices.kind')}</th>
                <th scope="col">{t('prices.unit')}</th>
                <th scope="col" className={css.figure}>
                  {t('prices.price')}
                </th>
                <th scope="col" className={css.figure}>
                  {t('prices.warranty')}
                </th>
                <th scope="col">{t('prices.from')}</th>
                <th scope="col">{t('prices.list')}</th>
                {mayWrite && <td />}
              </tr>
            </thead>
            <tbody>
              {items.map((price) => (
                <tr key={price.id}>
                  <th scope="row">{price.name}</th>
                  <td>{tk(`lineKinds.${price.kind}`)}</td>
                  <td>{price.unit}</td>
                  <td className={css.figure}>{price.price}</td>
                  <td className={css.figure}>{price.warrantyMonths}</td>
                  <td>
                    {price.validFrom}{' '}
                    {!price.isInForce && <span className={css.quiet}>{t('prices.coming')}</span>}
                  </td>
                  <td>{t(price.scopeKind === 'company' ? 'prices.ofCompany' : 'prices.ofDepartment')}</td>
                  {mayWrite && (
                    <td className={css.figure}>
                      <Button size="small" onPress={() => setEditing(price)}>
                        {t('prices.change')}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Edit({
  scopeId,
  price,
  newest,
  onClose,
}: {
  scopeId: string;
  price: Price | null;
  newest: number;
  onClose: () => void;
}) {
  const text = useText();
  const { t, tk } = text;
  const [key] = useState(newKey);
  const [form, setForm] = useState({
    kind: price?.kind ?? 'material',
    name: price?.name ?? '',
    unit: price?.unit ?? '',
    price: price?.price ?? '',
    warranty: String(price?.warrantyMonths ?? 0),
    from: '',
    isWithdrawn: false,
  });
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const save = useMutation({
    mutationFn: () =>
      workingApi.addPrice(
        {
          scopeId,
          ...(price === null ? {} : { code: price.code }),
          expectedVersion: newest,
          kind: form.kind,
          name: form.name.trim(),
          unit: form.unit.trim(),
          price: form.price.trim(),
          warrantyMonths: Number(form.warranty),
          validFrom: form.from,
          isWithdrawn: form.isWithdrawn,
        },
        key,
      ),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ['prices', scopeId] });
      onClose();
    },
    onError: (error) => {
      notify(problemText(error, text), { tone: 'late', isLasting: true });
    },
  });
  const isWhole = [form.name, form.unit, form.price, form.from].every((part) => part.trim() !== '');
  return (
    <form
      className={css.edit}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Select
        label={t('prices.kind')}
        value={form.kind}
        onChange={(kind) => change({ kind: kind as typeof form.kind })}
        options={(['material', 'labour'] as const).map((value) => ({
          value,
          label: tk(`lineKinds.${value}`),
        }))}
      />
      <TextField
        label={t('prices.item')}
        maxLength={60}
        value={form.name}
        onChange={(name) => change({ name })}
      />
      <TextField
        label={t('prices.unit')}
        maxLength={10}
        value={form.unit}
        onChange={(unit) => change({ unit })}
      />
      <TextField
        label={t('prices.price')}
        inputMode="decimal"
        maxLength={12}
        value={form.price}
        onChange={(value) => change({ price: value })}
      />
      <TextField
        label={t('prices.warranty')}
        inputMode="numeric"
        maxLength={3}
        value={form.warranty}
        onChange={(warranty) => change({ warranty })}
      />
      <TextField
        label={t('prices.from')}
        type="date"
        value={form.from}
        onChange={(from) => change({ from })}
      />
      {price !== null && (
        <Checkbox isSelected={form.isWithdrawn} onChange={(isWithdrawn) => change({ isWithdrawn })}>
          {t('prices.withdraw')}
        </Checkbox>
      )}
      <div className={css.row}>
        <Button variant="primary" type="submit" isBusy={save.isPending} isDisabled={!isWhole}>
          {t('prices.save')}
        </Button>
        <Button onPress={onClose}>{t('working.cancel')}</Button>
      </div>
    </form>
  );
}
