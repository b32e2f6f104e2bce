import {
  Button,
  Checkbox,
  EmptyState,
  ErrorState,
  Segmented,
  Select,
  Skeleton,
  TextField,
} from '@gongzhi/ui';
import { PASS_KINDS, type PassKind } from '@gongzhi/gate';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IdCard } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { problemText } from '../app/errors.ts';
import { useLive } from '../app/live.tsx';
import { queryClient } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { type PassesSearch, type PassView, passViews } from '../app/routes-passes.ts';
import { useMay, useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ExportLinks } from '../components/export-links.tsx';
import { ownCompounds, ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { PASSES, passesApi } from '../features/passes/api.ts';
import { LastFour, lastFourOf } from '../features/passes/last-four.tsx';
import { Goods } from '../features/passes/goods.tsx';
import { IssueDialog } from '../features/passes/issue-dialog.tsx';
import { Lists } from '../features/passes/lists.tsx';
import { Parcels } from '../features/passes/parcels.tsx';
import css from '../features/passes/css.ts';
import { PassesTable } from '../features/passes/passes-table.tsx';
import { Vehicles } from '../features/passes/vehicles.tsx';
import { RecordsPage } from '../components/records.tsx';

const permissionOf = {
  passes: 'pass.read',
  vehicles: 'pass.read',
  lists: 'gate_list.read',
  parcels: 'parcel.keep',
  goods: 'goods_slip.check',
} as const satisfies Record<PassView, string>;

/** Who may pass: their passes and cars, whom one looks out for, what lies at the gate. */
export default function PassesPage() {
  const { t } = useText();
  useTitle(t('passDesk.title'));
  const search = useSearch({ from: '/shell/passes' });
  const navigate = useNavigate();
  const { acting, permissions } = useMe();
  const seesMany = useSeesMany();
  useLive((message) => {
    if (message.type === 'inbox') return;
    const isOurs =
      message.type !== 'change' || /^(?:pass|parcel|goods_slip|list_entry)\./.test(message.change.kind);
    if (isOurs) void queryClient.invalidateQueries({ queryKey: [PASSES] });
    // Whoever goes through, and whoever counts, moves how many are inside and nothing else here.
    else if (/^(?:gate|measure)\./.test(message.change.kind))
      void queryClient.invalidateQueries({ queryKey: [PASSES, 'counts'] });
  });
  const views = passViews.filter((view) => permissions.some((one) => one === permissionOf[view]));
  const view = views.find((one) => one === search.view) ?? views[0] ?? 'passes';
  const scopeId = search.scope ?? ownCompounds(acting)[0]?.id;
  const change = (part: PassesSearch): void => {
    void navigate({ ...url.passes({ ...search, ...part }), replace: true });
  };
  const past = (isPast: boolean): void => {
    change({ past: isPast ? true : undefined });
  };
  return (
    <RecordsPage
      title={t('passDesk.title')}
      choices={
        <>
          <Segmented
            label={t('passDesk.title')}
            isLabelHidden
            options={views.map((value) => ({ value, label: t(`passDesk.view.${value}`) }))}
            value={view}
            onChange={(next) => {
              change({ view: next });
            }}
          />
          {seesMany && (
            <ScopePicker
              label={t('passDesk.compound')}
              isLabelHidden
              placeholder={t('passDesk.choose')}
              value={scopeId}
              onChange={(scope) => {
                change({ scope });
              }}
            />
          )}
        </>
      }
    >
      {scopeId === undefined ? (
        <EmptyState icon={IdCard} title={t('passDesk.choose')} />
      ) : (
        <>
          {view === 'passes' && <Passes scopeId={scopeId} search={search} change={change} />}
          {view === 'vehicles' && <Vehicles scopeId={scopeId} />}
          {view === 'lists' && <Lists scopeId={scopeId} />}
          {view === 'parcels' && <Parcels scopeId={scopeId} isPast={search.past === true} onPast={past} />}
          {view === 'goods' && <Goods scopeId={scopeId} isPast={search.past === true} onPast={past} />}
        </>
      )}
    </RecordsPage>
  );
}

function Passes({
  scopeId,
  search,
  change,
}: {
  scopeId: string;
  search: PassesSearch;
  change: (part: PassesSearch) => void;
}) {
  const text = useText();
  const { t } = text;
  const mayIssue = useMay('pass.issue');
  const [isIssuing, setIssuing] = useState(false);
  const [typed, setTyped] = useState(search.q ?? '');
  const words = useDeferredValue(typed.trim());
  const digits = lastFourOf(words);
  const asked = {
    scopeId,
    ...(search.kind === undefined ? {} : { kind: search.kind }),
    ...(search.past === true ? {} : { isLive: true }),
    ...(search.printed === true ? { isWithoutPhone: true } : {}),
    ...(words === '' ? {} : { q: words }),
  };
  const list = useInfiniteQuery({
    queryKey: [PASSES, 'list', asked],
    queryFn: ({ pageParam }) =>
      passesApi.passes({ ...asked, limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    enabled: digits === null,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <div className={css.tools}>
        <TextField
          className={css.search ?? ''}
          label={t('passDesk.search')}
          type="search"
          maxLength={40}
          value={typed}
          onChange={(value) => {
            setTyped(value);
            // A phone's digits stand in no address.
            const isSaid = value.trim() !== '' && lastFourOf(value) === null;
            change({ q: isSaid ? value.trim() : undefined });
          }}
        />
        <Select
          label={t('passDesk.kind')}
          placeholder={t('passDesk.anyKind')}
          options={PASS_KINDS.map((kind) => ({ value: kind, label: t(`pass.kind.${kind}`) }))}
          value={search.kind ?? ''}
          onChange={(kind) => {
            change({ kind: kind === '' ? undefined : (kind as PassKind) });
          }}
        />
        <Checkbox
          isSelected={search.past !== true}
          onChange={(isLive) => {
            change({ past: isLive ? undefined : true });
          }}
        >
          {t('passDesk.live')}
        </Checkbox>
        <Checkbox
          isSelected={search.printed === true}
          onChange={(isOn) => {
            change({ printed: isOn ? true : undefined });
          }}
        >
          {t('passDesk.withoutPhone')}
        </Checkbox>
        {digits === null && <ExportLinks list="passes" query={asked} />}
        {mayIssue && (
          <Button
            variant="primary"
            onPress={() => {
              setIssuing(true);
            }}
          >
            {t('passDesk.issue')}
          </Button>
        )}
      </div>
      {search.printed === true && <p className={css.note}>{t('passDesk.withoutPhone.words')}</p>}
      {digits !== null && <LastFour key={digits} scopeId={scopeId} digits={digits} />}
      {digits === null && list.isPending && <Skeleton label={t('common.loading')} lines={8} />}
      {digits === null && list.isError && (
        <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
      )}
      {digits === null && list.isSuccess && rows.length === 0 && (
        <EmptyState icon={IdCard} title={t('passDesk.empty')} />
      )}
      {digits === null && rows.length > 0 && <PassesTable rows={rows} />}
      {digits === null && list.hasNextPage && (
        <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
      {isIssuing && (
        <IssueDialog
          scopeId={scopeId}
          onClose={() => {
            setIssuing(false);
          }}
        />
      )}
    </>
  );
}
