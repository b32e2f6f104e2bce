import { cx, notify, Segmented, useNow } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { type BoardView, boardViews } from '../app/routes-board.ts';
import { problemText } from '../app/errors.ts';
import { ScopePicker, useFirstDepartment } from '../components/scope-picker.tsx';
import { useHotkeys } from '../app/hotkeys.ts';
import { queryClient, queryKeys } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { useMay, useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { type BoardData, dispatchApi } from '../features/dispatch/api.ts';
import { Lanes } from '../features/dispatch/board-lanes.tsx';
import { Tray } from '../features/dispatch/board-tray.tsx';
import own from '../features/dispatch/board.module.css';
import { EstimateFigures } from '../features/dispatch/estimate-figures.tsx';
import { SitePlan } from '../features/dispatch/site-plan.tsx';
import css from '../features/organisation/organisation.module.css';
import { Pending } from '../components/pending.tsx';

const REFRESH_MS = 30_000;

/** Who has what, what waits, and where it all is: the dispatcher's page of a day. */
export default function BoardPage() {
  const { t } = useText();
  useTitle(t('board.title'));
  const { acting } = useMe();
  const search = useSearch({ from: '/shell/board' });
  const navigate = useNavigate();
  // Rosters and colleagues' hands are the department's and the company's own business.
  const seesPeople = useMay('roster.read');
  const isCompany = acting.role === 'company';
  const first = useFirstDepartment(isCompany);
  const views = seesPeople ? boardViews : (['plan'] as const);
  const view: BoardView = seesPeople ? (search.view ?? 'board') : 'plan';
  const scopeId = search.scope ?? (isCompany ? first : acting.scopeId);
  return (
    <div className={own.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('board.title')}</h1>
        {views.length > 1 && (
          <Segmented<BoardView>
            label={t('board.title')}
            isLabelHidden
            options={views.map((value) => ({ value, label: t(`board.view.${value}`) }))}
            value={view}
            onChange={(value) => {
              void navigate({ ...url.board({ ...search, view: value }) });
            }}
          />
        )}
      </header>
      {isCompany && (
        <ScopePicker
          kind="department"
          label={t('roster.department')}
          value={scopeId}
          onChange={(scope) => {
            void navigate({ ...url.board({ ...search, scope }) });
          }}
          className={own.picker ?? ''}
        />
      )}
      {scopeId !== undefined && view === 'board' && <LiveBoard key={scopeId} scopeId={scopeId} />}
      {scopeId !== undefined && view === 'plan' && <SitePlan scopeId={scopeId} />}
      {scopeId !== undefined && view === 'times' && <EstimateFigures scopeId={scopeId} />}
    </div>
  );
}

function LiveBoard({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const navigate = useNavigate();
  const [picked, setPicked] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const queryKey = ['queues', 'board', scopeId];
  const board = useQuery({
    // Under the queues: whatever changes an order makes this read anew.
    queryKey,
    queryFn: () => dispatchApi.board({ scopeId }),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
  const waiting = board.data?.waiting ?? [];
  const chosen = waiting.find(({ id }) => id === picked) ?? null;
  const candidates = useQuery({
    queryKey: queryKeys.candidates(chosen?.id ?? ''),
    queryFn: () => dispatchApi.candidates(chosen?.scopeId ?? '', chosen?.id ?? ''),
    enabled: chosen !== null,
    // Loads and places change with every assignment.
    staleTime: 0,
  });
  const ranked = chosen === null ? null : (candidates.data?.items ?? []);
  const best = ranked?.find(({ rank }) => rank === 1);

  const give = async (accountId: string, orderId = chosen?.id): Promise<void> => {
    const order = waiting.find(({ id }) => id === orderId);
    if (order === undefined || isBusy) return;
    const at = waiting.indexOf(order);
    setBusy(true);
    try {
      const command = { action: 'assign', assigneeAccountId: accountId, expectedVersion: order.version };
      await api.command(order.scopeId, order.id, command, newKey());
      const name = board.data?.people.find((person) => person.accountId === accountId)?.displayName ?? '';
      notify(t('board.given', { name, number: order.number }));
      // The next one takes its place under the eyes.
      setPicked(waiting[at + 1]?.id ?? waiting[at - 1]?.id ?? null);
    } catch (problem) {
      notify(problemText(problem, text), { tone: 'late', isLasting: true });
    } finally {
      setBusy(false);
      void queryClient.invalidateQueries({ queryKey: queryKeys.allQueues });
    }
  };
  const move = (by: 1 | -1): void => {
    const at = waiting.findIndex(({ id }) => id === chosen?.id);
    const next = at === -1 ? 0 : Math.min(waiting.length - 1, Math.max(0, at + by));
    setPicked(waiting[next]?.id ?? null);
  };
  useHotkeys({
    j: () => {
      move(1);
    },
    k: () => {
      move(-1);
    },
    a: () => {
      if (best !== undefined) void give(best.accountId);
    },
    Enter: (event) => {
      // A button or a link under the keyboard means itself.
      if (event.target instanceof Element && event.target.closest('button, a') !== null) return;
      if (chosen !== null) void navigate({ ...url.order(chosen.scopeId, chosen.id) });
    },
    Escape: () => {
      setPicked(null);
    },
  });

  if (!board.isSuccess) return <Pending of={board} lines={10} />;
  const data: BoardData = board.data;
  return (
    <>
      <p className={cx(css.words, own.hint)}>{t('board.words')}</p>
      <div className={own.board}>
        <Tray
          board={data}
          now={now}
          chosen={chosen?.id ?? null}
          best={best}
          isBusy={isBusy}
          onChoose={(id) => {
            setPicked(id);
          }}
          onGive={(accountId) => void give(accountId)}
        />
        <Lanes
          board={data}
          now={now}
          candidates={ranked}
          isBusy={isBusy}
          onGive={(accountId, orderId) => void give(accountId, orderId)}
        />
      </div>
    </>
  );
}
