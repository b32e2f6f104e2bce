import { Button, EmptyState, ErrorState, Segmented, Skeleton, StatusChip } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ClipboardCheck } from 'lucide-react';
import { problemText } from '../../app/errors.ts';
import { useLive } from '../../app/live.tsx';
import { queryClient } from '../../app/query.ts';
import { taskStates } from '../../app/routes-forms.ts';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { formKeys, formsApi, type Task } from './api.ts';
import css from './forms.module.css';
import { tones } from './words.ts';

/** Forms before places, the newest first; of one form where its id is given. */
export function Tasks({
  state,
  onState,
  formId = null,
}: {
  state: Task['state'] | null;
  onState: (state: Task['state'] | undefined) => void;
  formId?: string | null;
}) {
  const text = useText();
  const { t } = text;
  const list = useInfiniteQuery({
    queryKey: formKeys.tasks(state, formId),
    queryFn: ({ pageParam }) =>
      formsApi.tasks({
        limit: 50,
        ...(state === null ? {} : { state }),
        ...(formId === null ? {} : { formId }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  useLive((message) => {
    if (message.type === 'change' && message.change.kind.startsWith('form_task.'))
      void queryClient.invalidateQueries({ queryKey: formKeys.all });
  });
  const tasks = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Segmented<Task['state'] | 'all'>
        label={t('forms.state')}
        isLabelHidden
        value={state ?? 'all'}
        options={[
          { value: 'all', label: t('forms.all') },
          ...taskStates.map((value) => ({ value, label: t(`forms.states.${value}`) })),
        ]}
        onChange={(value) => {
          onState(value === 'all' ? undefined : value);
        }}
      />
      {list.isPending && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {list.isError && (
        <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && tasks.length === 0 && (
        <EmptyState icon={ClipboardCheck} title={t('forms.noTasks')} text={t('forms.noTasksWords')} />
      )}
      <ul className={css.list}>
        {tasks.map((task) => (
          <li key={`${task.formId} ${task.scopeId}`} className={css.card}>
            <div className={css.line}>
              <StatusChip
                tone={task.isLate ? 'late' : tones[task.state]}
                word={task.isLate ? t('forms.late') : t(`forms.states.${task.state}`)}
              />
              <Link {...url.formTask(task.scopeId, task.formId)} className={css.link ?? ''}>
                {task.title}
              </Link>
              <span>{task.scopeName}</span>
              <span className={css.meta}>{t('forms.due', { date: task.dueOn })}</span>
            </div>
            <div className={css.line}>
              <span className={css.meta}>
                {t('forms.asked', { authority: task.authority, documentNo: task.documentNo })}
              </span>
              <span className={css.meta}>
                {t('forms.knownOf', { count: task.columnCount, known: task.knownCount })}
              </span>
            </div>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('forms.more')}
        </Button>
      )}
    </>
  );
}
