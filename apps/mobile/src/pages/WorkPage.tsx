import { cardClass } from '@gongzhi/ui/Card.tsx';
import { Icon } from '@gongzhi/ui/Icon.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { cx } from '@gongzhi/ui/tone.ts';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { useQuery } from '@tanstack/react-query';
import { Coffee, Repeat2, Star } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { api } from '../api.ts';
import type { OrderRow } from '../api-types.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { Link, navigate } from '../app/router.tsx';
import { url } from '../app/routes.ts';
import type { WaitingAct } from '../app/store.ts';
import { useSpokenChange } from '../app/useSpokenChange.ts';
import { useWords } from '../app/words.ts';
import { useMe } from '../features/session/me.ts';
import { NextButton, SideActions, type Submit } from '../features/work/JobActions.tsx';
import { JobCard } from '../features/work/JobCard.tsx';
import type { Outbox } from '../features/work/outbox.ts';
import { project } from '../features/work/project.ts';
import { WorkPanel } from '../features/working/WorkPanel.tsx';
import { useOutbox } from '../features/work/useOutbox.ts';
import { Offers } from '../features/work/Offers.tsx';
import { RoundLink } from '../features/meters/RoundLink.tsx';
import { PatrolLine } from '../features/patrol/PatrolLine.tsx';
import { ShiftLine } from '../features/work/ShiftLine.tsx';
import { WaitingActs } from '../features/work/Waiting.tsx';
import { myWork, orderQuery } from '../features/work-orders/queries.ts';
import { categoryOf, dueSentence, may } from '../features/work-orders/say.ts';
import css from './WorkPage.module.css';

export default function WorkPage({ params }: { params: { id?: string } }) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const { outbox, acts } = useOutbox(me.account.id, me.acting.id);
  const work = useQuery(myWork);
  const jobs = work.data?.items;
  const current = jobs === undefined ? undefined : pick(jobs, params.id ?? null);
  useSpokenChange(t('mobile.work.count', { count: jobs?.length ?? 0 }));
  return (
    <>
      <PageHead title={t('mobile.work.title')} />
      <WaitingActs outbox={outbox} acts={acts} />
      <Offers />
      <ShiftLine />
      <PatrolLine />
      <RoundLink />
      {me.permissions.includes('work_order.handover') && <HandoverLink />}
      <RatingsLink />
      {jobs === undefined &&
        (work.error === null ? (
          <Skeleton lines={8} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, work.error)}
            {...traceOf(work.error)}
            onRetry={() => {
              void work.refetch();
            }}
          />
        ))}
      {jobs?.length === 0 && (
        <EmptyState icon={Coffee} title={t('mobile.work.none')} text={t('mobile.work.noneText')} />
      )}
      {current !== undefined && current !== null && (
        <Job
          key={current.id}
          row={current}
          outbox={outbox}
          acts={acts.filter(({ orderId }) => orderId === current.id)}
        >
          {jobs !== undefined && jobs.length > 1 && (
            <Others jobs={jobs.filter(({ id }) => id !== current.id)} />
          )}
        </Job>
      )}
    </>
  );
}

const BEGUN = ['in_progress', 'arrived', 'departed', 'paused'];

/** The one asked for; else the one begun; else the one that is due first. */
function pick(jobs: readonly OrderRow[], wanted: string | null): OrderRow | null {
  const asked = jobs.find(({ id }) => id === wanted);
  const begun = BEGUN.map((status) => jobs.find((job) => job.status === status)).find(
    (job) => job !== undefined,
  );
  return asked ?? begun ?? jobs[0] ?? null;
}

/** The job, what is behind it, and its next act under the thumb however far one has scrolled. */
function Job({
  row,
  outbox,
  acts,
  children,
}: {
  row: OrderRow;
  outbox: Outbox;
  acts: readonly WaitingAct[];
  children: ReactNode;
}) {
  const words = useWords();
  const { t } = words;
  const [isBusy, setBusy] = useState(false);
  const order = useQuery(orderQuery(row.scopeId, row.id));
  if (order.data === undefined)
    return order.error === null ? (
      <Skeleton lines={8} isCard label={t('mobile.page.loading')} />
    ) : (
      <ErrorState
        text={problemSentence(words, order.error)}
        {...traceOf(order.error)}
        onRetry={() => {
          void order.refetch();
        }}
      />
    );
  const real = order.data;
  const shown = project(real, acts);
  const submit: Submit = async (command, tray) => {
    setBusy(true);
    try {
      const outcome = await outbox.submit(
        real,
        command,
        tray === undefined ? undefined : (owner) => tray.giveTo(owner),
      );
      if (outcome.state === 'waiting') notify(t('mobile.work.queued'), { tone: 'due' });
      else if (outcome.state === 'sent' && command.action === 'finish') {
        notify(t('mobile.work.finished'));
        // Who has no phone may sign at once, at the door.
        const done = await api.order(real.scopeId, real.id).catch(() => null);
        if (done !== null && may(done, 'confirm_for'))
          navigate(url.order({ scopeId: real.scopeId, id: real.id }));
      } else if (outcome.state === 'refused') notify(t('mobile.work.notTaken'), { tone: 'late' });
      return true;
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <JobCard order={shown} waiting={acts.filter(({ refused }) => refused === null).length} />
      <SideActions order={shown} submit={submit} />
      <WorkPanel order={shown} submit={submit} />
      {children}
      <NextButton order={shown} isBusy={isBusy} submit={submit} />
    </>
  );
}

/** Behind the one: the rest of the day, the next due first. */
function Others({ jobs }: { jobs: readonly OrderRow[] }) {
  const words = useWords();
  const { t, locale } = words;
  const now = useNow();
  return (
    <section className={css.others} aria-labelledby="others">
      <h2 id="others" className={css.heading}>
        {t('mobile.work.others', { count: jobs.length })}
      </h2>
      <ul className={css.list}>
        {jobs.map((job) => {
          const due = dueSentence(words, job, now);
          return (
            <li key={job.id}>
              <Link to={url.job({ scopeId: job.scopeId, id: job.id })} className={cx(cardClass, css.row)}>
                <strong>
                  {job.scopeName} {job.placeLabel}
                </strong>
                <span className={css.small}>{categoryOf(locale, job)}</span>
                {due !== null &&
                  (due.isLate ? (
                    <StatusChip tone="late" word={due.text} />
                  ) : (
                    <span className={css.small}>{due.text}</span>
                  ))}
                {job.status === 'paused' && (
                  <StatusChip tone="waiting" word={t('mobile.order.clockStands')} />
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** To what residents said of one's own work. */
function RatingsLink() {
  const { t } = useWords();
  return (
    <Link to={url.ratings()} className={css.handover}>
      <Icon of={Star} />
      {t('mobile.ratings.title')}
    </Link>
  );
}

/** To the hand-over; who is waited for there sees it here. */
function HandoverLink() {
  const { t } = useWords();
  const list = useQuery({ queryKey: ['orders', 'handovers'], queryFn: api.handovers });
  const waiting = (list.data?.items ?? []).filter(({ isForMe, state }) => isForMe && state === 'offered');
  return (
    <Link to={url.handover()} className={css.handover}>
      <Icon of={Repeat2} />
      {t('mobile.handover.link')}
      {waiting.length > 0 && (
        <StatusChip tone="due" word={t('mobile.handover.waiting', { count: waiting.length })} />
      )}
    </Link>
  );
}
