import { formatWhen } from '@gongzhi/i18n/mobile-app.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { isPassing, newKey } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Footprints, TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { api } from '../api.ts';
import type { PatrolCheck, PatrolRound } from '../api-types.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { url } from '../app/routes.ts';
import { useDraft } from '../app/useDraft.ts';
import { useWords } from '../app/words.ts';
import css from '../features/patrol/patrol.module.css';
import type { KeptCheck } from '../features/patrol/kept.ts';
import { asked, checkOfLabel, ownRounds } from '../features/patrol/queries.ts';
import { useKept } from '../features/patrol/useKept.ts';
import { ScanButton } from '../features/report/ScanButton.tsx';
import { useMe } from '../features/session/me.ts';
import { SaySheet } from '../features/work-orders/SaySheet.tsx';

type Said =
  | { readonly result: 'well' }
  | { readonly result: 'finding'; readonly note: string; readonly photoIds: string[] };
type Act = (round: PatrolRound, check: PatrolCheck, said: Said) => Promise<boolean>;

/** The rounds that are open: each checkpoint is well, or something was seen and becomes an order. */
export default function PatrolsPage() {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const client = useQueryClient();
  const list = useQuery(ownRounds);
  // What was scanned before the network went, or the phone was put away, still counts.
  const scanned = useDraft(`${me.account.id}:patrol`, me.account.id, () => ({
    labels: {} as Readonly<Record<string, string>>,
  }));
  const keys = useRef(new Map<string, string>());
  const { kept, checks: waiting } = useKept(me.account.id);
  const rounds = list.data?.items ?? [];
  const refused = waiting.filter((one) => one.refused !== null);
  const nameOf = (round: PatrolRound, check: PatrolCheck): string => `${round.id} ${check.checkpointId}`;
  const act: Act = async (round, check, said) => {
    const name = nameOf(round, check);
    const label = scanned.value.labels[name];
    const body = {
      checkpointId: check.checkpointId,
      ...said,
      ...(label === undefined ? {} : { scannedFacilityId: label }),
    };
    // The same words are the same intent, however often a bad network makes one press.
    const intent = `${name} ${JSON.stringify(body)}`;
    const key = keys.current.get(intent) ?? newKey();
    keys.current.set(intent, key);
    try {
      const after = await api.doCheck(round, body, key);
      const { [name]: _done, ...labels } = scanned.value.labels;
      scanned.change({ labels });
      const isOver = after.state === 'done' || after.state === 'done_late';
      notify(
        t(
          said.result === 'finding'
            ? 'mobile.patrol.reported'
            : isOver
              ? 'mobile.patrol.all'
              : 'mobile.patrol.done',
        ),
      );
      return true;
    } catch (error) {
      // In a cellar there is no line; what was seen there is not walked to a second time.
      if (isPassing(error) && said.result === 'well') {
        const { id, scopeId } = round;
        const actingId = me.acting.id;
        const place = check.label;
        await kept.keep({ id: key, actingId, round: { id, scopeId }, place, body, madeAt: Date.now() });
        notify(t('mobile.patrol.keptHere'), { tone: 'due' });
        return true;
      }
      notify(problemSentence(words, error), { tone: 'late', isLasting: true });
      return false;
    } finally {
      void client.invalidateQueries({ queryKey: ownRounds.queryKey });
    }
  };
  return (
    <>
      <PageHead title={t('mobile.patrol.title')} back={url.work()} />
      {list.data === undefined &&
        (list.error === null ? (
          <Skeleton lines={8} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, list.error)}
            {...traceOf(list.error)}
            onRetry={() => {
              void list.refetch();
            }}
          />
        ))}
      {list.data !== undefined && rounds.length === 0 && (
        <EmptyState icon={Footprints} title={t('mobile.patrol.none')} text={t('mobile.patrol.noneWords')} />
      )}
      {rounds.some((round) => round.checks.some(({ facilityId }) => facilityId !== null)) && (
        <ScanButton
          onFound={(code) => {
            const found = checkOfLabel(rounds, code);
            if (found === null) {
              notify(t('mobile.patrol.wrong'), { tone: 'late' });
              return;
            }
            const { round, check } = found;
            scanned.change({
              labels: { ...scanned.value.labels, [nameOf(round, check)]: code.facilityId },
            });
            notify(t('mobile.patrol.scanned', { name: check.label }));
          }}
        />
      )}
      {refused.length > 0 && (
        <Card label={t('mobile.patrol.refused')}>
          <h2 className={css.heading}>{t('mobile.patrol.refused')}</h2>
          <ul className={css.checks}>
            {refused.map((one) => (
              <li key={one.id} className={css.check}>
                <strong>{one.place}</strong>
                <span>
                  {words.tKey(
                    `errors.${one.refused?.code ?? ''}`,
                    one.refused?.params ?? {},
                    'errors.internal',
                  )}
                </span>
                <Button
                  onPress={() => void kept.discard(one)}
                  aria-label={`${t('mobile.patrol.leave')} ${one.place}`}
                >
                  {t('mobile.patrol.leave')}
                </Button>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {rounds.map((round) => (
        <OneRound
          key={round.id}
          round={round}
          isScanned={(check) => scanned.value.labels[nameOf(round, check)] !== undefined}
          keptOf={(check) =>
            waiting.find((one) => one.round.id === round.id && one.body.checkpointId === check.checkpointId)
          }
          act={act}
        />
      ))}
    </>
  );
}

function OneRound({
  round,
  isScanned,
  keptOf,
  act,
}: {
  round: PatrolRound;
  isScanned: (check: PatrolCheck) => boolean;
  keptOf: (check: PatrolCheck) => KeptCheck | undefined;
  act: Act;
}) {
  const { t, locale } = useWords();
  const now = useNow();
  const [found, setFound] = useState<PatrolCheck | null>(null);
  const toSee = asked(round);
  const spared = round.checks.length - toSee.length;
  const isLate = round.state === 'late';
  return (
    <Card labelledBy={`round-${round.id}`}>
      <div className={css.round}>
        <h2 id={`round-${round.id}`} className={css.heading}>
          {round.routeLabel}
        </h2>
        <p>
          {round.scopeName}
          {' · '}
          {t('mobile.patrol.progress', {
            done: toSee.filter(({ state }) => state === 'done').length,
            all: toSee.length,
          })}
        </p>
        {isLate ? (
          <StatusChip
            tone="late"
            word={t('mobile.patrol.closes', { time: formatWhen(locale, round.closesAt, now) })}
          />
        ) : (
          <p className={css.quiet}>
            {t('mobile.patrol.due', { time: formatWhen(locale, round.dueAt, now) })}
          </p>
        )}
        <ul className={css.checks}>
          {toSee.map((check) => (
            <OneCheck
              key={check.checkpointId}
              round={round}
              check={check}
              isScanned={isScanned(check)}
              kept={keptOf(check)}
              act={act}
              onTrouble={() => {
                setFound(check);
              }}
            />
          ))}
        </ul>
        {spared > 0 && <p className={css.quiet}>{t('mobile.patrol.spared', { count: spared })}</p>}
      </div>
      {found !== null && (
        <SaySheet
          order={{ id: `${round.id}:${found.checkpointId}`, scopeId: round.scopeId }}
          act="finding"
          title={found.label}
          label={t('mobile.patrol.note')}
          photos={{ label: t('mobile.patrol.photos'), isRequired: false }}
          submit={t('mobile.patrol.send')}
          onSubmit={async (note, tray) =>
            act(round, found, { result: 'finding', note, photoIds: await tray.settle() })
          }
          onClose={() => {
            setFound(null);
          }}
        />
      )}
    </Card>
  );
}

function OneCheck({
  round,
  check,
  isScanned,
  kept,
  act,
  onTrouble,
}: {
  round: PatrolRound;
  check: PatrolCheck;
  isScanned: boolean;
  kept: KeptCheck | undefined;
  act: Act;
  onTrouble: () => void;
}) {
  const { t } = useWords();
  const [isBusy, setBusy] = useState(false);
  const place = [check.placeLabel, check.spot].filter(Boolean).join(' ');
  const well = async (): Promise<void> => {
    setBusy(true);
    await act(round, check, { result: 'well' });
    setBusy(false);
  };
  return (
    <li className={css.check}>
      <strong>{check.label}</strong>
      {place !== '' && <span className={css.quiet}>{place}</span>}
      {check.state === 'done' ? (
        <>
          <StatusChip
            tone={check.result === 'finding' ? 'due' : 'done'}
            word={t('mobile.patrol.doneBy', { name: check.doneByName ?? '' })}
          />
          {check.note !== null && <span>{check.note}</span>}
          {check.order !== null && (
            <span className={css.quiet}>{t('mobile.patrol.order', { number: check.order.number })}</span>
          )}
        </>
      ) : kept !== undefined && kept.refused === null ? (
        <StatusChip tone="due" word={t('mobile.patrol.kept')} />
      ) : (
        <>
          {isScanned && <StatusChip tone="done" word={t('mobile.patrol.scanned', { name: check.label })} />}
          <div className={css.pair}>
            <Button
              variant="primary"
              size="large"
              icon={Check}
              isBusy={isBusy}
              aria-label={`${t('mobile.patrol.well')} ${check.label}`}
              onPress={() => void well()}
            >
              {t('mobile.patrol.well')}
            </Button>
            <Button
              size="large"
              icon={TriangleAlert}
              isDisabled={isBusy}
              aria-label={`${t('mobile.patrol.trouble')} ${check.label}`}
              onPress={onTrouble}
            >
              {t('mobile.patrol.trouble')}
            </Button>
          </div>
        </>
      )}
    </li>
  );
}
