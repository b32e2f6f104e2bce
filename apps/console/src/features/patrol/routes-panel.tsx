import { Button, EmptyState, ErrorState, Skeleton, StatusChip, useNow } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Footprints } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { type Checkpoint, patrolApi, type Route } from './api.ts';
import { type Change, ChangeDialog } from './change-route.tsx';
import { LowerDialog } from './lower-dialog.tsx';
import css from '../../components/matters.module.css';
import { clockOf } from './times.ts';

/** Routes with their times and checkpoints, and how often each is looked at. */
export function RoutesPanel({ scopeId }: { scopeId: string | undefined }) {
  const text = useText();
  const { t } = text;
  const list = useInfiniteQuery({
    queryKey: [...queryKeys.patrols, 'routes', scopeId ?? null],
    queryFn: ({ pageParam }) =>
      patrolApi.routes({
        limit: 20,
        ...(scopeId === undefined ? {} : { scopeId }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  if (list.isPending) return <Skeleton label={t('common.loading')} lines={8} isCard />;
  if (list.isError)
    return <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0)
    return (
      <EmptyState icon={Footprints} title={t('patrol.empty.routes')} text={t('patrol.empty.routesWords')} />
    );
  return (
    <div className={css.routes}>
      {rows.map((route) => (
        <OneRoute key={route.id} route={route} />
      ))}
      {list.hasNextPage && (
        <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('patrol.more')}
        </Button>
      )}
    </div>
  );
}

function useTimetableWords() {
  const { t, number } = useText();
  return ({ everyDays, times, withinMinutes }: NonNullable<Route['timetable']>): string => {
    const params = { times: times.map(clockOf).join(' '), minutes: number(withinMinutes) };
    return everyDays === 1
      ? t('patrol.timesDaily', params)
      : t('patrol.times', { ...params, count: everyDays });
  };
}

function OneRoute({ route }: { route: Route }) {
  const { t, number, when, exact } = useText();
  const now = useNow();
  const words = useTimetableWords();
  const mayLower = useMay('patrol.lower');
  const mayManage = useMay('patrol.manage');
  // Less is looked at: not for the one who has to walk it.
  const mayGiveUp = useMay('patrol.approve') && mayManage;
  const mayAct = mayLower || mayManage;
  const [lowered, setLowered] = useState<Checkpoint | null>(null);
  const [change, setChange] = useState<Change | null>(null);
  const often = (count: number): string =>
    count === 1 ? t('patrol.every') : t('patrol.everyN', { count: number(count) });
  return (
    <section className={css.route} aria-label={route.label}>
      <div className={css.line}>
        <h2 className={css.name}>{route.label}</h2>
        <span className={css.quiet}>{route.scopeName}</span>
        {route.timetable !== null && <span>{words(route.timetable)}</span>}
        <span className={css.quiet} title={route.nextAt === null ? undefined : exact(route.nextAt)}>
          {route.nextAt === null ? t('patrol.noNext') : t('patrol.next', { when: when(route.nextAt, now) })}
        </span>
        {mayManage &&
          (['retime', 'add_checkpoint', ...(mayGiveUp ? (['retire'] as const) : [])] as const).map((kind) => (
            <Button
              key={kind}
              size="small"
              variant="quiet"
              aria-label={`${t(`patrol.change.${kind}`)} ${route.label}`}
              onPress={() => {
                setChange({ kind });
              }}
            >
              {t(`patrol.change.${kind}`)}
            </Button>
          ))}
      </div>
      {route.upcoming.map((one) => (
        <p key={one.version} className={css.quiet}>
          {t('patrol.upcoming', { day: one.validFrom, words: words(one) })}
        </p>
      ))}
      <div className={css.scroll} role="group" aria-label={route.label} tabIndex={0}>
        <table className={css.table}>
          <caption className="gz-hidden">{route.label}</caption>
          <thead>
            <tr>
              <th scope="col">{t('patrol.column.checkpoint')}</th>
              <th scope="col">{t('patrol.column.place')}</th>
              <th scope="col" className={css.number}>
                {t('patrol.column.minutes')}
              </th>
              <th scope="col">{t('patrol.column.often')}</th>
              <th scope="col">{t('patrol.column.sensor')}</th>
              {mayAct && <th scope="col">{t('patrol.column.act')}</th>}
            </tr>
          </thead>
          <tbody>
            {route.checkpoints.map((checkpoint) => (
              <tr key={checkpoint.id}>
                <td>{checkpoint.label}</td>
                <td>{[checkpoint.placeLabel, checkpoint.spot].filter(Boolean).join(' ')}</td>
                <td className={css.number}>{t('patrol.minutes', { count: checkpoint.minutes })}</td>
                <td>
                  {often(checkpoint.everyRounds)}
                  {checkpoint.lowering !== null && (
                    <span className={css.below}>
                      {t(`patrol.lowering.states.${checkpoint.lowering.state}`)}
                    </span>
                  )}
                </td>
                <td>
                  {checkpoint.device === null ? (
                    <span className={css.quiet}>{t('patrol.noDevice')}</span>
                  ) : (
                    <>
                      {checkpoint.device.label}{' '}
                      <StatusChip
                        tone={checkpoint.device.isWatching ? 'done' : 'late'}
                        word={t(checkpoint.device.isWatching ? 'patrol.watching' : 'patrol.notWatching')}
                      />
                    </>
                  )}
                </td>
                {mayAct && (
                  <td>
                    <div className={css.acts}>
                      {mayLower && checkpoint.device?.isWatching === true && checkpoint.lowering === null && (
                        <Button
                          size="small"
                          onPress={() => {
                            setLowered(checkpoint);
                          }}
                        >
                          {t('patrol.lower')}
                        </Button>
                      )}
                      {mayManage && (
                        <Button
                          size="small"
                          variant="quiet"
                          aria-label={`${t('patrol.change.watch')} ${checkpoint.label}`}
                          onPress={() => {
                            setChange({ kind: 'watch', checkpoint });
                          }}
                        >
                          {t('patrol.change.watch')}
                        </Button>
                      )}
                      {mayGiveUp && (
                        <Button
                          size="small"
                          variant="quiet"
                          aria-label={`${t('patrol.change.giveUp')} ${checkpoint.label}`}
                          onPress={() => {
                            setChange({ kind: 'give_up', checkpoint });
                          }}
                        >
                          {t('patrol.change.giveUp')}
                        </Button>
                      )}
                    </div>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {change !== null && (
        <ChangeDialog
          route={route}
          change={change}
          onClose={() => {
            setChange(null);
          }}
        />
      )}
      {lowered !== null && (
        <LowerDialog
          scopeId={route.scopeId}
          checkpoint={lowered}
          onClose={() => {
            setLowered(null);
          }}
        />
      )}
    </section>
  );
}
