import { toLocal } from '@gongzhi/kernel/time.ts';
import { Skeleton } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import { CircleAlert, LogOut, Radio, RefreshCw, type LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { href, url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { useMedia } from '../../components/use-media.ts';
import { MOST_RANKED, type Seen } from './api.ts';
import { type Connection, secondsBetween, wantsNewVersion } from './derive.ts';
import { MainFigures } from './figures.tsx';
import { OrderList } from './order-list.tsx';
import { RankingRows } from './ranking-rows.tsx';
import { Schematic } from './schematic.tsx';
import { TrendBars } from './trend-bars.tsx';
import { useAwake, useServerClock, useWall } from './use-wall.ts';
import css from './wall.module.css';

/** From 32:9 on there are more columns; the letters stay as large as they are. */
const WIDE = '(min-aspect-ratio: 5/2)';
const rows = { wide: { orders: 7, ranking: MOST_RANKED }, plain: { orders: 3, ranking: 5 } } as const;
/** The schematic's own room, in the units of wall.module.css. */
const rooms = { wide: { width: 1240, height: 540 }, plain: { width: 812, height: 540 } } as const;

export function Wall({ scopeId }: { scopeId: string | undefined }) {
  const { t } = useText();
  const { seen, connection } = useWall(scopeId);
  useAwake();
  if (seen !== undefined) return <Hung seen={seen} connection={connection} />;
  return (
    <main className={css.alone}>
      <h1>{t('wall.title')}</h1>
      {connection === 'live' || connection === 'late' ? (
        <Skeleton label={t('common.loading')} lines={4} />
      ) : (
        <p role="alert">{t(connection === 'lost' ? 'wall.connecting' : 'wall.notAllowed')}</p>
      )}
    </main>
  );
}

function Hung({ seen: { wall, overview, aheadMs }, connection }: { seen: Seen; connection: Connection }) {
  const { t, locale } = useText();
  const now = useServerClock(aheadMs);
  const isWide = useMedia(WIDE);
  const size = isWide ? 'wide' : 'plain';
  const { timeZone } = wall;
  useNewVersionAtNight(toLocal(now, timeZone).hour, connection);
  const dated = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone });
  return (
    <div className={css.wall} data-size={size}>
      <header className={css.head}>
        <Link {...url.desk()} className={css.back}>
          {t('wall.back')}
        </Link>
        <h1 className={css.name}>{wall.scope.name}</h1>
        <State connection={connection} at={wall.at} timeZone={timeZone} />
        <p className={css.date}>{dated.format(now)}</p>
        <p className={css.clock}>{clockOf(now, timeZone)}</p>
      </header>
      <main className={css.main}>
        <MainFigures overview={overview} isWide={isWide} />
        <Schematic wall={wall} room={rooms[size]} />
        <TrendBars overview={overview} />
        <RankingRows overview={overview} most={rows[size].ranking} />
        <OrderList
          which="newest"
          orders={wall.newest.slice(0, rows[size].orders)}
          now={now}
          timeZone={timeZone}
        />
        <OrderList
          which="overdue"
          orders={wall.overdue.slice(0, rows[size].orders)}
          now={now}
          timeZone={timeZone}
        />
      </main>
    </div>
  );
}

const two = (value: number): string => String(value).padStart(2, '0');
function clockOf(at: number, timeZone: string): string {
  const { hour, minute, second } = toLocal(at, timeZone);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

const shapes: Readonly<Record<Connection, LucideIcon>> = {
  live: Radio,
  late: RefreshCw,
  lost: CircleAlert,
  refused: CircleAlert,
  signedOut: LogOut,
};

/** Whether what hangs there is of now, in one sentence; a shape a state. */
function State({ connection, at, timeZone }: { connection: Connection; at: string; timeZone: string }) {
  const { t } = useText();
  const time = clockOf(Date.parse(at), timeZone);
  const Shape = shapes[connection];
  const words = t(`wall.${connection}`, { time, seconds: secondsBetween(connection) });
  const here = `${window.location.pathname}${window.location.search}`;
  return (
    <p className={css.state} data-connection={connection}>
      <Shape aria-hidden="true" className={css.shape} />
      <span aria-hidden={connection !== 'live'}>{words}</span>
      {/* Said when it changes, not with every reading. */}
      <span role="status" className="gz-hidden">
        {connection === 'live' ? '' : words}
      </span>
      {connection === 'signedOut' && (
        <a href={href(url.signIn({ next: here }))}>{t('console.signIn.title')}</a>
      )}
    </p>
  );
}

function useNewVersionAtNight(hour: number, connection: Connection): void {
  const openedAt = useRef<number | null>(null);
  useEffect(() => {
    openedAt.current ??= performance.now();
    const openForMs = performance.now() - openedAt.current;
    if (wantsNewVersion({ hour, openForMs, connection })) window.location.reload();
  }, [hour, connection]);
}
