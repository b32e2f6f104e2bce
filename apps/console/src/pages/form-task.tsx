import {
  Button,
  buttonClass,
  ErrorState,
  notify,
  Skeleton,
  StatusChip,
  TextField,
  useNow,
} from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { problemText } from '../app/errors.ts';
import { useLive } from '../app/live.tsx';
import { queryClient } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { formKeys, formsApi, type TaskDetail, taskFileUrl } from '../features/forms/api.ts';
import css from '../features/forms/forms.module.css';
import { Sheet } from '../features/forms/sheet.tsx';
import { useEffort } from '../features/forms/use-effort.ts';
import { tones } from '../features/forms/words.ts';
import { useSend } from '../features/organisation/use-send.ts';

/** A form before one place: filled in, handed over, taken or sent back. */
export default function FormTaskPage() {
  const text = useText();
  const { t } = text;
  const { scopeId, formId } = useParams({ from: '/shell/forms/tasks/$scopeId/$formId' });
  const task = useQuery({
    queryKey: formKeys.task(scopeId, formId),
    queryFn: () => formsApi.task(scopeId, formId),
  });
  useTitle(task.data?.title ?? t('forms.title'));
  useLive((message) => {
    if (message.type === 'change' && message.change.id === formId)
      void queryClient.invalidateQueries({ queryKey: formKeys.all });
  });
  useEffort(scopeId, formId, task.data?.mayFill === true);
  return (
    <div className={css.page}>
      <Link {...url.forms({ view: 'tasks' })} className={css.meta ?? ''}>
        {t('forms.back')}
      </Link>
      {task.isPending && <Skeleton label={t('common.loading')} lines={12} isCard />}
      {task.isError && (
        <ErrorState text={problemText(task.error, text)} onRetry={() => void task.refetch()} />
      )}
      {task.isSuccess && (
        <>
          <Head task={task.data} />
          <Sheet key={`${scopeId} ${formId}`} task={task.data} />
        </>
      )}
    </div>
  );
}

function Head({ task }: { task: TaskDetail }) {
  const { t, when, locale } = useText();
  const now = useNow();
  return (
    <>
      <header className={css.head}>
        <h1 className={css.title}>{task.title}</h1>
        <StatusChip
          tone={task.isLate ? 'late' : tones[task.state]}
          word={task.isLate ? t('forms.late') : t(`forms.states.${task.state}`)}
        />
        <strong>{task.scopeName}</strong>
      </header>
      <section className={css.section}>
        <p className={css.line}>
          <span>{t('forms.asked', { authority: task.authority, documentNo: task.documentNo })}</span>
          <span>{t('forms.period', { from: task.periodFrom, to: task.periodTo })}</span>
          <strong>{t('forms.due', { date: task.dueOn })}</strong>
        </p>
        <p className={css.line}>
          <span>{t('forms.rows', { count: task.rows })}</span>
          <span>{t('forms.knownOf', { count: task.columnCount, known: task.knownCount })}</span>
          <span>{t('forms.reused', { count: task.reused })}</span>
          <strong>
            {task.missing === 0 ? t('forms.complete') : t('forms.missing', { count: task.missing })}
          </strong>
        </p>
        {task.submittedByName !== null && task.submittedAt !== null && (
          <p className={css.meta}>
            {t('forms.submittedBy', { name: task.submittedByName, date: when(task.submittedAt, now) })}
          </p>
        )}
        {task.decidedByName !== null && task.decidedAt !== null && (
          <p className={css.meta}>
            {t('forms.decidedBy', { name: task.decidedByName, date: when(task.decidedAt, now) })}
          </p>
        )}
        {task.returnReason !== null && <p>{t('forms.returnedWith', { reason: task.returnReason })}</p>}
        {task.mayFill && task.knownCount > 0 && <p className={css.meta}>{t('forms.correctSource')}</p>}
        <Actions task={task} />
        <div className={css.line}>
          <a
            className={buttonClass('quiet', 'small')}
            href={taskFileUrl(task.scopeId, task.formId, 'xlsx', locale)}
            download
          >
            {t('forms.download')}
          </a>
        </div>
      </section>
    </>
  );
}

function Actions({ task }: { task: TaskDetail }) {
  const { t } = useText();
  const [isReturning, setReturning] = useState(false);
  const { scopeId, formId, version } = task;
  const { isBusy, error, send } = useSend();
  const moved = (next: TaskDetail | undefined, said: string): void => {
    if (next !== undefined) {
      queryClient.setQueryData(formKeys.task(scopeId, formId), next);
      notify(said);
    }
    void queryClient.invalidateQueries({ queryKey: formKeys.all });
  };
  const submit = async (): Promise<void> => {
    const body = { expectedVersion: version };
    moved(await send(body, (key) => formsApi.submit(scopeId, formId, body, key)), t('forms.submitted'));
  };
  const accept = async (): Promise<void> => {
    const body = { action: 'accept', expectedVersion: version } as const;
    moved(await send(body, (key) => formsApi.decide(scopeId, formId, body, key)), t('forms.accepted'));
  };
  return (
    <>
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
      {(task.mayFill || task.mayDecide) && (
        <div className={css.line}>
          {task.mayFill && (
            <Button
              variant="primary"
              isBusy={isBusy}
              disabledReason={task.missing > 0 ? t('forms.missing', { count: task.missing }) : undefined}
              onPress={() => void submit()}
            >
              {t('forms.submit')}
            </Button>
          )}
          {task.mayDecide && (
            <>
              <Button
                onPress={() => {
                  setReturning(true);
                }}
              >
                {t('forms.return')}
              </Button>
              <Button variant="primary" isBusy={isBusy} onPress={() => void accept()}>
                {t('forms.accept')}
              </Button>
            </>
          )}
        </div>
      )}
      {isReturning && (
        <Return
          task={task}
          onReturned={(next) => {
            moved(next, t('forms.returned'));
          }}
          onClose={() => {
            setReturning(false);
          }}
        />
      )}
    </>
  );
}

function Return({
  task,
  onReturned,
  onClose,
}: {
  task: TaskDetail;
  onReturned: (next: TaskDetail) => void;
  onClose: () => void;
}) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const { isBusy, error, send } = useSend();
  const body = { action: 'return', expectedVersion: task.version, reason: reason.trim() } as const;
  return (
    <FormDialog
      title={t('forms.return')}
      send={t('forms.return')}
      isWhole={body.reason !== ''}
      isBusy={isBusy}
      error={error}
      onSend={async () => {
        const next = await send(body, (key) => formsApi.decide(task.scopeId, task.formId, body, key));
        if (next === undefined) return;
        onReturned(next);
        onClose();
      }}
      onClose={onClose}
    >
      <p className={css.words}>{t('forms.returnWords')}</p>
      <TextField label={t('forms.reason')} rows={3} value={reason} maxLength={300} onChange={setReason} />
    </FormDialog>
  );
}
