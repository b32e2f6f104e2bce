import { Button } from '@gongzhi/ui/Button.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Icon } from '@gongzhi/ui/Icon.tsx';
import { BellRing, Check, MessageCircle, RotateCcw, X } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Command, Order, Score } from '../../api-types.ts';
import { useWords } from '../../app/words.ts';
import { useMe } from '../session/me.ts';
import { useVoice } from '../voice/useVoice.ts';
import { VoiceField } from '../voice/VoiceField.tsx';
import { FACES } from './faces.ts';
import { useCommand } from './queries.ts';
import css from './ResidentActions.module.css';
import { may, permission } from './say.ts';
import type { SaySheetProps } from './SaySheet.tsx';

// The sheets come after the page, which is what one waits for; idle time fetches them before they are wanted.
const loadSay = () => import('./SaySheet.tsx');
const loadRate = () => import('./RateSheet.tsx');
const SaySheet = lazy(async () => ({ default: (await loadSay()).SaySheet }));
const RateSheet = lazy(async () => ({ default: (await loadRate()).RateSheet }));
const FETCH_AFTER_MS = 2000;

type Act = 'comment' | 'cancel' | 'dispute' | 'reopen';

/** What a resident can do now: what matters most is at the bottom edge, the rest in the page. */
export function ResidentBar({ order }: { order: Order }) {
  const { t } = useWords();
  const command = useCommand(order);
  const [act, setAct] = useState<Act | null>(null);
  const [score, setScore] = useState<Score | null>(null);
  const canConfirm = may(order, 'confirm');
  const canRate = may(order, 'rate');
  if (!canConfirm && !canRate) return null;
  return (
    <div className={css.bar}>
      {canConfirm ? (
        <>
          <p className={css.question}>{t('mobile.order.askDone')}</p>
          <div className={css.pair}>
            {may(order, 'dispute') && (
              <Button
                size="large"
                onPress={() => {
                  setAct('dispute');
                }}
              >
                {t('actions.dispute')}
              </Button>
            )}
            <Button
              variant="primary"
              size="large"
              icon={Check}
              isBusy={command.isPending}
              onPress={() => {
                command.mutate({ action: 'confirm' });
              }}
            >
              {t('mobile.act.confirm')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p className={css.question}>{t('mobile.rate.title')}</p>
          <div className={css.faces}>
            {FACES.map((face) => (
              <button
                key={face.score}
                type="button"
                className={css.face}
                onClick={() => {
                  setScore(face.score);
                }}
              >
                <Icon of={face.icon} size="2em" />
                <span>{t(face.word)}</span>
              </button>
            ))}
          </div>
        </>
      )}
      <Suspense fallback={null}>
        {act !== null && <ActSheet order={order} act={act} onClose={() => setAct(null)} />}
        {score !== null && <RateSheet order={order} first={score} onClose={() => setScore(null)} />}
      </Suspense>
    </div>
  );
}

/** Urge, add a word, take it back, open it again: whatever the server's list allows, and why not. */
export function ResidentMore({ order }: { order: Order }) {
  const { t } = useWords();
  const urge = useCommand(order, () => {
    notify(t('mobile.order.urged'));
  });
  const [act, setAct] = useState<Act | null>(null);
  const urging = permission(order, 'urge');
  useEffect(() => {
    const timer = setTimeout(() => {
      Promise.all([loadSay(), loadRate()]).catch(() => undefined);
    }, FETCH_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <div className={css.more}>
      {urging?.isAllowed === true && (
        <Button
          icon={BellRing}
          isBusy={urge.isPending}
          onPress={() => {
            urge.mutate({ action: 'urge' });
          }}
        >
          {t('actions.urge')}
        </Button>
      )}
      {urging?.reason === 'urged_recently' && (
        <Button icon={BellRing} disabledReason={t('reasons.urged_recently')}>
          {t('actions.urge')}
        </Button>
      )}
      {may(order, 'comment') && (
        <Button icon={MessageCircle} onPress={() => setAct('comment')}>
          {t('actions.comment')}
        </Button>
      )}
      {may(order, 'reopen') && (
        <Button icon={RotateCcw} onPress={() => setAct('reopen')}>
          {t('actions.reopen')}
        </Button>
      )}
      {may(order, 'cancel') && (
        <Button variant="quiet" icon={X} onPress={() => setAct('cancel')}>
          {t('actions.cancel')}
        </Button>
      )}
      <Suspense fallback={null}>
        {act !== null && <ActSheet order={order} act={act} onClose={() => setAct(null)} />}
      </Suspense>
    </div>
  );
}

function ActSheet({ order, act, onClose }: { order: Order; act: Act; onClose: () => void }) {
  const { t } = useWords();
  const command = useCommand(order);
  const { account } = useMe();
  const voice = useVoice(`${account.id}:${order.id}:${act}:voice`, account.id);
  const isSpoken = act === 'comment' && voice.url !== null;
  const looks: Record<
    Act,
    Pick<SaySheetProps, 'title' | 'label' | 'submit' | 'presets' | 'isRequired' | 'isDanger' | 'photos'>
  > = {
    comment: {
      title: t('actions.comment'),
      label: t('mobile.say.comment'),
      submit: t('mobile.say.send'),
      photos: { label: t('mobile.report.photos'), isRequired: false },
    },
    dispute: {
      title: t('actions.dispute'),
      label: t('mobile.say.dispute'),
      submit: t('mobile.say.sendDispute'),
      presets: [t('mobile.preset.stillBroken'), t('mobile.preset.notCome'), t('mobile.preset.notClean')],
      photos: { label: t('mobile.report.photos'), isRequired: false },
    },
    cancel: {
      title: t('actions.cancel'),
      label: t('mobile.say.cancel'),
      submit: t('mobile.say.sendCancel'),
      presets: [t('mobile.preset.fixedItself'), t('mobile.preset.mistake')],
      isRequired: false,
      isDanger: true,
    },
    reopen: {
      title: t('actions.reopen'),
      label: t('mobile.say.reopen'),
      submit: t('mobile.say.sendReopen'),
      presets: [t('mobile.preset.brokenAgain'), t('mobile.preset.stillBroken')],
    },
  };
  return (
    <SaySheet
      order={order}
      act={act}
      {...looks[act]}
      {...(act === 'comment' ? { before: <VoiceField voice={voice} /> } : {})}
      {...(isSpoken ? { isRequired: false } : {})}
      onClose={onClose}
      onSubmit={async (text, tray) => {
        const photoIds = looks[act].photos === undefined ? [] : await tray.settle();
        const voiceId = isSpoken ? await voice.settle(order.scopeId) : null;
        const words = text === '' && voiceId !== null ? t('mobile.voice.message') : text;
        // A refusal is told by the command itself; what was typed stays.
        try {
          await command.mutateAsync(commandOf(act, words, photoIds, voiceId));
        } catch {
          return false;
        }
        if (voiceId !== null) await voice.drop();
        return true;
      }}
    />
  );
}

function commandOf(act: Act, text: string, photoIds: string[], voiceId: string | null): Command {
  switch (act) {
    case 'comment':
      return {
        action: 'comment',
        text,
        isInternal: false,
        photoIds,
        ...(voiceId === null ? {} : { voiceId }),
      };
    case 'dispute':
      return { action: 'dispute', reason: text, photoIds };
    case 'reopen':
      return { action: 'reopen', reason: text };
    case 'cancel':
      return text === '' ? { action: 'cancel' } : { action: 'cancel', reason: text };
  }
}
