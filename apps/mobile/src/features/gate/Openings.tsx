import { Button } from '@gongzhi/ui/Button.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { Icon } from '@gongzhi/ui/Icon.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { DoorOpen } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { problemSentence } from '../../app/problems.ts';
import { useWords } from '../../app/words.ts';
import {
  barrierApi,
  type DeclineReason,
  GATE_BARRIERS,
  GATE_OPENINGS,
  type Opening,
  useOpenings,
} from './barriers.ts';
import css from './gate.module.css';
import type { PostView } from './post-types.ts';
import { sound } from './sound.ts';

const REASONS: readonly DeclineReason[] = ['show_code', 'not_seen', 'not_known', 'wrong_gate'];

/** Residents who stand at this gate and ask from their phone: the guard's word, and nobody else's. */
export function Openings({ view, hasSound }: { view: PostView; hasSound: boolean }) {
  const { t } = useWords();
  const heard = useRef(new Set<string>());
  const found = useOpenings(view);
  const items = view.line === 'up' ? (found?.items ?? []) : [];
  const ids = items.map(({ id }) => id).join(' ');
  useEffect(() => {
    const fresh = ids.split(' ').filter((id) => id !== '' && !heard.current.has(id));
    for (const id of fresh) heard.current.add(id);
    if (fresh.length > 0 && hasSound) sound('ask');
  }, [ids, hasSound]);
  if (items.length === 0) return null;
  return (
    <section className={css.section} aria-labelledby="openings" aria-live="polite">
      <h2 id="openings" className={css.heading}>
        {t('opening.title')}
      </h2>
      <ul className={css.list}>
        {items.map((opening) => (
          <One key={opening.id} opening={opening} now={found!.now} />
        ))}
      </ul>
    </section>
  );
}

function One({ opening, now }: { opening: Opening; now: string }) {
  const words = useWords();
  const { t, locale } = words;
  const client = useQueryClient();
  const [isDeclining, setDeclining] = useState(false);
  const answer = useMutation({
    mutationFn: (body: Parameters<typeof barrierApi.answer>[2]) =>
      barrierApi.answer(opening.scopeId, opening.id, body),
    onSuccess: ({ state, sentence, isBarrierOrdered }) => {
      const why = sentence === null ? '' : locale === 'en' ? sentence.en : sentence['zh-CN'];
      if (state === 'passed')
        notify(t(isBarrierOrdered ? 'opening.done' : 'opening.doneByHand'), {
          tone: isBarrierOrdered ? 'done' : 'due',
        });
      else if (state === 'stopped') notify(t('opening.stopped', { why }), { tone: 'late', isLasting: true });
      else notify(t('opening.declined'));
    },
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
    },
    onSettled: async () => {
      setDeclining(false);
      await client.invalidateQueries({ queryKey: [GATE_OPENINGS] });
      await client.invalidateQueries({ queryKey: [GATE_BARRIERS] });
    },
  });
  const consent = (barrierId: string | null): void => {
    answer.mutate({ answer: 'consent', barrierId });
  };
  const left = Math.max(0, Math.ceil((Date.parse(opening.expiresAt) - Date.parse(now)) / 1_000));
  const { barriers } = opening;
  return (
    <li className={css.note}>
      <Icon of={DoorOpen} />
      <div className={css.section}>
        <strong>{[opening.nameMasked, opening.place].filter((word) => word !== null).join(' · ')}</strong>
        <span>
          {t(`pass.kind.${opening.passKind}`)} · {t(`opening.way.${opening.direction}`)} ·{' '}
          {t('opening.left', { count: left })}
        </span>
        <div className={css.grid}>
          {barriers.length < 2 ? (
            <Button
              variant="primary"
              size="large"
              isBusy={answer.isPending}
              onPress={() => {
                consent(barriers[0]?.id ?? null);
              }}
            >
              {t('opening.consent')}
            </Button>
          ) : (
            barriers.map(({ id, label }) => (
              <Button
                key={id}
                variant="primary"
                size="large"
                isBusy={answer.isPending}
                onPress={() => {
                  consent(id);
                }}
              >
                {`${t('opening.consent')} · ${label}`}
              </Button>
            ))
          )}
          <Button
            size="large"
            isDisabled={answer.isPending}
            onPress={() => {
              setDeclining(true);
            }}
          >
            {t('opening.decline')}
          </Button>
        </div>
      </div>
      {isDeclining && (
        <Sheet title={t('opening.declineTitle')} isOpen onOpenChange={setDeclining}>
          {REASONS.map((reason) => (
            <Button
              key={reason}
              size="large"
              isWide
              onPress={() => {
                answer.mutate({ answer: 'decline', reason });
              }}
            >
              {t(`opening.reason.${reason}`)}
            </Button>
          ))}
        </Sheet>
      )}
    </li>
  );
}
