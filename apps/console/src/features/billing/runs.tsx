import { yuan } from '@gongzhi/i18n/bill-basis.ts';
import { Button, EmptyState, notify, Segmented, Select, StatusChip, type Tone, useNow } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { type BillingSearch, runParts, url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { billingApi, billingKeys, type Run } from './api.ts';
import css from './css.ts';
import { Money } from './parts.tsx';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';
import { More } from '../../components/more.tsx';

const tones: Record<Run['state'], Tone> = {
  calculating: 'moving',
  ready: 'due',
  approved: 'moving',
  posted: 'done',
  cancelled: 'waiting',
};
/** While the worker has it in hand the page looks again by itself. */
const AGAIN_MS = 2_000;
const isWorking = (state: Run['state'] | undefined) => state === 'calculating' || state === 'approved';

function monthsToAsk(now: Date): string[] {
  const at = now.getFullYear() * 12 + now.getMonth();
  return Array.from({ length: 14 }, (_, back) => at + 1 - back).map(
    (month) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`,
  );
}

/** The months of a compound: asked for, looked at, approved by a second person. */
export function Runs({
  scopeId,
  search,
  go,
}: {
  scopeId: string;
  search: BillingSearch;
  go: (next: BillingSearch) => void;
}) {
  const text = useText();
  const { t, when } = text;
  const mayAsk = useMay('bill.run');
  const now = useNow();
  const [months] = useState(() => monthsToAsk(new Date()));
  const [month, setMonth] = useState(months[1] ?? '');
  const runs = useInfiniteQuery({
    queryKey: billingKeys.runs(scopeId),
    queryFn: ({ pageParam }) => billingApi.runs(scopeId, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) =>
      query.state.data?.pages.some(({ items }) => items.some(({ state }) => isWorking(state))) === true
        ? AGAIN_MS
        : false,
  });
  const ask = useMutation({
    mutationFn: () => billingApi.ask({ scopeId, period: `${month}-01` }, newKey()),
    onSuccess: (run) => {
      void queryClient.invalidateQueries({ queryKey: billingKeys.all });
      go({ ...search, run: run.id });
    },
    onError: (error) => notify(problemText(error, text), { tone: 'late' }),
  });
  const rows = runs.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      {mayAsk && (
        <div className={css.head}>
          <Select
            label={t('billing.run.month')}
            options={months.map((value) => ({ value, label: value }))}
            value={month}
            onChange={setMonth}
          />
          <Button variant="primary" icon={CalendarPlus} isBusy={ask.isPending} onPress={() => ask.mutate()}>
            {t('billing.run.ask')}
          </Button>
          <p className={css.note}>{t('billing.run.askText')}</p>
        </div>
      )}
      {rows === undefined && <Pending of={runs} />}
      {rows?.length === 0 && <EmptyState icon={CalendarPlus} title={t('billing.run.none')} />}
      {rows !== undefined && rows.length > 0 && (
        <RecordsTable
          label={t('billing.view.runs')}
          heads={[
            { word: t('billing.column.month') },
            { word: t('billing.column.state') },
            { word: t('billing.column.households'), isFigure: true },
            { word: t('billing.column.total'), isFigure: true },
            { word: t('billing.column.last'), isFigure: true },
            { word: t('billing.column.exceptions'), isFigure: true },
            { word: t('billing.column.asked') },
            { word: t('billing.column.decided') },
          ]}
        >
          {rows.map((run) => (
            <tr key={run.id} aria-current={run.id === search.run || undefined}>
              <td>
                <Link {...url.billing({ ...search, run: run.id })}>{run.period.slice(0, 7)}</Link>
              </td>
              <td>
                <StatusChip tone={tones[run.state]} word={t(`billing.run.state.${run.state}`)} />
              </td>
              <td className={css.figure}>{run.households}</td>
              <Money fen={run.totalFen} />
              <Money fen={run.lastTotalFen} />
              <td className={css.figure}>{run.exceptions}</td>
              <td>
                {run.askedByName} {when(run.askedAt, now)}
              </td>
              <td>{run.decidedByName ?? ''}</td>
            </tr>
          ))}
        </RecordsTable>
      )}
      <More list={runs} />
      {search.run !== undefined && (
        <OneRun key={search.run} scopeId={scopeId} runId={search.run} search={search} go={go} />
      )}
    </>
  );
}

function OneRun({
  scopeId,
  runId,
  search,
  go,
}: {
  scopeId: string;
  runId: string;
  search: BillingSearch;
  go: (next: BillingSearch) => void;
}) {
  const text = useText();
  const { t } = text;
  const mayApprove = useMay('bill.approve');
  const asked = useQuery({
    queryKey: billingKeys.run(runId),
    queryFn: () => billingApi.run(scopeId, runId),
    refetchInterval: (query) => (isWorking(query.state.data?.run.state) ? AGAIN_MS : false),
  });
  const decide = useMutation({
    mutationFn: ({ run, action }: { run: Run; action: 'approve' | 'cancel' }) =>
      billingApi.decide(run, action, newKey()),
    onError: (error) => notify(problemText(error, text), { tone: 'late' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: billingKeys.all }),
  });
  if (asked.data === undefined) return <Pending of={asked} />;
  const { run, items } = asked.data;
  const part = search.part ?? 'items';
  return (
    <>
      <div className={css.head}>
        <h2 className={css.heading}>{t('billing.run.title', { month: run.period.slice(0, 7) })}</h2>
        <StatusChip tone={tones[run.state]} word={t(`billing.run.state.${run.state}`)} />
        <Segmented
          label={t('billing.run.part')}
          isLabelHidden
          options={runParts.map((value) => ({ value, label: t(`billing.run.part.${value}`) }))}
          value={part}
          onChange={(next) => go({ ...search, part: next })}
        />
        {mayApprove && run.state === 'ready' && (
          <>
            {run.isAskedByMe ? (
              <p className={css.note}>{t('billing.run.second')}</p>
            ) : (
              <Button
                variant="primary"
                isBusy={decide.isPending}
                onPress={() => decide.mutate({ run, action: 'approve' })}
              >
                {t('billing.run.approve', { total: yuan(run.totalFen), count: run.households })}
              </Button>
            )}
            <Button isBusy={decide.isPending} onPress={() => decide.mutate({ run, action: 'cancel' })}>
              {t('billing.run.cancel')}
            </Button>
          </>
        )}
      </div>
      {isWorking(run.state) && (
        <p className={css.note} role="status">
          {run.state === 'calculating'
            ? t('billing.run.calculating')
            : t('billing.run.posting', { done: run.postedLines, of: run.lines })}
        </p>
      )}
      {part === 'items' && (
        <RecordsTable
          label={t('billing.run.part.items')}
          heads={[
            { word: t('billing.column.item') },
            { word: t('billing.column.households'), isFigure: true },
            { word: t('billing.column.discount'), isFigure: true },
            { word: t('billing.column.total'), isFigure: true },
            { word: t('billing.column.last'), isFigure: true },
            { word: t('billing.column.difference'), isFigure: true },
          ]}
        >
          {items.map((item) => (
            <tr key={item.item}>
              <td>{item.name}</td>
              <td className={css.figure}>{item.households}</td>
              <Money fen={item.discountFen} />
              <Money fen={item.fen} isStrong />
              <Money fen={item.lastFen} />
              <Money fen={item.fen - item.lastFen} />
            </tr>
          ))}
        </RecordsTable>
      )}
      {part === 'households' && <Households scopeId={scopeId} runId={runId} />}
      {part === 'exceptions' && <Exceptions scopeId={scopeId} runId={runId} items={items} />}
    </>
  );
}

function Households({ scopeId, runId }: { scopeId: string; runId: string }) {
  const { t } = useText();
  const list = useInfiniteQuery({
    queryKey: billingKeys.part(runId, 'households'),
    queryFn: ({ pageParam }) => billingApi.households(scopeId, runId, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items);
  if (rows === undefined) return <Pending of={list} />;
  return (
    <>
      <RecordsTable
        label={t('billing.run.part.households')}
        heads={[
          { word: t('billing.column.home') },
          { word: t('billing.column.lines'), isFigure: true },
          { word: t('billing.column.total'), isFigure: true },
          { word: t('billing.column.last'), isFigure: true },
          { word: t('billing.column.difference'), isFigure: true },
        ]}
      >
        {rows.map((row) => (
          <tr key={row.householdId}>
            <td>
              <Link {...url.account(scopeId, row.householdId)}>{row.householdLabel}</Link>
            </td>
            <td className={css.figure}>{row.lines}</td>
            <Money fen={row.fen} isStrong />
            <Money fen={row.lastFen} />
            <Money fen={row.fen - row.lastFen} />
          </tr>
        ))}
      </RecordsTable>
      <More list={list} />
    </>
  );
}

function Exceptions({
  scopeId,
  runId,
  items,
}: {
  scopeId: string;
  runId: string;
  items: readonly { item: string; name: string }[];
}) {
  const { t, tk } = useText();
  const list = useInfiniteQuery({
    queryKey: billingKeys.part(runId, 'exceptions'),
    queryFn: ({ pageParam }) => billingApi.exceptions(scopeId, runId, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items);
  if (rows === undefined) return <Pending of={list} />;
  if (rows.length === 0) return <EmptyState title={t('billing.exception.none')} />;
  return (
    <>
      <RecordsTable
        label={t('billing.run.part.exceptions')}
        heads={[
          { word: t('billing.column.home') },
          { word: t('billing.column.item') },
          { word: t('billing.column.what') },
          { word: t('billing.column.billed') },
        ]}
      >
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{row.householdLabel ?? ''}</td>
            <td>{items.find(({ item }) => item === row.item)?.name ?? row.item ?? ''}</td>
            <td>
              {tk(
                `billing.exception.${row.code}`,
                Object.fromEntries(
                  Object.entries(row.params).map(([name, value]) => [
                    name,
                    typeof value === 'number' && name.endsWith('Fen') ? yuan(value) : value,
                  ]),
                ),
                'billing.exception.other',
              )}
            </td>
            <td>{t(row.isLeftOut ? 'billing.exception.leftOut' : 'billing.exception.isBilled')}</td>
          </tr>
        ))}
      </RecordsTable>
      <More list={list} />
    </>
  );
}
