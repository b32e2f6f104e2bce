import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Dialog } from '@gongzhi/ui/Dialog.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { HeartHandshake, UserPlus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { api } from '../api.ts';
import type { Consent } from '../api-types.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import css from '../features/family/family.module.css';
import { lastDayOf } from '../features/family/days.ts';
import { useMe } from '../features/session/me.ts';

const GiveSheet = lazy(async () => ({
  default: (await import('../features/family/GiveSheet.tsx')).GiveSheet,
}));

/** Who may act for me, and for whom I may; withdrawing is as near as giving (PIPL article 15). */
export default function FamilyPage() {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const [isGiving, setGiving] = useState(false);
  const consents = useQuery({ queryKey: ['consents'], queryFn: api.consents });
  const canGive =
    me.permissions.includes('consent.give') && me.acting.onBehalf === null && me.acting.households.length > 0;
  return (
    <>
      <PageHead title={t('family.title')} back={url.me()} />
      {consents.data === undefined &&
        (consents.error === null ? (
          <Skeleton lines={4} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, consents.error)}
            {...traceOf(consents.error)}
            onRetry={() => {
              void consents.refetch();
            }}
          />
        ))}
      {consents.data !== undefined && (
        <>
          <Card label={t('family.given')}>
            <p className={css.heading}>{t('family.given')}</p>
            {consents.data.given.length === 0 ? (
              <EmptyState icon={HeartHandshake} title={t('family.none')} text={t('family.noneText')} />
            ) : (
              <List consents={consents.data.given} isGiven />
            )}
            {canGive && (
              <Button icon={UserPlus} variant="primary" isWide onPress={() => setGiving(true)}>
                {t('family.give')}
              </Button>
            )}
          </Card>
          {consents.data.held.length > 0 && (
            <Card label={t('family.held')}>
              <p className={css.heading}>{t('family.held')}</p>
              <List consents={consents.data.held} isGiven={false} />
            </Card>
          )}
          {isGiving && (
            <Suspense fallback={null}>
              <GiveSheet
                longestDays={consents.data.longestDays}
                today={consents.data.today}
                onClose={() => setGiving(false)}
              />
            </Suspense>
          )}
        </>
      )}
    </>
  );
}

function List({ consents, isGiven }: { consents: readonly Consent[]; isGiven: boolean }) {
  return (
    <ul className={css.list}>
      {consents.map((consent) => (
        <li key={consent.id}>
          <One consent={consent} isGiven={isGiven} />
        </li>
      ))}
    </ul>
  );
}

function One({ consent, isGiven }: { consent: Consent; isGiven: boolean }) {
  const words = useWords();
  const { t } = words;
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const withdraw = useMutation({
    mutationFn: () => api.withdrawConsent(consent.scopeId, consent.id),
    onSuccess: () => {
      setAsking(false);
      notify(t(isGiven ? 'family.withdrawn' : 'family.givenUp'), { tone: 'done' });
      void client.invalidateQueries({ queryKey: ['consents'] });
      void client.invalidateQueries({ queryKey: ['me'] });
    },
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  const isStanding = consent.state === 'standing';
  const act = t(isGiven ? 'family.withdraw' : 'family.giveUp');
  return (
    <div className={css.one}>
      <p className={css.name}>
        {isGiven
          ? t('family.helper', { name: consent.delegateName, phone: consent.delegatePhone })
          : t('family.for', { name: consent.grantorName })}
      </p>
      <p className={css.quiet}>
        {[
          consent.householdLabel,
          t(`family.kinship.${consent.kinship}`),
          consent.state === 'standing'
            ? t('family.until', { date: lastDayOf(consent.endsOn) })
            : t(`family.state.${consent.state}`),
        ].join(t('common.listSeparator'))}
      </p>
      <p>
        {consent.purposes.map((purpose) => t(`family.purpose.${purpose}`)).join(t('common.listSeparator'))}
      </p>
      {isStanding && (
        <Button isWide onPress={() => setAsking(true)}>
          {act}
        </Button>
      )}
      {isAsking && (
        <Dialog
          title={act}
          isOpen
          isAlert
          onOpenChange={() => setAsking(false)}
          footer={
            <>
              <Button onPress={() => setAsking(false)}>{t('common.cancel')}</Button>
              <Button
                variant="danger"
                isBusy={withdraw.isPending}
                onPress={() => {
                  withdraw.mutate();
                }}
              >
                {act}
              </Button>
            </>
          }
        >
          <p>{t(isGiven ? 'family.withdrawText' : 'family.giveUpText')}</p>
        </Dialog>
      )}
    </div>
  );
}
