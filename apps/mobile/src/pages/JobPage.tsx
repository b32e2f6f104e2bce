import { formatWhen } from '@gongzhi/i18n/when.ts';
import { Button, buttonClass } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Intent } from '@gongzhi/ui/client/index.ts';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { ErrorState } from '@gongzhi/ui/States.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Camera } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Body, ContractorJob } from '../api-types.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { useDraft } from '../app/useDraft.ts';
import { useWords } from '../app/words.ts';
import { shrink } from '../features/photos/shrink.ts';
import css from '../features/working/working.module.css';

type Said = Body<'actOnContractorJob'>;

/** Somebody from outside, with a link for this one job and no account: what they need, and what they can say. */
export default function JobPage({ params }: { params: { token: string } }) {
  const words = useWords();
  const { t } = words;
  const { token } = params;
  const job = useQuery({ queryKey: ['contractor-job', token], queryFn: () => api.job(token), retry: false });
  return (
    <>
      <PageHead title={t('mobile.job.title')} />
      {job.data !== undefined ? (
        <Job token={token} job={job.data} />
      ) : job.error === null ? (
        <Skeleton lines={6} isCard label={t('mobile.page.loading')} />
      ) : (
        <ErrorState
          text={problemSentence(words, job.error)}
          {...traceOf(job.error)}
          onRetry={() => {
            void job.refetch();
          }}
        />
      )}
    </>
  );
}

function Job({ token, job }: { token: string; job: ContractorJob }) {
  const { t, locale } = useWords();
  const now = useNow();
  const isAtIt = job.state === 'accepted' || job.state === 'arrived';
  return (
    <>
      <Card labelledBy="task">
        <h2 id="task" className={css.heading}>
          {t('mobile.job.for', { contractor: job.contractor })}
        </h2>
        <StatusChip
          tone={job.state === 'done' ? 'done' : job.state === 'invited' ? 'due' : 'moving'}
          word={t(`contractorStates.${job.state}`)}
        />
        <dl className={css.list}>
          <div>
            <dt className={css.quiet}>{t('mobile.job.what')}</dt>
            <dd className={css.question}>{job.task}</dd>
          </div>
          <div>
            <dt className={css.quiet}>{t('mobile.job.where')}</dt>
            <dd className={css.question}>
              {job.scopeName} {job.placeLabel}
            </dd>
          </div>
          {job.dueAt !== null && (
            <div>
              <dt className={css.quiet}>{t('mobile.job.by')}</dt>
              <dd className={css.question}>{formatWhen(locale, job.dueAt, now)}</dd>
            </div>
          )}
        </dl>
        <p className={css.quiet}>
          {job.number} {locale === 'en' ? job.categoryNameEn : job.categoryNameZh}
        </p>
        {isAtIt && !job.isOver && job.contactPurpose !== null && (
          <Contact token={token} purpose={job.contactPurpose} />
        )}
        <p className={css.quiet}>{t('mobile.job.valid', { when: formatWhen(locale, job.expiresAt, now) })}</p>
      </Card>
      {job.isOver ? (
        <p>{t('mobile.job.isOver')}</p>
      ) : job.state === 'done' ? (
        <p>{t('mobile.job.isDone')}</p>
      ) : job.state === 'declined' ? (
        <p>{t('mobile.job.isDeclined')}</p>
      ) : (
        <Acts key={job.state} token={token} job={job} />
      )}
    </>
  );
}

const newWords = (): { text: string; photoIds: readonly string[] } => ({ text: '', photoIds: [] });

function Acts({ token, job }: { token: string; job: ContractorJob }) {
  const words = useWords();
  const { t } = words;
  const client = useQueryClient();
  // Kept at every keystroke: a phone in a cellar reloads when it likes. By the order's number, for the link is a secret.
  const draft = useDraft(`job:${job.number}`, 'contractor', newWords);
  const { text, photoIds } = draft.value;
  const [intent] = useState(() => new Intent<Said>());
  const told = (error: unknown): void => {
    notify(problemSentence(words, error), { tone: 'late', isLasting: true });
  };
  const act = useMutation({
    mutationFn: (said: Said) =>
      intent.send(
        said,
        () => said,
        (same, key) => api.actOnJob(token, same, key),
      ),
    onSuccess: (next) => {
      void draft.clear();
      client.setQueryData(['contractor-job', token], next);
      notify(t('mobile.job.said'));
    },
    onError: told,
  });
  const upload = useMutation({
    mutationFn: async (file: File) => api.jobPhoto(token, await shrink(file)),
    onSuccess: (id) => {
      draft.change({ photoIds: [...photoIds, id] });
    },
    onError: told,
  });
  const say = (action: Said['action']) => () => {
    const words = text.trim();
    act.mutate({
      action,
      ...(words === '' ? {} : { text: words }),
      ...(photoIds.length === 0 ? {} : { photoIds: [...photoIds] }),
    });
  };
  const isNew = job.state === 'invited';
  const isEmpty = text.trim() === '';
  return (
    <Card label={t('mobile.job.title')}>
      <div className={css.form}>
        {isNew && (
          <Button variant="primary" size="large" isWide isBusy={act.isPending} onPress={say('accept')}>
            {t('mobile.job.accept')}
          </Button>
        )}
        {job.state === 'accepted' && (
          <Button variant="primary" size="large" isWide isBusy={act.isPending} onPress={say('arrive')}>
            {t('mobile.job.arrive')}
          </Button>
        )}
        <TextField
          label={t(isNew ? 'mobile.job.why' : 'mobile.job.words')}
          rows={3}
          maxLength={1000}
          value={text}
          onChange={(words) => {
            draft.change({ text: words });
          }}
        />
        {isNew ? (
          <Button isWide isDisabled={isEmpty} onPress={say('decline')}>
            {t('mobile.job.decline')}
          </Button>
        ) : (
          <>
            <label className={buttonClass('secondary', 'large')}>
              <Camera size={20} aria-hidden="true" />
              {t('mobile.job.photo')}
              <input
                className="gz-hidden"
                type="file"
                accept="image/*"
                onChange={(event) => {
                  const file = event.target.files?.[0];
                  event.target.value = '';
                  if (file !== undefined) upload.mutate(file);
                }}
              />
            </label>
            {photoIds.length > 0 && <p role="status">{t('mobile.job.photos', { count: photoIds.length })}</p>}
            <Button isWide isDisabled={isEmpty || upload.isPending} onPress={say('say')}>
              {t('mobile.job.say')}
            </Button>
            <Button
              variant="primary"
              size="large"
              isWide
              isDisabled={isEmpty || upload.isPending}
              isBusy={act.isPending}
              onPress={say('done')}
            >
              {t('mobile.job.done')}
            </Button>
          </>
        )}
      </div>
    </Card>
  );
}

function Contact({ token, purpose }: { token: string; purpose: string }) {
  const words = useWords();
  const { t } = words;
  const look = useMutation({
    mutationFn: () => api.jobContact(token),
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late', isLasting: true });
    },
  });
  return look.data === undefined ? (
    <>
      <Button onPress={() => look.mutate()}>{t('mobile.job.call', { purpose })}</Button>
      <p className={css.quiet}>{t('mobile.job.callNote')}</p>
    </>
  ) : (
    <a className={buttonClass('primary', 'large')} href={`tel:${look.data.phone}`}>
      {look.data.name} {look.data.phone}
    </a>
  );
}
