import { newKey } from '@gongzhi/ui/client/index.ts';
import {
  Button,
  Checkbox,
  EmptyState,
  ErrorState,
  Select,
  Skeleton,
  StatusChip,
  TextField,
  type Tone,
} from '@gongzhi/ui';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Footprints } from 'lucide-react';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import type { GatesSearch } from '../../app/routes-gates.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { gatesApi, type Passage, type Tracings } from './api.ts';
import { AskTracing } from './ask-tracing.tsx';
import { BlindSpotList } from './blind-spots.tsx';
import { FlowPlot } from './flow-plot.tsx';
import css from './css.ts';
import { Override, SearchPassages } from './passage-forms.tsx';

const toneOf: Readonly<Record<Passage['outcome'], Tone>> = {
  pass: 'done',
  pass_report: 'moving',
  refer: 'due',
  refuse: 'late',
};

/** Who goes through, as it happens, and how many at which hour. */
export function PassagesPanel({
  scopeId,
  search,
  change,
}: {
  scopeId: string;
  search: GatesSearch;
  change: (part: GatesSearch) => void;
}) {
  const text = useText();
  const { t } = text;
  const { gate, day, stopped = false } = search;
  const gates = useQuery({
    queryKey: [...queryKeys.gates, 'list', scopeId],
    queryFn: () => gatesApi.gates(scopeId),
  });
  const flow = useQuery({
    queryKey: [...queryKeys.gates, 'flow', scopeId, day ?? null],
    queryFn: () => gatesApi.flow({ scopeId, ...(day === undefined ? {} : { day }) }),
    placeholderData: keepPreviousData,
  });
  const maySee = useMay('passage.figures');
  const mayAsk = useMay('tracing.ask');
  const isToday = day === undefined;
  const spots = useQuery({
    queryKey: [...queryKeys.gates, 'blind-spots', scopeId],
    queryFn: () => gatesApi.blindSpots(scopeId),
    enabled: maySee && isToday,
    refetchInterval: 5 * 60_000,
  });
  const tracings = useQuery({
    queryKey: [...queryKeys.gates, 'tracings', scopeId],
    queryFn: () => gatesApi.tracings(scopeId),
    enabled: mayAsk,
  });
  const list = useInfiniteQuery({
    queryKey: [...queryKeys.gates, 'passages', scopeId, gate ?? null, day ?? null, stopped],
    queryFn: ({ pageParam }) =>
      gatesApi.passages({
        scopeId,
        limit: 50,
        ...(gate === undefined ? {} : { gateId: gate }),
        ...(day === undefined ? {} : { day }),
        ...(stopped ? { stopped: true } : {}),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    // Events come every other second at most: the last of a rush is seen by looking once more.
    refetchInterval: 15_000,
  });
  const nameOf = new Map((gates.data?.items ?? []).map(({ id, name }) => [id, name]));
  // A passage bears its gate's id: without the names nobody could tell where it was.
  const isNamed = gates.data !== undefined;
  const failed = [list, gates].find(({ isError }) => isError);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className={css.line}>
        <TextField
          label={t('gates.passage.day')}
          isLabelHidden
          type="date"
          value={day ?? flow.data?.day ?? ''}
          onChange={(next) => {
            change({ day: next === '' ? undefined : next });
          }}
        />
        <Select
          label={t('gates.gate')}
          isLabelHidden
          value={gate ?? ''}
          options={[
            { value: '', label: t('gates.passage.allGates') },
            ...(gates.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(next) => {
            change({ gate: next === '' ? undefined : next });
          }}
        />
        <Checkbox
          isSelected={stopped}
          onChange={(isStopped) => {
            change({ stopped: isStopped ? true : undefined });
          }}
        >
          {t('gates.passage.stoppedOnly')}
        </Checkbox>
      </div>
      {isToday && spots.data !== undefined && <BlindSpotList found={spots.data} />}
      {isNamed && flow.data !== undefined && flow.data.hours.length > 0 && (
        <FlowPlot flow={flow.data} nameOf={nameOf} spots={isToday ? spots.data : undefined} />
      )}
      {(list.isPending || gates.isPending) && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {failed !== undefined && (
        <ErrorState text={problemText(failed.error, text)} onRetry={() => void failed.refetch()} />
      )}
      {isNamed && list.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={Footprints}
          title={t(stopped ? 'gates.passage.noneStopped' : 'gates.passage.none')}
        />
      )}
      {isNamed && rows.length > 0 && (
        <div className={css.scroll} role="group" aria-label={t('gates.tabs.passages')} tabIndex={0}>
          <table className={css.table}>
            <caption className="gz-hidden">{t('gates.tabs.passages')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('gates.passage.time')}</th>
                <th scope="col">{t('gates.gate')}</th>
                <th scope="col">{t('gates.passage.who')}</th>
                <th scope="col">{t('gates.passage.result')}</th>
                <th scope="col">{t('gates.passage.why')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <PassageRow
                  key={row.id}
                  scopeId={scopeId}
                  row={row}
                  gate={nameOf.get(row.gateId) ?? ''}
                  tracings={tracings.data}
                  isSettled={rows.some(({ overrideOf }) => overrideOf === row.id)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isNamed && list.hasNextPage && (
        <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('gates.passage.more')}
        </Button>
      )}
    </>
  );
}

function PassageRow({
  scopeId,
  row,
  gate,
  tracings,
  isSettled,
}: {
  scopeId: string;
  row: Passage;
  gate: string;
  tracings: Tracings | undefined;
  isSettled: boolean;
}) {
  const { t, exact, locale } = useText();
  const mayOverride = useMay('gate.override');
  const maySearch = useMay('passage.search');
  const isStopped = row.outcome === 'refer' || row.outcome === 'refuse';
  const why = [
    row.urgent === null ? null : t(`gate.urgent.${row.urgent}`),
    row.sentence === null ? null : row.sentence[locale],
    row.isErased ? t('gates.passage.erased') : null,
    row.decidedBy === 'offline' ? t('gates.passage.offline') : null,
    row.reason === null ? null : t('gates.passage.byPerson', { reason: row.reason }),
  ].filter((part) => part !== null);
  return (
    <tr>
      <td className={css.when}>{exact(row.happenedAt)}</td>
      <td>
        {gate}
        <span className={css.below}>
          {t(row.direction === 'in' ? 'gates.passage.in' : 'gates.passage.out')}
        </span>
      </td>
      <th scope="row">
        {row.name ??
          (row.passId === null ? t('gates.passage.unknown') : (row.home ?? t('gates.passage.who')))}
        {row.home !== null && row.name !== null && <span className={css.below}>{row.home}</span>}
      </th>
      <td>
        <StatusChip tone={toneOf[row.outcome]} word={t(`gate.outcomes.${row.outcome}`)} />
      </td>
      <td>
        {why.join(' · ')}
        <span className={css.acts}>
          {isStopped && !isSettled && mayOverride && row.overriders.length > 0 && (
            <Override scopeId={scopeId} row={row} newId={newKey} />
          )}
          {maySearch && row.passId !== null && <SearchPassages scopeId={scopeId} row={row} gate={gate} />}
          {row.passId !== null && tracings?.mayAsk === true && tracings.measures.length > 0 && (
            <AskTracing scopeId={scopeId} row={row} gate={gate} tracings={tracings} />
          )}
        </span>
      </td>
    </tr>
  );
}
