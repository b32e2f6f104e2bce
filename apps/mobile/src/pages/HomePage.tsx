import { yuan } from '@gongzhi/i18n/bill-basis.ts';
import { cardClass } from '@gongzhi/ui/Card.tsx';
import { Icon } from '@gongzhi/ui/Icon.tsx';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { ErrorState } from '@gongzhi/ui/States.tsx';
import { Badge } from '@gongzhi/ui/Status.tsx';
import { cx } from '@gongzhi/ui/tone.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import {
  Camera,
  ClipboardList,
  DoorOpen,
  HandCoins,
  Gauge,
  type LucideIcon,
  MessageSquare,
  Mic,
  Package,
  PackageOpen,
  PenLine,
  ReceiptText,
  UserPlus,
} from 'lucide-react';
import { lazy, type ReactElement, Suspense, useEffect } from 'react';
import { api } from '../api.ts';
import type { OrderRow } from '../api-types.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { Link, preload } from '../app/router.tsx';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import { canSpeak } from '../features/report/speech.ts';
import { openBillsQuery } from '../features/bills/api.ts';
import { ownQuery } from '../features/passage/api.ts';
import { PlaceSwitch, useHere } from '../features/session/here.tsx';
import { useMe } from '../features/session/me.ts';
import { myOrders, retry } from '../features/work-orders/queries.ts';
import { OPEN_STATUSES } from '../features/work-orders/say.ts';
import { WaitingCard } from '../features/work-orders/WaitingCard.tsx';
import css from './HomePage.module.css';

// Comes after the page: mostly nothing waits.
const WaitingReports = lazy(() =>
  import('../features/report/WaitingReports.tsx').then(
    (module) => ({ default: module.WaitingReports }),
    // Without a network its code may be missing; the page is there without it.
    () => ({ default: (_: { accountId: string }) => [] as ReactElement[] }),
  ),
);

const PRELOAD_AFTER_MS = 3000;

