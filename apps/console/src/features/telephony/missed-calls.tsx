import { Button, ErrorState, notify, useNow } from '@gongzhi/ui';
import { everyPage, newKey } from '@gongzhi/ui/client/index.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { PhoneOutgoing } from 'lucide-react';
import { useState } from 'react';
import { isCode, problemText } from '../../app/errors.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { CallerPanel } from '../caller/caller-panel.tsx';
import { type PhoneTask, type TaskOutcome, telephonyApi, telephonyKeys } from './api.ts';
import css from './telephony.module.css';

/** Missed calls, before the calls about orders: somebody is waiting who has not been heard yet. */
export function MissedCalls() {
  return useMay('telephony.answer') ? <List /> : null;
}

function List() {
  const text = useText();
  const { t } = text;
  const desk = useQuery({ queryKey: telephonyKeys.desk, queryFn: telephonyApi.desk });
  const tasks = useQuery({
    queryKey: telephonyKeys.tasks,
    queryFn: () => everyPage((cursor) => telephonyApi.tasks({ limit: 100, ...cursor })),
    enabled: desk.data?.hasLine === true || (desk.data?.toCallBack ?? 0) > 0,
  });
  if (tasks.isError)
    return <ErrorState text={problemText(tasks.error, text)} onRetry={() => void tasks.refetch()} />;
  if (tasks.data === undefined) return null;
  return (
    <section className={css.part} aria-label={t('telephony.missed.title')}>
      <h2 className={css.heading}>{t('telephony.missed.title')}</h2>
      {tasks.data.items.length === 0 ? (
        <p className={css.quiet}>{t('telephony.missed.none')}</p>
      ) : (
        <ul className={css.tasks}>
          {tasks.data.items.map((task) => (
            <Task key={task.id} task={task} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** The number is shown to who has taken the call on, as long as the page is open and no longer. */
function Task({ task }: { task: PhoneTask }) {
  const text = useText();
  const { t, when } = text;
  const now = useNow();
  const client = useQueryClient();
  const [number, setNumber] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const attempt = async (deed: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await deed();
    } catch (problem) {
      // Still one's own call back, only not the last word on it.
      if (!isCode(problem, 'telephony.rang_again')) setNumber(null);
      notify(problemText(problem, text), { tone: 'late' });
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: telephonyKeys.tasks });
      void client.invalidateQueries({ queryKey: telephonyKeys.desk });
    }
  };
  const call = (): Promise<void> =>
    attempt(async () => {
      setNumber((await telephonyApi.claim(task.id, newKey())).number);
    });
  const say = (said: TaskOutcome): Promise<void> =>
    attempt(async () => {
      const { outcome } = await telephonyApi.say(task, said, newKey());
      setNumber(null);
      notify(outcome === null ? t('telephony.missed.again') : t('telephony.missed.done'));
    });
  const { claim } = task;
  const isOthers = claim !== null && !claim.isMine;
  return (
    <li className={css.task}>
      <div className={css.head}>
        {number === null ? (
          <strong>{task.numberMasked}</strong>
        ) : (
          <a className={css.number} href={`tel:${number}`}>
            {number}
          </a>
        )}
        <span className={css.quiet}>{when(task.lastMissedAt, now)}</span>
      </div>
      {task.missedCount > 1 && (
        <span className={css.quiet}>
          {t('telephony.missed.times', { count: task.missedCount, first: when(task.firstMissedAt, now) })}
        </span>
      )}
      {task.attempts > 0 && (
        <span className={css.quiet}>{t('telephony.missed.tried', { count: task.attempts })}</span>
      )}
      {claim !== null && (
        <span className={css.quiet}>
          {claim.isMine ? t('telephony.missed.mine') : t('telephony.missed.other', { name: claim.name })}
        </span>
      )}
      {number !== null && (
        <CallerPanel phone={number} scopeId={undefined} householdId="" onChoose={undefined} />
      )}
      {!isOthers && (
        <div className={css.acts}>
          {number === null ? (
            <Button size="small" icon={PhoneOutgoing} isBusy={isBusy} onPress={() => void call()}>
              {t('telephony.missed.call')}
            </Button>
          ) : (
            <>
              <Button size="small" variant="primary" isBusy={isBusy} onPress={() => void say('reached')}>
                {t('telephony.missed.reached')}
              </Button>
              <Button size="small" isBusy={isBusy} onPress={() => void say('unreachable')}>
                {t('telephony.missed.unreachable')}
              </Button>
            </>
          )}
          <Button size="small" variant="quiet" isBusy={isBusy} onPress={() => void say('not_needed')}>
            {t('telephony.missed.not_needed')}
          </Button>
        </div>
      )}
    </li>
  );
}
