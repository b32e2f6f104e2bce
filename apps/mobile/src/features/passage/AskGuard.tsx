import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Segmented } from '@gongzhi/ui/Choice.tsx';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Select } from '@gongzhi/ui/Select.tsx';
import { ToneIcon } from '@gongzhi/ui/Status.tsx';
import type { Tone } from '@gongzhi/ui/tone.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { problemSentence } from '../../app/problems.ts';
import { useWords } from '../../app/words.ts';
import { openingsQuery, type OwnOpening, PASSAGE, passageApi, type Seen } from './api.ts';
import css from './passage.module.css';

type Gate = Seen['gates'][number];

const toneOf: Readonly<Record<OwnOpening['state'], Tone>> = {
  waiting: 'due',
  opening: 'due',
  passed: 'done',
  stopped: 'late',
  declined: 'late',
  withdrawn: 'waiting',
  unanswered: 'late',
};

/** What came of it is shown for so long: whoever comes back tomorrow begins anew. */
const SHOWN_MS = 120_000;

/** For who stands at the gate and has no code that works: the guard is asked, and decides. */
export function AskGuard({ own, passId, scopeId }: { own: Seen; passId: string; scopeId: string }) {
  const words = useWords();
  const { t } = words;
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const asked = useQuery(openingsQuery(scopeId));
  const last = asked.data?.items[0];
  const refresh = () => client.invalidateQueries({ queryKey: [PASSAGE, 'openings', scopeId] });
  const failed = (error: unknown): void => {
    notify(problemSentence(words, error), { tone: 'late', isLasting: true });
  };
  const withdraw = useMutation({
    mutationFn: (opening: OwnOpening) => passageApi.withdrawOpening(opening, newKey()),
    onSettled: refresh,
    onError: failed,
  });
  if (own.gates.length === 0) return null;
  const isRecent =
    last !== undefined && Date.parse(asked.data!.now) - Date.parse(last.askedAt) < SHOWN_MS + 90_000;
  const isWaiting = last?.state === 'waiting' || last?.state === 'opening';
  return (
    <Card label={t('pass.ask.begin')}>
      {last !== undefined && isRecent ? (
        <div role="status" className={css.asked}>
          <p className={css.said}>
            <ToneIcon tone={toneOf[last.state]} /> {sayOf(words, last)}
          </p>
          {last.state === 'declined' && last.declineReason !== null && (
            <p>{t(`opening.reason.${last.declineReason}`)}</p>
          )}
          {last.sentence !== null && (
            <p>{words.locale === 'en' ? last.sentence.en : last.sentence['zh-CN']}</p>
          )}
          {last.state === 'waiting' && <Left opening={last} serverNow={asked.data!.now} />}
        </div>
      ) : (
        <>
          <p className={css.heading}>{t('pass.ask.title')}</p>
          <p className={css.quiet}>{t('pass.ask.text')}</p>
        </>
      )}
      {isWaiting ? (
        last.state === 'waiting' && (
          <Button
            isWide
            size="large"
            isBusy={withdraw.isPending}
            onPress={() => {
              withdraw.mutate(last);
            }}
          >
            {t('pass.ask.withdraw')}
          </Button>
        )
      ) : (
        <Button
          isWide
          size="large"
          onPress={() => {
            setAsking(true);
          }}
        >
          {t(isRecent && last?.state !== 'passed' ? 'pass.ask.again' : 'pass.ask.begin')}
        </Button>
      )}
      {isAsking && (
        <AskSheet
          gates={own.gates}
          passId={passId}
          scopeId={scopeId}
          onClose={() => {
            setAsking(false);
            void refresh();
          }}
        />
      )}
    </Card>
  );
}

function sayOf({ t }: ReturnType<typeof useWords>, { state, gateName }: OwnOpening): string {
  return state === 'waiting' ? t('pass.ask.waiting', { gate: gateName }) : t(`pass.ask.${state}`);
}

/** By the server's clock, counted on by this phone's. */
function Left({ opening, serverNow }: { opening: OwnOpening; serverNow: string }) {
  const { t } = useWords();
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const began = performance.now();
    setPassed(0);
    const timer = setInterval(() => {
      setPassed(performance.now() - began);
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, [serverNow]);
  const left = Date.parse(opening.expiresAt) - Date.parse(serverNow) - passed;
  return <p className={css.quiet}>{t('pass.ask.left', { count: Math.max(0, Math.ceil(left / 1_000)) })}</p>;
}

function AskSheet({
  gates,
  passId,
  scopeId,
  onClose,
}: {
  gates: readonly Gate[];
  passId: string;
  scopeId: string;
  onClose: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const [gateId, setGate] = useState(gates[0]!.id);
  const [way, setWay] = useState<'in' | 'out'>('in');
  // A question that was not answered is the same question when it is sent again.
  const [key, setKey] = useState(newKey);
  const gate = gates.find(({ id }) => id === gateId) ?? gates[0]!;
  const direction = gate.direction === 'both' ? way : gate.direction;
  const ask = useMutation({
    mutationFn: () => passageApi.askOpening({ scopeId, gateId, passId, direction }, key),
    onSuccess: onClose,
  });
  const change = (act: () => void): void => {
    act();
    setKey(newKey());
    ask.reset();
  };
  return (
    <Sheet
      title={t('pass.ask.begin')}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button
          variant="primary"
          size="large"
          isWide
          isBusy={ask.isPending}
          onPress={() => {
            ask.mutate();
          }}
        >
          {t('pass.ask.send')}
        </Button>
      }
    >
      <p className={css.quiet}>{t('pass.ask.text')}</p>
      <Select
        label={t('pass.ask.gate')}
        value={gateId}
        options={gates.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(next) => {
          change(() => {
            setGate(next);
          });
        }}
      />
      {gate.direction === 'both' && (
        <Segmented
          label={t('pass.ask.way')}
          options={[
            { value: 'in', label: t('pass.ask.in') },
            { value: 'out', label: t('pass.ask.out') },
          ]}
          value={way}
          onChange={(next) => {
            change(() => {
              setWay(next);
            });
          }}
        />
      )}
      {ask.error !== null && (
        <p role="alert" className={css.error}>
          {problemSentence(words, ask.error)}
        </p>
      )}
    </Sheet>
  );
}
