import { formatWhen } from '@gongzhi/i18n/when.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useState } from 'react';
import type { JobSheet, Order } from '../../api-types.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { useMe } from '../session/me.ts';
import { ChargeLines } from './ChargeLines.tsx';
import { sheetQuery, useWorking } from './queries.ts';
import css from './working.module.css';

/** To the household: what it would cost, what happens if they say no, and what comes next. */
export function ChargeCard({ order }: { order: Order }) {
  const sheet = useQuery({
    ...sheetQuery(order.scopeId, order.id),
    enabled: order.chargeState !== null,
  }).data;
  if (sheet === undefined) return null;
  return (
    <>
      {order.chargeState === 'draft' && sheet.entries.length > 0 && <Rework />}
      {sheet.charge !== null && <Charge order={order} sheet={sheet} charge={sheet.charge} />}
      <Plan sheet={sheet} />
    </>
  );
}

function Rework() {
  const { t } = useWords();
  return (
    <Card label={t('mobile.charge.heading')}>
      <p>{t('mobile.charge.rework')}</p>
    </Card>
  );
}

function Charge({
  order,
  sheet,
  charge,
}: {
  order: Order;
  sheet: JobSheet;
  charge: NonNullable<JobSheet['charge']>;
}) {
  const { t } = useWords();
  const state = sheet.chargeState;
  const answer = sheet.entries.findLast(({ kind }) => kind === 'agreed');
  return (
    <Card labelledBy="charge">
      <h2 id="charge" className={css.heading}>
        {t('mobile.charge.heading')}
      </h2>
      <ChargeLines charge={charge} />
      {state === 'quoted' && <Answer order={order} sheet={sheet} charge={charge} />}
      {state === 'agreed' && (
        <>
          <StatusChip tone="done" word={t('chargeStates.agreed')} />
          <p>{t('mobile.charge.agreedNow', { amount: charge.total })}</p>
          {answer?.how != null && (
            <p className={css.quiet}>
              {t('mobile.charge.agreedBy', {
                how: t(`answerWays.${answer.how}`),
                name: answer.signerName ?? answer.byName ?? '',
              })}
            </p>
          )}
        </>
      )}
      {state === 'declined' && <p>{t('mobile.charge.declinedNow')}</p>}
      {state === 'not_due' && <p>{t('mobile.charge.freeNow', { payer: t(`payers.${charge.payer}`) })}</p>}
    </Card>
  );
}

function Answer({
  order,
  sheet,
  charge,
}: {
  order: Order;
  sheet: JobSheet;
  charge: NonNullable<JobSheet['charge']>;
}) {
  const { t } = useWords();
  const me = useMe();
  const [isAsking, setAsking] = useState(false);
  const draft = useDraft(`${me.account.id}:${order.id}:ask`, me.account.id, () => ({ text: '' }));
  const act = useWorking(order, () => {
    setAsking(false);
    void draft.clear();
  });
  const { quoteNo, total } = charge;
  const mayAnswer = sheet.actions.some(({ action, isAllowed }) => action === 'agree' && isAllowed);
  const mayAsk = sheet.actions.some(({ action, isAllowed }) => action === 'ask' && isAllowed);
  return (
    <div className={css.form}>
      <p className={css.question}>{t('mobile.charge.ask', { amount: total })}</p>
      <p>{t('mobile.charge.askFirst')}</p>
      <p className={css.quiet}>{t('mobile.charge.ifNo')}</p>
      {mayAnswer && (
        <>
          <Button
            variant="primary"
            size="large"
            isWide
            icon={Check}
            isBusy={act.isPending}
            onPress={() => {
              act.mutate({ action: 'agree', quoteNo, total });
            }}
          >
            {t('mobile.charge.agree', { amount: total })}
          </Button>
          <Button
            size="large"
            isWide
            onPress={() => {
              act.mutate({ action: 'decline', quoteNo });
            }}
          >
            {t('mobile.charge.decline')}
          </Button>
        </>
      )}
      {mayAsk && !isAsking && (
        <Button
          onPress={() => {
            setAsking(true);
          }}
        >
          {t('mobile.charge.question')}
        </Button>
      )}
      {isAsking && (
        <>
          <TextField
            label={t('mobile.charge.questionLabel')}
            rows={2}
            maxLength={500}
            value={draft.value.text}
            onChange={(text) => {
              draft.change({ text });
            }}
          />
          <Button
            isBusy={act.isPending}
            isDisabled={draft.value.text.trim() === ''}
            onPress={() => {
              act.mutate({ action: 'ask', quoteNo, words: draft.value.text.trim() });
            }}
          >
            {t('mobile.charge.send')}
          </Button>
        </>
      )}
    </div>
  );
}

function Plan({ sheet }: { sheet: JobSheet }) {
  const { t, locale } = useWords();
  const now = useNow();
  const parts = sheet.parts.filter(({ arrivedAt }) => arrivedAt === null);
  const visits = sheet.visits.filter(({ cancelledAt }) => cancelledAt === null);
  if (parts.length === 0 && visits.length === 0) return null;
  return (
    <Card labelledBy="plan">
      <h2 id="plan" className={css.heading}>
        {t('mobile.plan.heading')}
      </h2>
      <ul className={css.list}>
        {parts.map((part) => (
          <li key={part.id}>{t('mobile.plan.part', { what: part.what, day: part.expectedOn })}</li>
        ))}
        {visits.map((visit) => (
          <li key={visit.id}>
            {visit.doneAt === null
              ? t('mobile.plan.visit', {
                  when: formatWhen(locale, visit.plannedFrom, now),
                  purpose: visit.purpose,
                })
              : t('mobile.plan.done', { position: visit.position, words: visit.doneWords ?? '' })}
          </li>
        ))}
      </ul>
    </Card>
  );
}
