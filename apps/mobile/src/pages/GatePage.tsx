import { Button, IconButton } from '@gongzhi/ui/Button.tsx';
import { Segmented } from '@gongzhi/ui/Choice.tsx';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { ErrorState } from '@gongzhi/ui/States.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { type Asked, type Direction, HEALTH_CHECKS } from '@gongzhi/gate';
import { Camera as CameraIcon, CameraOff, Ellipsis, Package, Volume2, VolumeX } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { PageHead } from '../app/PageHead.tsx';
import { useWords } from '../app/words.ts';
import { Answer } from '../features/gate/Answer.tsx';
import { BarrierNotes } from '../features/gate/Barriers.tsx';
import { Camera } from '../features/gate/Camera.tsx';
import { CounterSheet } from '../features/gate/CounterSheet.tsx';
import css from '../features/gate/gate.module.css';
import { MoreSheet } from '../features/gate/MoreSheet.tsx';
import { Flags, PostNotes } from '../features/gate/Notes.tsx';
import { Openings } from '../features/gate/Openings.tsx';
import { OverrideSheet } from '../features/gate/OverrideSheet.tsx';
import { PairForm } from '../features/gate/PairForm.tsx';
import type { GatePost } from '../features/gate/post.ts';
import type { PostView, Shown } from '../features/gate/post-types.ts';
import { sayShown, toneOf } from '../features/gate/say.ts';
import { sound, speak, wakeSound } from '../features/gate/sound.ts';
import { usePost } from '../features/gate/usePost.ts';
import { listenToWedge } from '../features/gate/wedge.ts';
import { hasCamera, keepReader } from '../features/report/scanner.ts';
import { useMe } from '../features/session/me.ts';

/** A green answer makes room for the next by itself; what needs somebody stays until somebody has seen it. */
const GREEN_MS = 2500;

export default function GatePage() {
  const { t } = useWords();
  // Browsers lend their ciphers to nobody else.
  if (window.isSecureContext) return <Watch />;
  return (
    <>
      <PageHead title={t('mobile.gate.title')} />
      <ErrorState text={t('mobile.gate.insecure')} />
    </>
  );
}

function Watch() {
  const { t } = useWords();
  const me = useMe();
  const opened = usePost(me.account.id);
  if (opened === null || opened.view.phase === 'opening')
    return (
      <>
        <PageHead title={t('mobile.gate.title')} />
        <Skeleton lines={6} isCard label={t('mobile.page.loading')} />
      </>
    );
  const { post, view } = opened;
  if (view.device === null)
    return (
      <>
        <PageHead title={t('mobile.gate.title')} />
        <PairForm post={post} isRevoked={view.phase === 'revoked'} />
      </>
    );
  return <Post post={post} view={view} />;
}

