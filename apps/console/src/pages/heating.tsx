import { Button, EmptyState, Segmented, StatusChip, useNow } from '@gongzhi/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Thermometer } from 'lucide-react';
import { useState } from 'react';
import { type HeatingSearch, heatingViews, url } from '../app/routes.ts';
import { useMay, useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ExportLinks } from '../components/export-links.tsx';
import { ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { heatingApi, heatingKeys } from '../features/heating/api.ts';
import css from '../features/heating/css.ts';
import { RecordDialog } from '../features/heating/record-dialog.tsx';
import { RecordsPage, RecordsTable } from '../components/records.tsx';
import { Pending } from '../components/pending.tsx';
import { More } from '../components/more.tsx';

/** The heating season: homes that were too cold, by both sides' signature, and everything that was measured. */
export default function HeatingPage() {
  const { t, number } = useText();
  useTitle(t('heating.title'));
  const search = useSearch({ from: '/shell/heating' });
  const navigate = useNavigate();
  const seesMany = useSeesMany();
  const mayRecord = useMay('heating.record');
  const own = useMe().acting.scopes.filter(({ kind }) => kind === 'compound');
  const only = own.length === 1 ? own[0]?.id : undefined;
  const [isRecording, setRecording] = useState(false);
  const go = (next: HeatingSearch): void => {
    void navigate({ ...url.heating({ ...search, ...next }), replace: true });
  };
  const season = useQuery({
    queryKey: heatingKeys.season(search.scope ?? null),
    queryFn: () => heatingApi.season(search.scope),
  });
  const view = search.view ?? 'cold';
  return (
    <RecordsPage
      title={t('heating.title')}
      choices={
        <>
          <Segmented
            label={t('heating.title')}
            isLabelHidden
            options={heatingViews.map((value) => ({ value, label: t(`heating.view.${value}`) }))}
            value={view}
            onChange={(next) => go({ view: next })}
          />
          {seesMany && (
            <ScopePicker
              label={t('heating.column.scope')}
              isLabelHidden
              value={search.scope}
              onChange={(scope) => go({ scope })}
            />
          )}
          {mayRecord && (
            <Button variant="primary" icon={Thermometer} onPress={() => setRecording(true)}>
              {t('heating.record')}
            </Button>
          )}
          {view === 'cold' && (
            <ExportLinks
              list="cold-rooms"
              query={search.scope === undefined ? {} : { scopeId: search.scope }}
            />
          )}
        </>
      }
    >
      {season.data !== undefined && (
        <p className={css.note}>
          {!season.data.season.isOn && `${t('heating.season.off')} · `}
          {t('heating.season', {
            name: season.data.season.name,
            first: season.data.season.firstDay,
            last: season.data.season.lastDay,
            standard: number(season.data.standard),
          })}
        </p>
      )}
      {view === 'cold' ? <ColdRooms scopeId={search.scope} /> : <Visits scopeId={search.scope} />}
      {isRecording && <RecordDialog scopeId={search.scope ?? only} onClose={() => setRecording(false)} />}
    </RecordsPage>
  );
}

function ColdRooms({ scopeId }: { scopeId: string | undefined }) {
  const { t, number } = useText();
  const rooms = useQuery({
    queryKey: heatingKeys.coldRooms(scopeId ?? null),
    queryFn: () => heatingApi.coldRooms(scopeId),
  });
  if (!rooms.isSuccess) return <Pending of={rooms} />;
  if (rooms.data.items.length === 0) return <EmptyState icon={Thermometer} title={t('heating.empty.cold')} />;
  return (
    <RecordsTable
      label={t('heating.view.cold')}
      heads={[
        { word: t('heating.column.scope') },
        { word: t('heating.column.home') },
        { word: t('heating.column.from') },
        { word: t('heating.column.until') },
        { word: t('heating.column.days'), isFigure: true },
        { word: t('heating.column.coldest'), isFigure: true },
      ]}
    >
      {rooms.data.items.map((room) => (
        <tr key={room.visitIds[0]}>
          <td>{room.scopeName}</td>
          <td>{room.householdLabel}</td>
          <td>{room.from}</td>
          <td>{room.isOpen ? <StatusChip tone="late" word={t('heating.open')} /> : room.until}</td>
          <td className={css.figure}>{number(room.days)}</td>
          <td className={css.figure}>{number(room.coldest)}</td>
        </tr>
      ))}
    </RecordsTable>
  );
}

function Visits({ scopeId }: { scopeId: string | undefined }) {
  const { t, number, when, exact } = useText();
  const now = useNow();
  const list = useInfiniteQuery({
    queryKey: heatingKeys.visits(scopeId ?? null),
    queryFn: ({ pageParam }) =>
      heatingApi.visits({
        limit: 50,
        ...(scopeId === undefined ? {} : { scopeId }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  if (!list.isSuccess) return <Pending of={list} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return <EmptyState icon={Thermometer} title={t('heating.empty.visits')} />;
  return (
    <>
      <RecordsTable
        label={t('heating.view.visits')}
        heads={(['at', 'scope', 'home', 'rooms', 'result', 'by'] as const).map((column) => ({
          word: t(`heating.column.${column}`),
        }))}
      >
        {rows.map((visit) => (
          <tr key={visit.id}>
            <td>
              <time dateTime={visit.measuredAt} title={exact(visit.measuredAt)}>
                {when(visit.measuredAt, now)}
              </time>
            </td>
            <td>{visit.scopeName}</td>
            <td>{visit.householdLabel}</td>
            <td>{visit.rooms.map(({ room, celsius }) => `${room} ${number(celsius)}°C`).join(' · ')}</td>
            <td>
              <StatusChip
                tone={visit.isCold ? 'late' : 'done'}
                word={t(visit.isCold ? 'heating.cold' : 'heating.warm')}
              />{' '}
              {visit.unsignedReason !== null && (
                <span className={css.note}>{t('heating.unsigned', { reason: visit.unsignedReason })}</span>
              )}
            </td>
            <td>{visit.measuredByName}</td>
          </tr>
        ))}
      </RecordsTable>
      <More list={list} />
    </>
  );
}