export default function HomePage() {
  const { t } = useWords();
  const me = useMe();
  const here = useHere(me);
  const unsent = useQuery({
    queryKey: ['unsent-report', me.account.id],
    // Its storage is no part of the first page.
    queryFn: async () => (await import('../features/report/draft.ts')).hasUnsentReport(me.account.id),
    staleTime: 0,
  });
  useEffect(() => {
    // The next page is nearly always this one; it comes when this one is there.
    const timer = setTimeout(() => {
      preload(url.report());
    }, PRELOAD_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <>
      <PageHead
        title={here.scopeName}
        after={
          here.household !== null && (
            <Link to={url.openGate()} className={cx(css.gate)}>
              <Icon of={DoorOpen} />
              {t('pass.home.gate')}
            </Link>
          )
        }
      />
      <PlaceSwitch me={me} here={here} />
      <Suspense fallback={null}>
        <WaitingReports accountId={me.account.id} actingId={me.acting.id} />
      </Suspense>
      <Link to={url.report()} className={cx(css.report)}>
        <span className={css.reportTitle}>{t('mobile.home.report')}</span>
        <span className={css.reportText}>
          {t(unsent.data === true ? 'mobile.home.reportUnsent' : 'mobile.home.reportText')}
        </span>
        <span className={css.ways}>
          <span className={css.way}>
            <Icon of={Camera} />
            {t('mobile.home.byPhoto')}
          </span>
          <span className={css.way}>
            <Icon of={PenLine} />
            {t('mobile.home.byWords')}
          </span>
          {canSpeak() && (
            <span className={css.way}>
              <Icon of={Mic} />
              {t('mobile.home.byVoice')}
            </span>
          )}
        </span>
      </Link>
      <Living scopeId={here.scopeId} householdId={here.household?.id ?? null} />
    </>
  );
}

/** What waits for the resident first, then what was reported last. */
function byNeed(a: OrderRow, b: OrderRow): number {
  return (
    Number(b.status === 'finished') - Number(a.status === 'finished') ||
    b.createdAt.localeCompare(a.createdAt)
  );
}

/** As many as fit a screen or two; the rest are under "my orders". */
const SHOWN = 3;
/** An estimate moves while one waits. */
const AGAIN_MS = 60_000;

function Living({ scopeId, householdId }: { scopeId: string; householdId: string | null }) {
  const words = useWords();
  const { t } = words;
  const orders = useInfiniteQuery(myOrders(OPEN_STATUSES));
  const all = orders.data?.pages.flatMap(({ items }) => items).sort(byNeed);
  const shown = all?.slice(0, SHOWN) ?? [];
  const arrivals = useQuery({
    // Under the lists' key: what makes them read anew makes this read anew.
    queryKey: ['orders', 'arrivals', ...shown.map(({ id }) => id)],
    queryFn: async () => {
      const { items } = await api.arrivals(shown);
      return new Map(items.map((one) => [one.orderId, one]));
    },
    enabled: shown.length > 0,
    refetchInterval: AGAIN_MS,
    retry,
  });
  return (
    <section className={css.living} aria-labelledby="living">
      <h2 id="living" className={css.heading}>
        {t('mobile.home.living')}
      </h2>
      {all === undefined && orders.isPending && (
        <Skeleton lines={4} isCard label={t('mobile.page.loading')} />
      )}
      {all === undefined && orders.error !== null && (
        <ErrorState
          text={problemSentence(words, orders.error)}
          {...traceOf(orders.error)}
          onRetry={() => {
            void orders.refetch();
          }}
        />
      )}
      {all?.length === 0 && <p className={css.quiet}>{t('mobile.home.nothingLiving')}</p>}
      {shown.map((order) => (
        <WaitingCard
          key={order.id}
          order={order}
          awaited={arrivals.data?.get(order.id) ?? (arrivals.isPending ? 'asked' : undefined)}
        />
      ))}
      {all !== undefined && all.length > SHOWN && (
        <Link to={url.orders()} className={css.more}>
          {t('mobile.home.more')}
        </Link>
      )}
      {/* Not before: what comes above would push them down under the finger. */}
      {!orders.isPending && <Tiles scopeId={scopeId} householdId={householdId} />}
    </section>
  );
}

/** Only what the server does today. */
function Tiles({ scopeId, householdId }: { scopeId: string; householdId: string | null }) {
  const { t } = useWords();
  const hasHome = householdId !== null;
  const { onBehalf } = useMe().acting;
  // Who acts for somebody sees their money only where the consent says so.
  const maySeeMoney =
    hasHome && (onBehalf === null || (!onBehalf.isEnded && onBehalf.purposes.includes('pay')));
  const bills = useQuery({ ...openBillsQuery(scopeId, householdId ?? ''), enabled: maySeeMoney });
  const owedFen = bills.data?.homes[0]?.dueFen ?? 0;
  const unread = useQuery({ queryKey: ['unread'], queryFn: api.unreadCount });
  const own = useQuery({ ...ownQuery(scopeId), enabled: hasHome });
  const { visitors = 0, parcels = 0, slips = 0 } = own.data?.counts ?? {};
  const news = unread.data?.count ?? 0;
  return (
    <ul className={css.tiles}>
      {maySeeMoney && (
        <Tile
          to={url.bills()}
          icon={ReceiptText}
          word={t('bills.home')}
          {...(owedFen > 0 ? { below: t('bills.homeOwed', { amount: yuan(owedFen) }) } : {})}
        />
      )}
      {hasHome && (
        <>
          <Tile
            to={url.visitors()}
            icon={UserPlus}
            word={t('pass.home.visitors')}
            count={visitors}
            counted={t('pass.home.coming', { count: visitors })}
          />
          <Tile
            to={url.parcels()}
            icon={Package}
            word={t('pass.home.parcels')}
            count={parcels}
            counted={t('pass.home.waiting', { count: parcels })}
            isDue
          />
          <Tile
            to={url.goods()}
            icon={PackageOpen}
            word={t('pass.home.goods')}
            count={slips}
            counted={t('pass.home.open', { count: slips })}
          />
        </>
      )}
      {hasHome && <Tile to={url.accounts()} icon={HandCoins} word={t('accounts.title')} />}
      {hasHome && <Tile to={url.meters()} icon={Gauge} word={t('mobile.meters.title')} />}
      <Tile to={url.orders()} icon={ClipboardList} word={t('mobile.home.tileOrders')} />
      <Tile
        to={url.messages()}
        icon={MessageSquare}
        word={t('mobile.home.tileMessages')}
        count={news}
        counted={t('mobile.tab.unread', { count: news })}
        isDue
      />
    </ul>
  );
}

function Tile({
  to,
  icon,
  word,
  below,
  count = 0,
  counted = '',
  isDue = false,
}: {
  to: string;
  icon: LucideIcon;
  word: string;
  /** What matters of it at a glance. */
  below?: string;
  count?: number;
  /** The count as a sentence, for who listens. */
  counted?: string;
  isDue?: boolean;
}) {
  return (
    <li>
      <Link to={to} className={cx(cardClass, css.tile)}>
        <Icon of={icon} size="1.75rem" />
        <span>
          {word}
          {below !== undefined && <span className={css.below}>{below}</span>}
        </span>
        {count > 0 && <Badge count={count} label={counted} {...(isDue ? { tone: 'late' as const } : {})} />}
      </Link>
    </li>
  );
}
