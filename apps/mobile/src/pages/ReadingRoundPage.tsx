import { Progress, Skeleton } from '@gongzhi/ui/Progress.tsx';
import { Select } from '@gongzhi/ui/Select.tsx';
import { EmptyState, ErrorState, OfflineBanner } from '@gongzhi/ui/States.tsx';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, Gauge } from 'lucide-react';
import { useState } from 'react';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { url } from '../app/routes.ts';
import { useDraft } from '../app/useDraft.ts';
import { useOnline } from '../app/useOnline.ts';
import { useWords } from '../app/words.ts';
import { buildingsOf, roundOf, type RoundAnswer } from '../features/meters/api.ts';
import css from '../features/meters/meters.module.css';
import { OneReading } from '../features/meters/OneReading.tsx';
import { RoundLines, stateOf } from '../features/meters/RoundLines.tsx';
import { useQueue } from '../features/meters/useQueue.ts';
import { useMe } from '../features/session/me.ts';

const kinds = ['power', 'water', 'gas', 'heat'] as const;

/** From home to home: the next meter, its figure, the next. All of it works without a network. */
export default function ReadingRoundPage() {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const compounds = me.acting.scopes.filter(({ kind }) => kind === 'compound');
  // Where one was is where one goes on, after the phone was put away.
  const where = useDraft(`${me.account.id}:round`, me.account.id, () => ({
    scopeId: '',
    buildingId: '',
    kind: '',
  }));
  const { kind } = where.value;
  const scopeId = compounds.find(({ id }) => id === where.value.scopeId)?.id ?? compounds[0]?.id;
  const buildings = useQuery(buildingsOf(scopeId));
  const buildingId =
    buildings.data?.items.find(({ id }) => id === where.value.buildingId)?.id ??
    (buildings.data === undefined ? where.value.buildingId : '');
  const round = useQuery({
    ...roundOf(scopeId, buildingId, kind),
    enabled: scopeId !== undefined && where.isReady,
  });
  return (
    <>
      <PageHead title={t('mobile.round.title')} back={url.work()} />
      <div className={css.round}>
        <div className={css.where}>
          {compounds.length > 1 && (
            <Select
              label={t('mobile.round.compound')}
              value={scopeId ?? ''}
              options={compounds.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(next) => where.change({ scopeId: next, buildingId: '' })}
            />
          )}
          <Select
            label={t('mobile.round.where')}
            value={buildingId}
            options={[
              { value: '', label: t('mobile.round.everywhere') },
              ...(buildings.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(next) => where.change({ buildingId: next })}
          />
          <Select
            label={t('mobile.round.kind')}
            value={kind}
            options={[
              { value: '', label: t('mobile.round.allKinds') },
              ...kinds.map((value) => ({ value, label: t(`metering.kind.${value}`) })),
            ]}
            onChange={(next) => where.change({ kind: next })}
          />
        </div>
        {round.data === undefined &&
          (round.error === null ? (
            <Skeleton lines={8} isCard label={t('mobile.page.loading')} />
          ) : (
            <ErrorState
              text={problemSentence(words, round.error)}
              {...traceOf(round.error)}
              onRetry={() => {
                void round.refetch();
              }}
            />
          ))}
        {round.data !== undefined && <Walk key={`${scopeId} ${buildingId} ${kind}`} round={round.data} />}
      </div>
    </>
  );
}

function Walk({ round }: { round: RoundAnswer }) {
  const { t } = useWords();
  const me = useMe();
  const isOnline = useOnline();
  const { queue, readings } = useQueue(me.account.id);
  const { items } = round;
  // Chosen from the list, or passed over; otherwise it is the next that is still to be read.
  const [chosen, setChosen] = useState<string | null>(null);
  const [passed, setPassed] = useState<ReadonlySet<string>>(new Set());
  const states = new Map(items.map((line) => [line.meter.id, stateOf(line, readings)]));
  const isOpen = (id: string): boolean => states.get(id) === 'todo' && !passed.has(id);
  const current =
    items.find(({ meter }) => meter.id === chosen) ?? items.find(({ meter }) => isOpen(meter.id));
  const done = [...states.values()].filter((state) => state === 'done' || state === 'kept').length;
  const waiting = readings.filter(({ refused }) => refused === null).length;
  const goOn = (): void => {
    setChosen(null);
  };
  if (items.length === 0) return <EmptyState icon={Gauge} title={t('mobile.round.empty')} />;
  return (
    <>
      {!isOnline && <OfflineBanner waiting={waiting} />}
      {isOnline && waiting > 0 && (
        <p className={css.quiet} role="status">
          {t('mobile.round.waiting', { count: waiting })}
        </p>
      )}
      {!round.isWhole && <p className={css.error}>{t('mobile.round.more')}</p>}
      <Progress
        value={done / items.length}
        label={t('mobile.round.progress', { done, count: items.length })}
      />
      {current === undefined ? (
        <EmptyState
          icon={CircleCheck}
          title={t(done === items.length ? 'mobile.round.all' : 'mobile.round.left')}
          {...(done === items.length ? {} : { text: t('mobile.round.leftHint') })}
        />
      ) : (
        <OneReading
          key={current.meter.id}
          line={current}
          farTimes={round.farTimes}
          queue={queue}
          waiting={readings.filter(({ meterId }) => meterId === current.meter.id)}
          onDone={goOn}
          onSkip={() => {
            setPassed(new Set([...passed, current.meter.id]));
            goOn();
          }}
        />
      )}
      <RoundLines
        items={items}
        readings={readings}
        currentId={current?.meter.id ?? null}
        onChoose={(id) => {
          setChosen(id);
          window.scrollTo({ top: 0 });
        }}
      />
    </>
  );
}
