import { Button, Checkbox, ErrorState, notify, Select, Skeleton, TextField, useNow } from '@gongzhi/ui';
import { localDate } from '@gongzhi/kernel';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { ExportLinks } from '../../components/export-links.tsx';
import { type Price, workingApi } from './api.ts';
import css from './working.module.css';

/** The price list: what counts, what is to come, and behind each item what it was. A change is a new price from a day on. */
export default function PricesTab({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t } = text;
  const mayWrite = useMay('price.write');
  const [editing, setEditing] = useState<Price | 'new' | null>(null);
  const [words, setWords] = useState('');
  const [isAll, setAll] = useState(false);
  const prices = useQuery({
    queryKey: ['prices', scopeId, isAll],
    queryFn: () => workingApi.prices({ scopeId, coming: true, withdrawn: isAll }),
    placeholderData: keepPreviousData,
  });
  if (prices.isError)
    return <ErrorState text={problemText(prices.error, text)} onRetry={() => void prices.refetch()} />;
  if (prices.data === undefined) return <Skeleton label={t('common.loading')} lines={8} isCard />;
  const { items } = prices.data;
  const asked = words.trim().toLowerCase();
  const shown = items.filter(({ name }) => name.toLowerCase().includes(asked));
  return (
    <section className={css.page} aria-label={t('prices.title')}>
      <h2>{t('prices.title')}</h2>
      <p className={css.quiet}>{t('prices.intro')}</p>
      <div className={css.tools}>
        <TextField
          label={t('prices.find')}
          isLabelHidden
          placeholder={t('prices.find')}
          value={words}
          onChange={setWords}
        />
        <Checkbox isSelected={isAll} onChange={setAll}>
          {t('prices.showWithdrawn')}
        </Checkbox>
        <ExportLinks list="prices" query={{ scopeId, coming: true, withdrawn: isAll }} />
        {mayWrite && (
          <Button variant="primary" onPress={() => setEditing('new')}>
            {t('prices.add')}
          </Button>
        )}
      </div>
      {editing === 'new' && (
        <Edit scopeId={scopeId} price={null} newest={0} onClose={() => setEditing(null)} />
      )}
      {shown.length === 0 ? (
        <p>{t(items.length === 0 ? 'prices.empty' : 'prices.noMatch')}</p>
      ) : (
        <div className={css.scroll} tabIndex={0} role="region" aria-label={t('prices.title')}>
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
                <td />
              </tr>
            </thead>
            <tbody>
              {shown.map((price) => (
                <Fragment key={price.id}>
                  <Row
                    price={price}
                    scopeId={scopeId}
                    {...(mayWrite ? { onEdit: () => setEditing(price) } : {})}
                  />
                  {editing !== null && editing !== 'new' && editing.id === price.id && (
                    <tr>
                      <td colSpan={COLUMNS}>
                        <Edit
                          scopeId={scopeId}
                          price={price}
                          newest={Math.max(
                            ...items
                              .filter(({ code, scopeId: own }) => code === price.code && own === scopeId)
                              .map(({ version }) => version),
                            0,
                          )}
                          onClose={() => setEditing(null)}
                        />
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const COLUMNS = 8;

function Row({ price, scopeId, onEdit }: { price: Price; scopeId: string; onEdit?: () => void }) {
  const { t, tk } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <tr>
        <th scope="row" className={price.isWithdrawn ? css.gone : undefined}>
          {price.name}
        </th>
        <td>{tk(`lineKinds.${price.kind}`)}</td>
        <td>{price.unit}</td>
        <td className={css.figure}>{price.price}</td>
        <td className={css.figure}>{price.warrantyMonths}</td>
        <td>
          {price.validFrom} <span className={css.quiet}>{stateOf(t, price)}</span>
        </td>
        <td>{t(price.scopeKind === 'company' ? 'prices.ofCompany' : 'prices.ofDepartment')}</td>
        <td className={css.figure}>
          <span className={css.end}>
            <Button
              size="small"
              variant="quiet"
              aria-expanded={isOpen}
              aria-label={t('prices.versionsOf', { name: price.name })}
              onPress={() => setOpen(!isOpen)}
            >
              {t('prices.versions')}
            </Button>
            {onEdit !== undefined && (
              <Button size="small" onPress={onEdit}>
                {t('prices.change')}
              </Button>
            )}
          </span>
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={COLUMNS}>
            <Versions scopeId={scopeId} price={price} />
          </td>
        </tr>
      )}
    </>
  );
}

type T = ReturnType<typeof useText>['t'];

function stateOf(t: T, { isInForce, isWithdrawn }: Price): string {
  return isWithdrawn ? t('prices.withdrawn') : isInForce ? '' : t('prices.coming');
}

/** What it was, from when, and who said so. */
function Versions({ scopeId, price }: { scopeId: string; price: Price }) {
  const text = useText();
  const { t, exact } = text;
  const now = useNow();
  const found = useQuery({
    queryKey: ['prices', scopeId, 'versions', price.code],
    queryFn: () => workingApi.prices({ scopeId, code: price.code }),
  });
  if (found.isError)
    return <ErrorState text={problemText(found.error, text)} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton label={t('common.loading')} lines={2} />;
  // A price begins on a day of the place, wherever the browser stands.
  const today = localDate(now);
  return (
    <table className={css.versions} aria-label={t('prices.versionsOf', { name: price.name })}>
      <thead>
        <tr>
          <th scope="col">{t('prices.from')}</th>
          <th scope="col" className={css.figure}>
            {t('prices.price')}
          </th>
          <th scope="col">{t('prices.unit')}</th>
          <th scope="col">{t('prices.list')}</th>
          <th scope="col">{t('prices.changed')}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {found.data.items.map((one) => (
          <tr key={one.id}>
            <th scope="row">{one.validFrom}</th>
            <td className={css.figure}>{one.isWithdrawn ? '–' : one.price}</td>
            <td>
              {one.unit}{' '}
              {one.warrantyMonths > 0 && (
                <span className={css.quiet}>{t('prices.months', { count: one.warrantyMonths })}</span>
              )}
            </td>
            <td>{t(one.scopeKind === 'company' ? 'prices.ofCompany' : 'prices.ofDepartment')}</td>
            <td>
              {one.writtenName ?? t('prices.unknown')}{' '}
              {one.writtenAt !== null && <span className={css.quiet}>{exact(one.writtenAt)}</span>}
            </td>
            <td className={css.quiet}>
              {one.isWithdrawn
                ? t('prices.withdrawn')
                : one.isInForce
                  ? t('prices.now')
                  : t(one.validFrom > today ? 'prices.coming' : 'prices.past')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
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