function Post({ post, view }: { post: GatePost; view: PostView }) {
  const words = useWords();
  const { t, locale } = words;
  const now = useNow();
  const [direction, setDirection] = useState<Direction>('in');
  const [hasSound, setSound] = useState(true);
  const [hasCameraOn, setCamera] = useState(false);
  const [isMore, setMore] = useState(false);
  const [isCounter, setCounter] = useState(false);
  const [isOverriding, setOverriding] = useState(false);
  const [queue, setQueue] = useState(0);
  // What was measured belongs to the next person, and to nobody after.
  const temperature = useRef<number | null>(null);
  const lastAsked = useRef<Asked | null>(null);
  // Whose health code comes next.
  const [whose, setWhose] = useState<Asked | null>(null);
  const { shown } = view;

  const ask = useCallback(
    (text: string | null, more: Partial<Pick<Asked, 'urgent' | 'spoken'>> = {}): void => {
      setMore(false);
      setOverriding(false);
      const temperatureTenths = temperature.current;
      temperature.current = null;
      setWhose(null);
      if (whose !== null && text !== null) {
        void post.ask({ ...whose, healthCode: text });
        return;
      }
      setQueue((count) => Math.max(0, count - 1));
      lastAsked.current = {
        text,
        spoken: null,
        direction,
        urgent: null,
        temperatureTenths,
        wearsMask: null,
        ...more,
      };
      void post.ask(lastAsked.current);
    },
    [post, direction, whose],
  );

  // At the counter the scanner types into its fields.
  useEffect(() => (isCounter ? undefined : listenToWedge(ask)), [ask, isCounter]);
  useEffect(() => {
    // Without it there is still the scanner, and numbers.
    if (hasCamera()) keepReader().catch(() => undefined);
  }, []);

  // Said once, when it comes: not again because the sound was turned on or the language changed.
  const say = useRef((_: Shown): void => {});
  say.current = (answer) => {
    if (!hasSound) return;
    sound(toneOf(answer.verdict));
    speak(sayShown(words, answer).sentence, locale);
  };
  useEffect(() => {
    if (shown === null) return;
    say.current(shown);
    if (toneOf(shown.verdict) !== 'pass') return;
    const timer = setTimeout(() => {
      post.next();
    }, GREEN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [shown, post]);
  useEffect(() => {
    // Browsers let a page sound only after it was touched.
    window.addEventListener('pointerdown', wakeSound);
    window.addEventListener('keydown', wakeSound);
    return () => {
      window.removeEventListener('pointerdown', wakeSound);
      window.removeEventListener('keydown', wakeSound);
    };
  }, []);

  const isAboutHealth =
    shown !== null &&
    !shown.isDecidedHere &&
    toneOf(shown.verdict) !== 'pass' &&
    shown.verdict.findings.some(({ check }) => HEALTH_CHECKS.some((name) => name === check));
  const mayOverride = shown?.verdict.overriders.includes('guard') === true;
  return (
    <div className={css.gate}>
      <div className={css.top}>
        <PageHead
          title={view.device?.gateName ?? t('mobile.gate.title')}
          after={
            <>
              {hasCamera() && (
                <IconButton
                  icon={hasCameraOn ? CameraOff : CameraIcon}
                  label={t(hasCameraOn ? 'mobile.gate.camera.close' : 'mobile.gate.camera.open')}
                  onPress={() => {
                    setCamera(!hasCameraOn);
                  }}
                />
              )}
              <IconButton
                icon={hasSound ? Volume2 : VolumeX}
                label={t(hasSound ? 'mobile.gate.sound.off' : 'mobile.gate.sound.on')}
                onPress={() => {
                  setSound(!hasSound);
                }}
              />
            </>
          }
        />
        <Segmented
          label={t('mobile.gate.direction')}
          isLabelHidden
          options={[
            { value: 'in', label: t('mobile.gate.in') },
            { value: 'out', label: t('mobile.gate.out') },
          ]}
          value={direction}
          onChange={setDirection}
        />
        <div className={css.facts}>
          <StatusChip tone={view.line === 'up' ? 'done' : 'due'} word={t(`mobile.gate.line.${view.line}`)} />
          {view.waiting > 0 && (
            <StatusChip tone="due" word={t('mobile.gate.waiting', { count: view.waiting })} />
          )}
          <span>{t('mobile.gate.today', { count: view.today.count })}</span>
          {view.line === 'up' && view.list?.inside != null && (
            <span>{t('mobile.gate.inside', view.list.inside)}</span>
          )}
          {view.line === 'up' && view.list?.freeSpaces != null && (
            <span>{t('mobile.gate.freeSpaces', { count: view.list.freeSpaces })}</span>
          )}
          {queue > 0 && <span>{t('mobile.gate.queue.count', { count: queue })}</span>}
        </div>
      </div>
      <PostNotes view={view} now={now} />
      <div className={css.section}>
        {/* Whoever asks is seen at once; whoever is being answered comes first. */}
        {shown === null && <Openings view={view} hasSound={hasSound} />}
        {hasCameraOn && !isCounter && <Camera onCode={ask} />}
        {/* The same sentence for the next person is another answer, and is read aloud again. */}
        <Answer
          key={shown?.id ?? 'idle'}
          shown={shown === null ? null : sayShown(words, shown)}
          isWorking={view.isWorking}
        />
        {whose !== null && (
          <p role="status" className={css.note}>
            {t('mobile.gate.healthCode.waiting')} {t('mobile.gate.healthCode.text')}
          </p>
        )}
        <BarrierNotes view={view} />
        {shown !== null && <Openings view={view} hasSound={hasSound} />}
        <Flags post={post} view={view} now={now} />
      </div>
      <div className={css.acts}>
        {shown !== null && mayOverride && (
          <Button
            size="large"
            onPress={() => {
              setOverriding(true);
            }}
          >
            {t('mobile.gate.override.title')}
          </Button>
        )}
        {isAboutHealth && (
          <Button
            size="large"
            onPress={() => {
              setWhose(whose === null ? lastAsked.current : null);
            }}
          >
            {t(whose === null ? 'mobile.gate.healthCode' : 'mobile.gate.healthCode.cancel')}
          </Button>
        )}
        {shown !== null && (
          <Button
            variant="primary"
            size="large"
            onPress={() => {
              setWhose(null);
              post.next();
            }}
          >
            {t('mobile.gate.next')}
          </Button>
        )}
        {shown === null && (
          <Button
            size="large"
            icon={Package}
            onPress={() => {
              setCounter(true);
            }}
          >
            {t('mobile.gate.counter.title')}
          </Button>
        )}
        {shown === null && (
          <Button
            size="large"
            icon={Ellipsis}
            onPress={() => {
              setMore(true);
            }}
          >
            {t('mobile.gate.more')}
          </Button>
        )}
      </div>
      {isMore && (
        <MoreSheet
          post={post}
          view={view}
          waiting={queue}
          onWaiting={setQueue}
          onText={ask}
          onUrgent={(trip) => {
            ask(null, { urgent: trip });
          }}
          onSpoken={(spoken) => {
            ask(null, { spoken });
          }}
          onTemperature={(tenths) => {
            temperature.current = tenths;
          }}
          onClose={() => {
            setMore(false);
          }}
        />
      )}
      {isCounter && (
        <CounterSheet
          view={view}
          onClose={() => {
            setCounter(false);
          }}
        />
      )}
      {isOverriding && shown !== null && (
        <OverrideSheet
          onOverride={(reason) => {
            setOverriding(false);
            void post.override(shown, reason);
          }}
          onClose={() => {
            setOverriding(false);
          }}
        />
      )}
    </div>
  );
}
