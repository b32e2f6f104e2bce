import { Button, EmptyState, useNow } from '@gongzhi/ui';
import { everyPage, newKey } from '@gongzhi/ui/client/index.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { PhoneCall } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.ts';
import type { CallbackRow, Order } from '../api-types.ts';
import { problemText } from '../app/errors.ts';
import { queryKeys } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ExportLinks } from '../components/export-links.tsx';
import { CallForm } from '../features/callbacks/call-form.tsx';
import css from '../features/callbacks/callbacks.module.css';
import { Contact } from '../features/orders/contact.tsx';
import { MissedCalls } from '../features/telephony/missed-calls.tsx';
import { Pending } from '../components/pending.tsx';

/** Whom the desk ought to call. Who takes a call on has it for a quarter of an hour; nobody is called by two. */
export default function CallbacksPage() {
  const text = useText();
  const { t } = text;
  useTitle(t('console.nav.callbacks'));
  const search = useSearch({ from: '/shell/callbacks' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const list = useQuery({
    queryKey: queryKeys.callbacks,
    queryFn: () => everyPage((cursor) => api.callbacks({ limit: 100, ...cursor })),
    refetchInterval: 30_000,
  });
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [isEmpty, setEmpty] = useState(false);

  const show = (order: string | undefined, scope: string | undefined): void => {
    void navigate({ ...url.callbacks({ order, in: scope }), replace: true });
  };
  const attempt = async (deed: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await deed();
    } catch (problem) {
      setError(problemText(problem, text));
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: queryKeys.callbacks });
    }
  };
  const next = (): Promise<void> =>
    attempt(async () => {
      const { claim } = await api.nextCallback(newKey());
      setEmpty(claim === null);
      show(claim?.id, claim?.scopeId);
    });
  const take = (row: CallbackRow): Promise<void> =>
    attempt(async () => {
      await api.claimCallback(row.scopeId, row.id, newKey());
      show(row.id, row.scopeId);
    });
  const leave = (row: { id: string; scopeId: string }): Promise<void> =>
    attempt(async () => {
      await api.releaseCallback(row.scopeId, row.id, newKey());
      show(undefined, undefined);
    });

  return (
    <div className={css.page}>
      <section className={css.side} aria-label={t('console.nav.callbacks')}>
        <h1 className={css.title}>{t('console.nav.callbacks')}</h1>
        <div className={css.form}>
          <Button variant="primary" icon={PhoneCall} isBusy={isBusy} onPress={() => void next()}>
            {t('console.callbacks.next')}
          </Button>
          {error !== null && (
            <p className={css.error} role="alert">
              {error}
            </p>
          )}
          <MissedCalls />
          <Rates />
          <ExportLinks list="callbacks" query={{}} />
        </div>
        <Pending of={list} />
        {list.data !== undefined &&
          (list.data.items.length === 0 ? (
            <p className={css.quiet}>{t('console.callbacks.none')}</p>
          ) : (
            <ul className={css.list}>
              {list.data.items.map((row) => (
                <li key={row.id}>
                  <Wanted row={row} isShown={row.id === search.order} onTake={() => void take(row)} />
                </li>
              ))}
            </ul>
          ))}
      </section>
      {search.order !== undefined && search.in !== undefined ? (
        <Call
          key={search.order}
          id={search.order}
          scopeId={search.in}
          onDone={() => void next()}
          onLeave={leave}
        />
      ) : (
        <div className={css.empty}>
          <EmptyState
            icon={PhoneCall}
            title={isEmpty ? t('console.callbacks.none') : t('console.callbacks.choose')}
            text={t('console.callbacks.words')}
          />
        </div>
      )}
    </div>
  );
}

function Wanted({ row, isShown, onTake }: { row: CallbackRow; isShown: boolean; onTake: () => void }) {
  const { t, tk, named, when } = useText();
  const now = useNow();
  return (
    <button type="button" className={css.item} aria-current={isShown ? 'true' : undefined} onClick={onTake}>
      <span>
        {named({ zh: row.categoryNameZh, en: row.categoryNameEn })} · {row.placeLabel}
      </span>
      <span className={css.quiet}>
        {row.isToClose ? t('console.callbacks.toClose') : tk(`callbackReasons.${row.reason}`)} ·{' '}
        {when(row.wantedAt, now)}
      </span>
      {row.claim !== null && (
        <span className={css.quiet}>
          {row.claim.isMine
            ? t('console.callbacks.mine')
            : t('console.callbacks.taken', { name: row.claim.name })}
        </span>
      )}
    </button>
  );
}

function Rates() {
  const { t, number, percent } = useText();
  const rates = useQuery({ queryKey: queryKeys.callbackRates, queryFn: () => api.callbackRates({}) });
  const found = rates.data;
  if (found === undefined || found.contacted === null || found.solved === null || found.satisfied === null)
    return null;
  return (
    <p className={css.rates}>
      <span>{t('console.callbacks.valid', { valid: number(found.valid), calls: number(found.calls) })}</span>
      <span>{t('console.callbacks.contacted', { rate: percent(found.contacted) })}</span>
      <span>{t('console.callbacks.solved', { rate: percent(found.solved) })}</span>
      <span>{t('console.callbacks.satisfied', { rate: percent(found.satisfied) })}</span>
    </p>
  );
}

function Call({
  id,
  scopeId,
  onDone,
  onLeave,
}: {
  id: string;
  scopeId: string;
  onDone: () => void;
  onLeave: (row: { id: string; scopeId: string }) => Promise<void>;
}) {
  const { t, named } = useText();
  const order = useQuery({ queryKey: queryKeys.order(id), queryFn: () => api.order(scopeId, id) });
  if (!order.isSuccess) return <Pending of={order} lines={10} />;
  const found = order.data;
  return (
    <section className={css.call} aria-label={t('console.callbacks.call')}>
      <div className={css.facts}>
        <div className={css.head}>
          <h2>{named({ zh: found.categoryNameZh, en: found.categoryNameEn })}</h2>
          <Link {...url.order(scopeId, id)}>{found.number}</Link>
        </div>
        <Facts order={found} />
        <div>
          <Button size="small" onPress={() => void onLeave({ id, scopeId })}>
            {t('console.callbacks.leave')}
          </Button>
        </div>
      </div>
      <CallForm order={found} onDone={onDone} />
    </section>
  );
}

function Facts({ order }: { order: Order }) {
  const { t, tk, when } = useText();
  const now = useNow();
  const facts: [string, React.ReactNode][] = [
    [t('console.callbacks.contact'), <Contact key="contact" order={order} />],
    [t('console.column.status'), tk(`console.status.${order.status}`)],
    [
      t('console.callbacks.reason'),
      order.callbackReason === null ? null : tk(`callbackReasons.${order.callbackReason}`),
    ],
    [t('console.column.place'), order.placeLabel],
    [t('console.callbacks.told'), order.description],
    [t('console.order.workDone'), order.workDone],
    [t('console.callbacks.worker'), order.assigneeName],
    [t('console.callbacks.finished'), order.finishedAt === null ? null : when(order.finishedAt, now)],
    [t('console.callbacks.rating'), order.rating === null ? null : tk(`ratings.${order.rating}`)],
    [t('console.callbacks.ratingWords'), order.ratingWords],
    [
      t('console.callbacks.attempts'),
      order.callbackAttempts > 0
        ? t('console.order.callbackAttempts', { count: order.callbackAttempts })
        : null,
    ],
  ];
  return (
    <dl>
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([label, value]) => (
          <div key={label} className={css.fact}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
