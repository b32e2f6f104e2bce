import { Button, EmptyState, Segmented, Select, TextField, useNow } from '@gongzhi/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Gauge } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useLive } from '../app/live.tsx';
import { url } from '../app/routes.ts';
import { meterKinds, type MetersSearch, meterViews } from '../app/routes-meters.ts';
import { useMay, useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ownCompounds, ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { again, METERS, meteringApi } from '../features/metering/api.ts';
import { CalendarNotice } from '../features/metering/calendar-notice.tsx';
import { Exceptions } from '../features/metering/exceptions.tsx';
import { Lines } from '../features/metering/lines.tsx';
import { HangMeter } from '../features/metering/hang-meter.tsx';
import { LineChip, MeterPanel, PhaseChip } from '../features/metering/meter-panel.tsx';
import css from '../features/metering/metering.module.css';
import { Round } from '../features/metering/round.tsx';
import { Weather } from '../features/metering/weather.tsx';
import { useMeterWords } from '../features/metering/words.ts';
import layout from './devices.module.css';
import { Pending } from '../components/pending.tsx';
import { More } from '../components/more.tsx';

type Change = (part: MetersSearch) => void;

/** Meters: all of them, the reading round, what stands out, and the lines they are spoken to by. */
export default function MetersPage() {
  const { t } = useText();
  useTitle(t('metering.title'));
  const search = useSearch({ from: '/shell/meters' });
  const navigate = useNavigate();
  const { acting } = useMe();
  const seesMany = useSeesMany();
  const view = search.view ?? 'list';
  const change: Change = (part) => {
    void navigate({ ...url.meters({ ...search, ...part }), replace: true });
  };
  useLive((message) => {
    if (message.type === 'change' && message.change.kind.startsWith('meter.')) again();
  });
  const mayManage = useMay('meter.manage');
  const [isHanging, setHanging] = useState(false);
  const compound = search.scope ?? ownCompounds(acting)[0]?.id;
  return (
    <div className={layout.page}>
      <div className={layout.list}>
        <header className={layout.head}>
          <h1 className={layout.title}>{t('metering.title')}</h1>
          <Segmented
            label={t('metering.title')}
            isLabelHidden
            value={view}
            options={meterViews.map((value) => ({ value, label: t(`metering.view.${value}`) }))}
            onChange={(next) => change({ view: next })}
          />
          {seesMany && (
            <ScopePicker
              className={layout.scope ?? ''}
              label={t('sensing.compound')}
              isLabelHidden
              value={search.scope}
              onChange={(scope) => change({ scope, building: undefined })}
            />
          )}
          {(view === 'list' || view === 'round') && (
            <Select
              label={t('metering.filter.kind')}
              isLabelHidden
              value={search.kind ?? ''}
              options={[
                { value: '', label: t('metering.filter.all') },
                ...meterKinds.map((value) => ({ value, label: t(`metering.kind.${value}`) })),
              ]}
              onChange={(next) => change({ kind: meterKinds.find((value) => value === next) })}
            />
          )}
          {view === 'list' && mayManage && (
            <Button variant="primary" onPress={() => setHanging(true)}>
              {t('metering.act.hang')}
            </Button>
          )}
        </header>
        {compound !== undefined && <CalendarNotice scopeId={compound} />}
        {isHanging && (
          <HangMeter
            compound={compound}
            onDone={(scopeId, meter) => {
              setHanging(false);
              change({ view: 'list', meter, in: scopeId });
            }}
            onClose={() => setHanging(false)}
          />
        )}
        {view === 'list' && <List search={search} change={change} showsScope={seesMany} />}
        {view === 'round' && compound !== undefined && (
          <Round
            key={compound}
            scopeId={compound}
            buildingId={search.building}
            kind={search.kind}
            onBuilding={(building) => change({ building })}
          />
        )}
        {view === 'exceptions' && (
          <Exceptions
            scopeId={search.scope}
            onShow={(scopeId, meter) => change({ view: 'list', meter, in: scopeId })}
          />
        )}
        {view === 'lines' && <Lines scopeId={search.scope} compound={compound} />}
        {view === 'weather' && compound !== undefined && <Weather key={compound} scopeId={compound} />}
        {(view === 'weather' || view === 'round') && compound === undefined && (
          <EmptyState icon={Gauge} title={t('metering.empty.scope')} />
        )}
      </div>
      {view === 'list' && search.meter !== undefined && search.in !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <aside className={layout.side} tabIndex={0} aria-label={t('metering.column.meter')}>
          <MeterPanel
            key={search.meter}
            scopeId={search.in}
            id={search.meter}
            onShow={(scopeId, meter) => change({ meter, in: scopeId })}
          />
        </aside>
      )}
    </div>
  );
}

function List({ search, change, showsScope }: { search: MetersSearch; change: Change; showsScope: boolean }) {
  const { t, number, when, exact } = useText();
  const now = useNow();
  const words = useMeterWords();
  const [typed, setTyped] = useState(search.q ?? '');
  const asked = useDeferredValue(typed.trim());
  const { scope, kind } = search;
  const list = useInfiniteQuery({
    queryKey: [...METERS, 'list', scope ?? null, kind ?? null, asked],
    queryFn: ({ pageParam }) =>
      meteringApi.meters({
        limit: 50,
        ...(scope === undefined ? {} : { scopeId: scope }),
        ...(kind === undefined ? {} : { kind }),
        ...(asked === '' ? {} : { q: asked }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <TextField
        label={t('metering.search')}
        value={typed}
        onChange={setTyped}
        type="search"
        maxLength={40}
      />
      <Pending of={list} />
      {list.data !== undefined && rows.length === 0 && (
        <EmptyState icon={Gauge} title={t(asked === '' ? 'metering.empty.list' : 'metering.empty.found')} />
      )}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section className={css.scroll} tabIndex={0} aria-label={t('metering.title')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('metering.column.place')}</th>
                <th scope="col">{t('metering.column.meter')}</th>
                <th scope="col" className={css.number}>
                  {t('metering.column.last')}
                </th>
                <th scope="col" className={css.number}>
                  {t('metering.column.usual')}
                </th>
                <th scope="col">{t('metering.column.line')}</th>
                <th scope="col">{t('metering.column.balance')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((meter) => (
                <tr key={meter.id} data-open={meter.id === search.meter || undefined}>
                  <td>
                    {[
                      showsScope ? meter.scopeName : null,
                      meter.householdLabel ?? meter.buildingName,
                      meter.spot,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </td>
                  <td>
                    <button
                      type="button"
                      className={css.link}
                      onClick={() => change({ meter: meter.id, in: meter.scopeId })}
                    >
                      {words.name(meter)}
                    </button>
                  </td>
                  <td className={css.number}>
                    {meter.lastValue === null ? '' : words.amount(meter.lastValue, meter.kind)}
                    {meter.lastAt !== null && (
                      <>
                        {' '}
                        <time className={css.quiet} dateTime={meter.lastAt} title={exact(meter.lastAt)}>
                          {when(meter.lastAt, now)}
                        </time>
                      </>
                    )}
                  </td>
                  <td className={css.number}>{meter.usualDay === null ? '' : number(meter.usualDay)}</td>
                  <td>
                    <LineChip meter={meter} />
                  </td>
                  <td>
                    {meter.balanceFen !== null && meter.phase !== null && (
                      <span className={css.line}>
                        {words.yuan(meter.balanceFen)}{' '}
                        {meter.phase !== 'ok' && <PhaseChip phase={meter.phase} />}
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <More list={list} />
    </>
  );
}
