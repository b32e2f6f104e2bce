import { Button, Dialog, notify, Select } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { useSend } from '../organisation/use-send.ts';
import { type AnswerBody, barriersApi, type Opening } from './barriers-api.ts';
import { again } from './gate-form.tsx';
import css from './css.ts';

type DeclineReason = Extract<AnswerBody, { answer: 'decline' }>['reason'];
const reasons: readonly DeclineReason[] = ['show_code', 'not_seen', 'not_known', 'wrong_gate'];

/** Residents who stand at a gate now and ask to be let in; nothing is shown while nobody does. */
export function OpeningsPanel({ scopeId }: { scopeId: string | undefined }) {
  const { t } = useText();
  const found = useQuery({
    queryKey: [...queryKeys.gates, 'openings', scopeId ?? null],
    queryFn: () => barriersApi.openings(scopeId),
    // Whoever is not answered goes by themselves.
    refetchInterval: ({ state }) => ((state.data?.items.length ?? 0) > 0 ? 3_000 : false),
  });
  if (found.data === undefined || found.data.items.length === 0) return null;
  return (
    <section className={css.openings} aria-label={t('opening.title')} aria-live="polite">
      <h2 className={css.name}>{t('opening.title')}</h2>
      <ul className={css.devices}>
        {found.data.items.map((opening) => (
          <OneOpening key={opening.id} opening={opening} now={found.data.now} />
        ))}
      </ul>
    </section>
  );
}

function OneOpening({ opening, now }: { opening: Opening; now: string }) {
  const { t, locale } = useText();
  const { isBusy, error, send } = useSend();
  const [isDeclining, setDeclining] = useState(false);
  const [barrierId, setBarrier] = useState(opening.barriers[0]?.id ?? null);
  const [reason, setReason] = useState<DeclineReason>('show_code');
  const answer = async (body: AnswerBody): Promise<void> => {
    const done = await send(null, () => barriersApi.answer(opening.scopeId, opening.id, body));
    setDeclining(false);
    again();
    if (done === undefined) return;
    const why = done.sentence === null ? '' : locale === 'en' ? done.sentence.en : done.sentence['zh-CN'];
    if (done.state === 'passed') notify(t(done.isBarrierOrdered ? 'opening.done' : 'opening.doneByHand'));
    else if (done.state === 'stopped') notify(t('opening.stopped', { why }), { tone: 'late' });
    else notify(t('opening.declined'));
  };
  const left = Math.max(0, Math.ceil((Date.parse(opening.expiresAt) - Date.parse(now)) / 1_000));
  const who = [opening.nameMasked, opening.place].filter((word) => word !== null).join(' · ');
  return (
    <li className={css.device}>
      <span>
        <strong>{who}</strong>
        <span className={css.below}>
          {[
            opening.gateName,
            t(`pass.kind.${opening.passKind}`),
            t(`opening.way.${opening.direction}`),
            t('opening.left', { count: left }),
          ].join(' · ')}
        </span>
      </span>
      {opening.barriers.length > 1 && (
        <Select
          label={t('opening.which')}
          isLabelHidden
          className={css.pick ?? ''}
          value={barrierId ?? ''}
          options={opening.barriers.map(({ id, label }) => ({ value: id, label }))}
          onChange={setBarrier}
        />
      )}
      <Button
        size="small"
        variant="primary"
        isBusy={isBusy}
        aria-label={`${t('opening.consent')} ${who}`}
        onPress={() => void answer({ answer: 'consent', barrierId })}
      >
        {t('opening.consent')}
      </Button>
      <Button
        size="small"
        aria-label={`${t('opening.decline')} ${who}`}
        onPress={() => {
          setDeclining(true);
        }}
      >
        {t('opening.decline')}
      </Button>
      {error !== undefined && (
        <span className={css.error} role="alert">
          {error}
        </span>
      )}
      {isDeclining && (
        <Dialog
          title={t('opening.declineTitle')}
          isOpen
          onOpenChange={setDeclining}
          footer={
            <Button
              variant="primary"
              isBusy={isBusy}
              onPress={() => void answer({ answer: 'decline', reason })}
            >
              {t('opening.decline')}
            </Button>
          }
        >
          <Select
            label={t('barrier.reason')}
            value={reason}
            options={reasons.map((value) => ({ value, label: t(`opening.reason.${value}`) }))}
            onChange={(next) => {
              setReason(reasons.find((one) => one === next) ?? 'show_code');
            }}
          />
        </Dialog>
      )}
    </li>
  );
}
