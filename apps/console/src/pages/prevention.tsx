import { Button, EmptyState, ErrorState, Segmented, Skeleton, StatusChip } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Sprout } from 'lucide-react';
import { problemText } from '../app/errors.ts';
import { useLive } from '../app/live.tsx';
import { queryClient } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { type PreventionSearch, preventionStates } from '../app/routes-prevention.ts';
import { useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ownCompounds, ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { type Project, preventionApi, preventionKeys } from '../features/prevention/api.ts';
import css from '../features/prevention/prevention.module.css';
import { Risks } from '../features/prevention/risks.tsx';
import { WeekBars } from '../features/prevention/week-bars.tsx';
import { reasonWords, subjectWords, tones } from '../features/prevention/words.ts';

type Filter = 'all' | (typeof preventionStates)[number];

/** Causes instead of cases: projects on what keeps coming back, and where complaints are likely next. */
export default function PreventionPage() {
  const { t } = useText();
  useTitle(t('prevention.title'));
  const navigate = useNavigate();
  const seesMany = useSeesMany();
  const { acting } = useMe();
  const search = useSearch({ from: '/shell/prevention' });
  const view = search.view ?? 'projects';
  const own = ownCompounds(acting);
  // A list of places is one compound's; projects are all one answers for.
  const scopeId = search.scope ?? (own.length === 1 || view === 'risks' ? own[0]?.id : undefined);
  const change = (part: PreventionSearch): void => {
    void navigate({ ...url.prevention({ ...search, ...part }), replace: true });
  };
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('prevention.title')}</h1>
        <Segmented<'projects' | 'risks'>
          label={t('prevention.tabs')}
          isLabelHidden
          value={view}
          options={[
            { value: 'projects', label: t('prevention.tab.projects') },
            { value: 'risks', label: t('prevention.tab.risks') },
          ]}
          onChange={(value) => {
            change({ view: value === 'projects' ? undefined : value });
          }}
        />
        {seesMany && (
          <ScopePicker
            className={css.scope ?? ''}
            label={t('console.column.scope')}
            isLabelHidden
            value={scopeId}
            onChange={(scope) => {
              change({ scope });
            }}
          />
        )}
      </header>
      {view === 'risks' ? (
        <Risks scopeId={scopeId} />
      ) : (
        <Projects
          scopeId={scopeId ?? null}
          state={search.state ?? null}
          isAll={search.all ?? false}
          onAll={(isAll) => {
            change({ all: isAll ? true : undefined });
          }}
          onState={(state) => {
            change({ state });
          }}
        />
      )}
    </div>
  );
}

function Projects({
  scopeId,
  state,
  isAll,
  onAll,
  onState,
}: {
  scopeId: string | null;
  state: Project['state'] | null;
  isAll: boolean;
  onAll: (isAll: boolean) => void;
  onState: (state: Project['state'] | undefined) => void;
}) {
  const text = useText();
  const { t, number } = text;
  const list = useInfiniteQuery({
    queryKey: preventionKeys.projects(scopeId, state, isAll),
    queryFn: ({ pageParam }) =>
      preventionApi.projects({
        limit: 30,
        ...(scopeId === null ? {} : { scopeId }),
        ...(state === null ? {} : { state }),
        ...(isAll ? { all: true } : {}),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  useLive((message) => {
    if (message.type === 'change' && message.change.kind.startsWith('prevention_project.'))
      void queryClient.invalidateQueries({ queryKey: preventionKeys.all });
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const first = list.data?.pages[0];
  return (
    <>
      <p className={css.words}>{t('prevention.intro')}</p>
      <Segmented<Filter>
        label={t('prevention.state')}
        isLabelHidden
        value={state ?? 'all'}
        options={[
          { value: 'all', label: t('prevention.all') },
          ...preventionStates.map((value) => ({ value, label: t(`prevention.states.${value}`) })),
        ]}
        onChange={(value) => {
          onState(value === 'all' ? undefined : value);
        }}
      />
      {first !== undefined && (
        <p className={css.line}>
          <span>
            {t('prevention.sum', {
              proposed: number(first.counts.proposed),
              accepted: number(first.counts.accepted),
              watched: number(first.counts.watched),
            })}
          </span>
          {first.measured > 0 && (
            <strong>
              {t('prevention.avoided', { measured: number(first.measured), count: number(first.avoided) })}
            </strong>
          )}
        </p>
      )}
      {first !== undefined && (
        <p className={css.words}>
          {t('prevention.modest', { alarms: number(first.falseAlarms), most: number(first.most) })}{' '}
          {first.weak > 0 && (
            <Button
              size="small"
              variant="quiet"
              onPress={() => {
                onAll(!isAll);
              }}
            >
              {isAll ? t('prevention.hideWeak') : t('prevention.showWeak', { count: first.weak })}
            </Button>
          )}
        </p>
      )}
      {list.isPending && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {list.isError && (
        <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState icon={Sprout} title={t('prevention.none')} text={t('prevention.noneWords')} />
      )}
      <ul className={css.list}>
        {rows.map((project) => (
          <Row key={project.id} project={project} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('prevention.more')}
        </Button>
      )}
    </>
  );
}

function Row({ project }: { project: Project }) {
  const text = useText();
  const { t, number } = text;
  const seesMany = useSeesMany();
  const { effect } = project;
  return (
    <li className={css.card}>
      <div className={css.text}>
        <div className={css.line}>
          <StatusChip tone={tones[project.state]} word={t(`prevention.states.${project.state}`)} />
          <Link {...url.preventionProject(project.scopeId, project.id)} className={css.link ?? ''}>
            {subjectWords(project, text)}
          </Link>
          {seesMany && <span className={css.meta}>{project.scopeName}</span>}
          {!project.isStrong && <span className={css.meta}>{t('prevention.weak')}</span>}
        </div>
        <ul className={css.reasons}>
          {project.reasons.map((reason) => (
            <li key={reason.code}>{reasonWords(reason, text)}</li>
          ))}
        </ul>
        <div className={css.line}>
          <span className={css.meta}>{t('prevention.orders', { count: project.orderCount })}</span>
          {project.openSteps + project.doneSteps > 0 && (
            <span className={css.meta}>
              {t('prevention.steps', { done: number(project.doneSteps), open: number(project.openSteps) })}
            </span>
          )}
          {project.nextDueOn !== null && (
            <span className={project.isStepLate ? css.late : css.meta}>
              {project.isStepLate && `${t('prevention.stepLate')} · `}
              {t('prevention.nextDue', { date: project.nextDueOn })}
            </span>
          )}
          {effect !== null && (
            <span className={css.meta}>
              {t('prevention.effect', {
                before: number(effect.beforeCount),
                after: number(effect.afterCount),
              })}
            </span>
          )}
        </div>
      </div>
      <WeekBars weeks={project.weeks} />
    </li>
  );
}
