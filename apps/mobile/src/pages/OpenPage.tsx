import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { formatWhen } from '@gongzhi/i18n/when.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { DoorOpen, Smartphone } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import { AskGuard } from '../features/passage/AskGuard.tsx';
import { PASSAGE, ownQuery, type Pass, passageApi, type Seen } from '../features/passage/api.ts';
import { HealthCard } from '../features/passage/HealthCard.tsx';
import { canMakeCodes, codeAt, keepKey, type KeptKey, keptKeys } from '../features/passage/keys.ts';
import css from '../features/passage/passage.module.css';
import { Digits, Qr } from '../features/passage/Qr.tsx';
import { PlaceSwitch, useHere } from '../features/session/here.tsx';
import { useMe } from '../features/session/me.ts';

const ChildSheet = lazy(async () => ({
  default: (await import('../features/passage/ChildSheet.tsx')).ChildSheet,
}));

const RESIDENT_KINDS: ReadonlySet<string> = new Set(['resident', 'family', 'tenant']);

/** Standing at the gate: one code, as large as the phone, for who lives here. */
export default function OpenPage() {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const here = useHere(me);
  const own = useQuery(ownQuery(here.scopeId));
  return (
    <>
      <PageHead title={t('pass.gate.title')} back={url.home()} />
      <PlaceSwitch me={me} here={here} />
      {own.data === undefined &&
        (own.error === null ? (
          <Skeleton lines={6} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, own.error)}
            {...traceOf(own.error)}
            onRetry={() => {
              void own.refetch();
            }}
          />
        ))}
      {own.data !== undefined &&
        (here.household === null ? (
          <EmptyState icon={DoorOpen} title={t('pass.gate.none')} text={t('pass.gate.noneText')} />
        ) : (
          <Passes
            own={own.data}
            scopeId={here.scopeId}
            scopeName={here.scopeName}
            householdId={here.household.id}
            home={here.household.label}
          />
        ))}
    </>
  );
}

interface At {
  own: Seen;
  scopeId: string;
  scopeName: string;
  householdId: string;
  home: string;
}

