import { Button, Checkbox, EmptyState, ErrorState, Segmented, Select, Skeleton } from '@gongzhi/ui';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { RadioTower } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../app/errors.ts';
import { useLive } from '../app/live.tsx';
import { queryClient, queryKeys } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { deviceKinds, deviceStates, type DevicesSearch, deviceTabs } from '../app/routes-devices.ts';
import { useMay, useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ownCompounds, ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { AlarmTable } from '../features/sensing/alarm-table.tsx';
import { sensingApi } from '../features/sensing/api.ts';
import { RegisterDevice } from '../features/sensing/device-forms.tsx';
import { DevicePanel } from '../features/sensing/device-panel.tsx';
import { DeviceTable } from '../features/sensing/device-table.tsx';
import { RulesPanel } from '../features/sensing/rules-panel.tsx';
import own from '../features/sensing/sensing.module.css';
import css from './devices.module.css';

type Change = (part: DevicesSearch) => void;

/** Devices that watch the place, what they reported, and by which rules. */
export default function DevicesPage() {
  const { t } = useText();
  useTitle(t('sensing.title'));
  const search = useSearch({ from: '/shell/devices' });
  const navigate = useNavigate();
  const { acting } = useMe();
  const seesMany = useSeesMany();
  const mayManage = useMay('device.manage');
  const mayReadRules = useMay('rules.read');
  const [isRegistering, setRegistering] = useState(false);
  const tab = search.tab ?? 'devices';
  const change: Change = (part) => {
    void navigate({ ...url.devices({ ...search, ...part }), replace: true });
  };
  useLive((message) => {
    const isOurs = message.type !== 'change' || message.change.kind.startsWith('device.');
    if (isOurs && message.type !== 'inbox')
      void queryClient.invalidateQueries({ queryKey: queryKeys.devices });
  });
  const compounds = ownCompounds(acting);
  const isOfLevel = ['company', 'street', 'city'].includes(acting.scopeKind);
  const rulesScope = search.scope ?? (isOfLevel ? acting.scopeId : (compounds[0]?.id ?? acting.scopeId));
  return (
    <div className={css.page}>
      <div className={css.list}>
        <header className={css.head}>
          <h1 className={css.title}>{t('sensing.title')}</h1>
          <Segmented
            label={t('sensing.tab')}
            isLabelHidden
            value={tab}
            options={deviceTabs
              .filter((value) => value !== 'rules' || mayReadRules)
              .map((value) => ({ value, label: t(`sensing.tabs.${value}`) }))}
            onChange={(value) => {
              change({ tab: value });
            }}
          />
          {seesMany && (
            <ScopePicker
              className={css.scope ?? ''}
              label={t('sensing.compound')}
              isLabelHidden
              value={search.scope}
              onChange={(scope) => {
                change({ scope });
              }}
            />
          )}
          {mayManage && tab === 'devices' && (
            <Button
              variant="primary"
              onPress={() => {
                setRegistering(true);
              }}
            >
              {t('sensing.register')}
            </Button>
          )}
        </header>
        {tab === 'devices' && <Devices search={search} change={change} showsScope={seesMany} />}
        {tab === 'alarms' && <Alarms search={search} change={change} />}
        {tab === 'rules' && <RulesPanel key={rulesScope} scopeId={rulesScope} />}
      </div>
      {tab === 'devices' && (
        <aside className={css.side} aria-label={t('sensing.device')}>
          {search.device === undefined || search.in === undefined ? (
            <p className={own.quiet}>{t('sensing.choose')}</p>
          ) : (
            <DevicePanel scopeId={search.in} id={search.device} />
          )}
        </aside>
      )}
      {isRegistering && (
        <RegisterDevice
          scopeId={search.scope ?? compounds[0]?.id}
          onDone={({ id, scopeId }) => {
            setRegistering(false);
            change({ device: id, in: scopeId, state: undefined, kind: undefined });
          }}
          onClose={() => {
            setRegistering(false);
          }}
        />
      )}
    </div>
  );
}

function Devices({
  search,
  change,
  showsScope,
}: {
  search: DevicesSearch;
  change: Change;
  showsScope: boolean;
}) {
  const text = useText();
  const { t, number } = text;
  const { scope, state, kind } = search;
  const list = useInfiniteQuery({
    queryKey: [...queryKeys.devices, 'list', scope ?? null, state ?? null, kind ?? null],
    queryFn: ({ pageParam }) =>
      sensingApi.devices({
        limit: 50,
        ...(scope === undefined ? {} : { scopeId: scope }),
        ...(state === undefined ? {} : { state }),
        ...(kind === undefined ? {} : { kind }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const counts = list.data?.pages[0]?.counts;
  const isFiltered = state !== undefined || kind !== undefined || scope !== undefined;
  return (
    <>
      <p className={own.quiet}>{t('sensing.intro')}</p>
      <div className={css.head}>
        <Segmented
          label={t('sensing.state')}
          isLabelHidden
          value={state ?? 'all'}
          options={[
            { value: 'all' as const, label: t('sensing.all') },
            ...deviceStates.map((value) => {
              const word = t(`sensing.states.${value}`);
              return {
                value,
                label:
                  counts === undefined
                    ? word
                    : t('sensing.counted', { state: word, count: number(counts[value]) }),
              };
            }),
          ]}
          onChange={(value) => {
            change({ state: value === 'all' ? undefined : value });
          }}
        />
        <Select
          label={t('sensing.kind')}
          isLabelHidden
          value={kind ?? ''}
          placeholder={t('sensing.kind')}
          options={deviceKinds.map((value) => ({ value, label: t(`sensing.kinds.${value}`) }))}
          onChange={(next) => {
            change({ kind: deviceKinds.find((one) => one === next) });
          }}
        />
      </div>
      {list.isPending && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {list.isError && (
        <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={RadioTower}
          title={t(isFiltered ? 'sensing.emptyFilter' : 'sensing.empty')}
          {...(isFiltered ? {} : { text: t('sensing.emptyWords') })}
        />
      )}
      {rows.length > 0 && <DeviceTable rows={rows} search={search} showsScope={showsScope} />}
      {list.hasNextPage && (
        <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('sensing.more')}
        </Button>
      )}
    </>
  );
}

function Alarms({ search, change }: { search: DevicesSearch; change: Change }) {
  const text = useText();
  const { t } = text;
  const { scope, past = false } = search;
  const list = useInfiniteQuery({
    queryKey: [...queryKeys.devices, 'alarms', scope ?? null, past],
    queryFn: ({ pageParam }) =>
      sensingApi.alarms({
        limit: 50,
        isOpen: !past,
        ...(scope === undefined ? {} : { scopeId: scope }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Checkbox
        isSelected={!past}
        onChange={(isOpenOnly) => {
          change({ past: isOpenOnly ? undefined : true });
        }}
      >
        {t('sensing.onlyOpen')}
      </Checkbox>
      {list.isPending && <Skeleton label={t('common.loading')} lines={6} isCard />}
      {list.isError && (
        <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && rows.length === 0 && <EmptyState icon={RadioTower} title={t('sensing.noAlarms')} />}
      {rows.length > 0 && <AlarmTable rows={rows} />}
      {list.hasNextPage && (
        <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('sensing.more')}
        </Button>
      )}
    </>
  );
}
