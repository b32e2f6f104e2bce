import { Intent } from '@gongzhi/ui/client/index.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Checkbox } from '@gongzhi/ui/Choice.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { Select } from '@gongzhi/ui/Select.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Repeat2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Handover } from '../api-types.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { url } from '../app/routes.ts';
import { useDraft } from '../app/useDraft.ts';
import { useWords } from '../app/words.ts';
import { useMe } from '../features/session/me.ts';
import { myWork } from '../features/work-orders/queries.ts';
import { categoryOf } from '../features/work-orders/say.ts';
import css from '../features/working/working.module.css';

const DESK = 'desk';

/** At shift change: what waits for one, and what one hands on; all of it or none. */
export default function HandoverPage() {
  const words = useWords();
  const { t } = words;
  const list = useQuery({ queryKey: ['orders', 'handovers'], queryFn: api.handovers });
  return (
    <>
      <PageHead title={t('mobile.handover.title')} back={url.work()} />
      {list.data === undefined ? (
        list.error === null ? (
          <Skeleton lines={6} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, list.error)}
            {...traceOf(list.error)}
            onRetry={() => {
              void list.refetch();
            }}
          />
        )
      ) : (
        <>
          <Offers items={list.data.items} />
          <Give colleagues={list.data.colleagues} />
        </>
      )}
    </>
  );
}

type Run = (key: string) => Promise<unknown>;

function useSend() {
  const client = useQueryClient();
  const words = useWords();
  const [intent] = useState(() => new Intent<Run>());
  return useMutation({
    mutationFn: ({ said, run }: { said: unknown; run: Run }) =>
      intent.send(
        said,
        () => run,
        (same, key) => same(key),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['orders'] });
      notify(words.t('mobile.handover.done'));
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey: ['orders'] });
      notify(problemSentence(words, error), { tone: 'late', isLasting: true });
    },
  });
}

function Offers({ items }: { items: readonly Handover[] }) {
  const { t, locale } = useWords();
  const send = useSend();
  const mine = items.filter(({ isForMe, isFromMe }) => isForMe || isFromMe);
  if (mine.length === 0)
    return (
      <EmptyState
        icon={Repeat2}
        title={t('mobile.handover.noneOffered')}
        text={t('mobile.handover.noneText')}
      />
    );
  return mine.map((one) => {
    const isOpen = one.state === 'offered';
    const answer = (said: 'accept' | 'decline' | 'withdraw') => () => {
      send.mutate({ said: [one.id, said], run: (key) => api.answerHandover(one.id, said, key) });
    };
    return (
      <Card key={one.id} labelledBy={`h${one.id}`}>
        <h2 id={`h${one.id}`} className={css.heading}>
          {one.isForMe
            ? t('mobile.handover.forYou', { name: one.fromName })
            : t('mobile.handover.fromYou', { name: one.toName })}
        </h2>
        <StatusChip tone={isOpen ? 'due' : 'done'} word={t(`handoverStates.${one.state}`)} />
        <ul className={css.list}>
          {one.items.map((item) => (
            <li key={item.orderId}>
              <strong>{locale === 'en' ? item.categoryNameEn : item.categoryNameZh}</strong> {item.scopeName}{' '}
              {item.placeLabel}
              <br />
              <span className={css.quiet}>
                {item.number} {item.note}
                {item.result === 'gone' && ` ${t('mobile.handover.gone')}`}
              </span>
            </li>
          ))}
        </ul>
        {isOpen && one.isForMe && (
          <div className={css.pair}>
            <Button size="large" onPress={answer('decline')}>
              {t('mobile.handover.leave')}
            </Button>
            <Button variant="primary" size="large" isBusy={send.isPending} onPress={answer('accept')}>
              {t('mobile.handover.take')}
            </Button>
          </div>
        )}
        {isOpen && one.isFromMe && (
          <Button onPress={answer('withdraw')}>{t('mobile.handover.takeBack')}</Button>
        )}
      </Card>
    );
  });
}

function Give({
  colleagues,
}: {
  colleagues: readonly { accountId: string; displayName: string; title: string; openOrders: number }[];
}) {
  const { t, locale } = useWords();
  const me = useMe();
  const send = useSend();
  const work = useQuery(myWork);
  const draft = useDraft(`${me.account.id}:handover`, me.account.id, () => ({
    to: '',
    note: '',
    chosen: [] as string[],
  }));
  const [isLacking, setLacking] = useState(false);
  const { to, note, chosen } = draft.value;
  const jobs = (work.data?.items ?? []).filter(
    ({ assigneeAccountId, status }) => assigneeAccountId === me.account.id && status !== 'finished',
  );
  const picked = jobs.filter(({ id }) => chosen.includes(id));
  const give = (): void => {
    setLacking(note.trim() === '');
    if (note.trim() === '') return;
    const body = {
      toAccountId: to === DESK ? null : to,
      items: picked.map(({ id, scopeId }) => ({ orderId: id, scopeId, note: note.trim() })),
    };
    send.mutate(
      { said: body, run: (key) => api.handOver(body, key) },
      { onSuccess: () => void draft.clear() },
    );
  };
  return (
    <Card labelledBy="give">
      <h2 id="give" className={css.heading}>
        {t('mobile.handover.give')}
      </h2>
      {jobs.length === 0 ? (
        <p>{t('mobile.handover.none')}</p>
      ) : (
        <div className={css.form}>
          <fieldset className={css.list}>
            <legend>{t('mobile.handover.pick')}</legend>
            {jobs.map((job) => (
              <Checkbox
                key={job.id}
                isSelected={chosen.includes(job.id)}
                onChange={(isOn) => {
                  draft.change({ chosen: isOn ? [...chosen, job.id] : chosen.filter((id) => id !== job.id) });
                }}
              >
                {categoryOf(locale, job)} {job.scopeName} {job.placeLabel}
              </Checkbox>
            ))}
          </fieldset>
          <Select
            label={t('mobile.handover.to')}
            placeholder={t('mobile.charge.choose')}
            value={to}
            onChange={(value) => {
              draft.change({ to: value });
            }}
            options={[
              { value: DESK, label: t('mobile.handover.toDesk') },
              ...colleagues.map((one) => ({
                value: one.accountId,
                label: t('mobile.handover.colleague', {
                  name: one.displayName,
                  title: one.title,
                  count: one.openOrders,
                }),
              })),
            ]}
          />
          <TextField
            label={t('mobile.handover.note')}
            rows={2}
            maxLength={500}
            value={note}
            error={isLacking ? t('mobile.handover.noteMissing') : undefined}
            onChange={(text) => {
              draft.change({ note: text });
            }}
          />
          <Button
            variant="primary"
            size="large"
            isWide
            isBusy={send.isPending}
            isDisabled={picked.length === 0 || to === ''}
            onPress={give}
          >
            {t('mobile.handover.submit', { count: picked.length })}
          </Button>
        </div>
      )}
    </Card>
  );
}