function Passes({ own, scopeId, scopeName, householdId, home }: At) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const client = useQueryClient();
  const kept = useQuery({
    queryKey: [PASSAGE, 'keys', me.account.id],
    queryFn: () => keptKeys(me.account.id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [isForgetful, setForgetful] = useState(false);
  const pass = own.passes.find((one) => RESIDENT_KINDS.has(one.kind) && one.householdId === householdId);
  const mark = own.keys.find(({ passId }) => passId === pass?.id)?.mark ?? null;
  const key = kept.data?.find(({ passId }) => passId === pass?.id);
  const begin = useMutation({
    mutationFn: async () => {
      const given = pass ?? (await passageApi.ownPass(scopeId, householdId, newKey()));
      return keepKey(await passageApi.keyPhone(scopeId, given.id, newKey()), me.account.id);
    },
    onSuccess: async ({ isKept }) => {
      setForgetful(!isKept);
      await client.invalidateQueries({ queryKey: [PASSAGE] });
    },
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late', isLasting: true });
    },
  });
  if (kept.isPending) return <Skeleton lines={6} isCard label={t('mobile.page.loading')} />;
  const isHere = key !== undefined && (mark === null || key.mark === mark);
  const isElsewhere = !isHere && mark !== null;
  return (
    <>
      {pass !== undefined && isHere && (
        <>
          {isForgetful && <p className={css.quiet}>{t('pass.gate.noStorage')}</p>}
          <TheCode pass={pass} kept={key} aheadMs={own.aheadMs} scopeName={scopeName} />
        </>
      )}
      {!isHere && (
        <EmptyState
          icon={isElsewhere ? Smartphone : DoorOpen}
          title={t(isElsewhere ? 'pass.gate.other' : 'pass.gate.begin')}
          text={isElsewhere ? t('pass.gate.otherText') : t('pass.gate.beginText', { home })}
          action={
            <Button
              variant="primary"
              size="large"
              isWide
              isBusy={begin.isPending}
              onPress={() => {
                begin.mutate();
              }}
            >
              {t(isElsewhere ? 'pass.gate.move' : 'pass.gate.begin')}
            </Button>
          }
        />
      )}
      {pass !== undefined && <HealthCard scopeId={scopeId} />}
      {pass?.state === 'standing' && <AskGuard own={own} passId={pass.id} scopeId={scopeId} />}
      {pass !== undefined && <Children scopeId={scopeId} householdId={householdId} passes={own.passes} />}
    </>
  );
}

const SECOND_MS = 1000;
/** A clock that is off by less costs nothing: the step before counts too. */
const OFF_MS = 60_000;

function TheCode({
  pass,
  kept,
  aheadMs,
  scopeName,
}: {
  pass: Pass;
  kept: KeptKey;
  aheadMs: number;
  scopeName: string;
}) {
  const { t, locale } = useWords();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, SECOND_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  useScreenOn();
  // Ours counts where the phone's own clock is off; a few seconds are the network's.
  const at = Math.abs(aheadMs) > OFF_MS ? now + aheadMs : now;
  const [shown, setShown] = useState<{ code: string; until: number } | null>(null);
  const isOver = shown === null || at >= shown.until || shown.until - at > 30 * SECOND_MS;
  useEffect(() => {
    if (!isOver || !canMakeCodes()) return;
    let isGone = false;
    const make = async (): Promise<void> => {
      const next = await codeAt(kept, at);
      if (!isGone) setShown(next);
    };
    void make();
    return () => {
      isGone = true;
    };
  }, [isOver, kept, at]);
  const left = shown === null ? 0 : Math.max(0, Math.ceil((shown.until - at) / SECOND_MS));
  const isReady = pass.state === 'standing';
  return (
    <Card label={scopeName} className={css.code ?? ''}>
      <p className={css.who}>{scopeName}</p>
      {isReady && shown !== null ? (
        <>
          <div className={css.sheet} data-code={shown.code}>
            <Qr text={shown.code} label={t('pass.gate.qr')} />
          </div>
          <div className={css.bar} aria-hidden="true">
            <div className={css.left} style={{ transform: `scaleX(${left / 30})` }} />
          </div>
          <p className={css.quiet}>
            {t('pass.gate.show')} · {t('pass.gate.seconds', { count: left })}
          </p>
        </>
      ) : isReady ? (
        !canMakeCodes() && <Digits value={kept.digits} label={t('pass.gate.digits')} />
      ) : (
        <p className={css.error}>{t('pass.gate.state', { state: t(`pass.state.${pass.state}`) })}</p>
      )}
      <p>
        {[pass.name, pass.householdLabel].filter((word) => word !== null).join(t('common.listSeparator'))}
      </p>
      {pass.validTo !== null && (
        <p className={css.quiet}>{t('pass.gate.until', { when: formatWhen(locale, pass.validTo, now) })}</p>
      )}
      {Math.abs(aheadMs) > OFF_MS && (
        <p className={css.error}>
          {t('pass.gate.clock', { minutes: Math.ceil(Math.abs(aheadMs) / OFF_MS) })}
        </p>
      )}
      <details className={css.help}>
        <summary>{t('pass.gate.help')}</summary>
        <p>{t('pass.gate.help.bright')}</p>
        <p>{t('pass.gate.digits')}</p>
        <Digits value={kept.digits} label={t('pass.gate.digits')} />
        <p>{t('pass.gate.help.say')}</p>
        <p>{t('pass.gate.help.urgent')}</p>
      </details>
    </Card>
  );
}

/** The screen stays lit while one stands there; where the browser can't, the phone goes on as it is set. */
function useScreenOn(): void {
  useEffect(() => {
    let lock: { release: () => Promise<void> } | null = null;
    let isGone = false;
    const ask = async (): Promise<void> => {
      const held = (await navigator.wakeLock?.request('screen')) ?? null;
      if (isGone) await held?.release();
      else lock = held;
    };
    ask().catch(() => undefined);
    return () => {
      isGone = true;
      lock?.release().catch(() => undefined);
    };
  }, []);
}

function Children({
  scopeId,
  householdId,
  passes,
}: {
  scopeId: string;
  householdId: string;
  passes: readonly Pass[];
}) {
  const { t, locale } = useWords();
  const [isAdding, setAdding] = useState(false);
  const children = passes.filter((one) => one.kind === 'minor' && one.householdId === householdId);
  const now = useNow();
  return (
    <Card label={t('pass.child.title')}>
      <p className={css.heading}>{t('pass.child.title')}</p>
      <p className={css.quiet}>{t('pass.child.text')}</p>
      {children.length > 0 && (
        <ul className={css.list}>
          {children.map((child) => (
            <li key={child.id} className={css.line}>
              <span className={css.name}>{child.name}</span>
              {child.validTo !== null && (
                <span className={css.quiet}>
                  {t('pass.gate.until', { when: formatWhen(locale, child.validTo, now) })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <Button
        isWide
        onPress={() => {
          setAdding(true);
        }}
      >
        {t('pass.child.add')}
      </Button>
      {isAdding && (
        <Suspense fallback={null}>
          <ChildSheet
            scopeId={scopeId}
            householdId={householdId}
            onClose={() => {
              setAdding(false);
            }}
          />
        </Suspense>
      )}
    </Card>
  );
}
