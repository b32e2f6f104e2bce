import {
  Button,
  EmptyState,
  ErrorState,
  RelativeTime,
  Select,
  Skeleton,
  StatusChip,
  type Tone,
  useNow,
} from '@gongzhi/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Footprints } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { url } from '../../app/routes.ts';
import { type PatrolsSearch, roundStates } from '../../app/routes-patrols.ts';
import { useText } from '../../app/text.ts';
import { patrolApi, type Round } from './api.ts';
import css from '../../components/matters.module.css';

const tones: Readonly<Record<Round['state'], Tone>> = {
  open: 'moving',
  late: 'late',
  done: 'done',
  done_late: 'due',
  missed: 'late',
  spared: 'waiting',
};

/** Rounds, the latest first: what was looked at, by whom, and what was found. */
export function RoundsPanel({
  search,
  onState,
}: {
  search: PatrolsSearch;
  onState: (state: PatrolsSearch['state']) => void;
}) {
  const text = useText();
  const { t } = text;
  const { scope, state } = search;
  const list = useInfiniteQuery({
    queryKey: [...queryKeys.patrols, 'rounds', scope ?? null, state ?? null],
    queryFn: ({ pageParam }) =>
      patrolApi.rounds({
        limit: 30,
        ...(scope === undefined ? {} : { scopeId: scope }),
        ...(state === undefined ? {} : { state }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <Select
        label={t('patrol.column.state')}
        isLabelHidden
        value={state ?? ''}
        placeholder={t('patrol.column.state')}
        options={[
          { value: '', label: t('sensing.all') },
          ...roundStates.map((value) => ({ value, label: t(`patrol.states.${value}`) })),
        ]}
        onChange={(next) => {
          onState(roundStates.find((one) => one === next));
        }}
      />
      {list.isPending && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {list.isError && (
        <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState icon={Footprints} title={t('patrol.empty.rounds')} />
      )}
      {rows.length > 0 && (
        <div className={css.scroll} role="group" aria-label={t('patrol.tabs.rounds')} tabIndex={0}>
          <table className={css.table}>
            <caption className="gz-hidden">{t('patrol.tabs.rounds')}</caption>
            <thead>
              <tr>
                {(['route', 'opens', 'state', 'done', 'found'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`patrol.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((round) => (
                <OneRound key={round.id} round={round} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasNextPage && (
        <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('patrol.more')}
        </Button>
      )}
    </>
  );
}

function OneRound({ round }: { round: Round }) {
  const { t, number } = useText();
  const [isOpen, setOpen] = useState(false);
  const asked = round.checks.filter(({ state }) => state !== 'spared');
  const done = asked.filter(({ state }) => state === 'done');
  const found = round.checks.filter(({ result }) => result === 'finding');
  return (
    <>
      <tr>
        <td>
          {round.routeLabel}
          <span className={css.below}>{round.scopeName}</span>
        </td>
        <td>
          <RelativeTime at={round.opensAt} />
        </td>
        <td>
          <StatusChip tone={tones[round.state]} word={t(`patrol.states.${round.state}`)} />
        </td>
        <td>
          {t('patrol.progress', { done: number(done.length), all: number(asked.length) })}{' '}
          <Button
            size="small"
            variant="quiet"
            aria-expanded={isOpen}
            onPress={() => {
              setOpen(!isOpen);
            }}
          >
            {t(isOpen ? 'patrol.hide' : 'patrol.show')}
          </Button>
        </td>
        <td>
          {found.map(({ checkpointId, label, order }) => (
            <span key={checkpointId} className={css.below}>
              {label}{' '}
              {order !== null && (
                <Link {...url.order(round.scopeId, order.id)}>
                  {t('patrol.order', { number: order.number })}
                </Link>
              )}
            </span>
          ))}
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={5}>
            <ul className={css.checks}>
              {round.checks.map((check) => (
                <OneCheck key={check.checkpointId} check={check} />
              ))}
            </ul>
          </td>
        </tr>
      )}
    </>
  );
}

function OneCheck({ check }: { check: Round['checks'][number] }) {
  const { t, when } = useText();
  const now = useNow();
  return (
    <li className={css.line}>
      <strong>{check.label}</strong>
      <span>
        {check.state === 'done' && check.result !== null
          ? t(`patrol.${check.result}`)
          : t(`patrol.checks.${check.state}`)}
      </span>
      {check.how !== null && <span className={css.quiet}>{t(`patrol.how.${check.how}`)}</span>}
      {check.doneByName !== null && check.doneAt !== null && (
        <span className={css.quiet}>
          {t('patrol.seenBy', { name: check.doneByName, when: when(check.doneAt, now) })}
        </span>
      )}
      {check.note !== null && <span>{check.note}</span>}
    </li>
  );
}
