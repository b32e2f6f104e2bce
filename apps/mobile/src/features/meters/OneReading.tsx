import { formatWhen } from '@gongzhi/i18n/when.ts';
import { answersTo, type DoubtAnswer, figureOf } from '@gongzhi/kernel/meters.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { useState } from 'react';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { PhotoPicker } from '../photos/PhotoPicker.tsx';
import { useTray } from '../photos/useTray.ts';
import { useMe } from '../session/me.ts';
import type { RoundLine } from './api.ts';
import { judgeAt } from './judge.ts';
import css from './meters.module.css';
import type { ReadingQueue, WaitingReading } from './queue.ts';

const present = (): number => Date.now();

/** One meter of the round: its figure, a picture, and what is doubtful said before one has walked on. */
export function OneReading({
  line,
  farTimes,
  queue,
  waiting,
  onDone,
  onSkip,
}: {
  line: RoundLine;
  farTimes: number;
  queue: ReadingQueue;
  /** What was read on it and is still on the phone. */
  waiting: readonly WaitingReading[];
  onDone: () => void;
  onSkip: () => void;
}) {
  const { t, locale } = useWords();
  const now = useNow();
  const me = useMe();
  const { meter } = line;
  const owner = `round:${meter.id}`;
  const draft = useDraft(`${me.account.id}:${owner}`, me.account.id, () => ({ value: '' }));
  const { tray, photos } = useTray(owner, me.account.id, meter.scopeId);
  const [doubts, setDoubts] = useState<readonly string[]>([]);
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const refused = waiting.find((reading) => reading.refused !== null);
  const place = [meter.householdLabel ?? line.building, meter.spot].filter(Boolean).join(' · ');
  const { value } = draft.value;
  const save = async (answer?: DoubtAnswer): Promise<void> => {
    const figure = figureOf(value);
    if (figure === null) return setError(t('mobile.meters.need'));
    const madeAt = present();
    const kept = waiting.at(-1);
    const before = kept === undefined ? null : { value: kept.value, at: kept.madeAt };
    const judged = judgeAt(line, figure, madeAt, before, farTimes);
    if (judged === 'too_many_digits') return setError(t('mobile.round.digits', { count: meter.digits }));
    setError(undefined);
    if (answer === undefined && judged.length > 0) return setDoubts(judged);
    setBusy(true);
    try {
      const outcome = await queue.submit(
        {
          actingId: me.acting.id,
          scopeId: meter.scopeId,
          meterId: meter.id,
          place,
          value: figure,
          answer: answer ?? null,
          madeAt,
        },
        (to) => tray.giveTo(to),
      );
      await draft.clear();
      setDoubts([]);
      if (outcome === 'refused') return;
      notify(t(outcome === 'sent' ? 'mobile.round.saved' : 'mobile.round.keptHere'), { tone: 'done' });
      onDone();
    } catch {
      // The phone has no room to keep it: nothing is said to be written down that is not.
      setError(t('mobile.round.noRoom'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card label={place}>
      <div className={css.round}>
        <div>
          <h2 className={css.place}>{place}</h2>
          <p className={css.quiet}>
            {t(`metering.kind.${meter.kind}`)} {meter.serial}
          </p>
          {meter.lastValue !== null && meter.lastAt !== null && (
            <p className={css.quiet}>
              {t('mobile.meters.last', {
                value: String(meter.lastValue),
                unit: t(`metering.unit.${meter.kind}`),
                when: formatWhen(locale, meter.lastAt, now),
              })}
            </p>
          )}
        </div>
        {refused !== undefined ? (
          <Refused reading={refused} queue={queue} unit={t(`metering.unit.${meter.kind}`)} onDone={onDone} />
        ) : (
          <form
            className={css.form}
            onSubmit={(event) => {
              event.preventDefault();
              void save();
            }}
          >
            <TextField
              className={css.figureField ?? ''}
              label={t('mobile.meters.value', { unit: t(`metering.unit.${meter.kind}`) })}
              inputMode="decimal"
              autoComplete="off"
              value={value}
              onChange={(next) => {
                draft.change({ value: next });
                setDoubts([]);
                setError(undefined);
              }}
              error={error}
            />
            {doubts.length > 0 ? (
              <div className={css.answers}>
                <Doubted doubts={doubts} />
                {answersTo(doubts).map((answer) => (
                  <Button key={answer} isWide isBusy={isBusy} onPress={() => void save(answer)}>
                    {t(`metering.answer.${answer}`)}
                  </Button>
                ))}
              </div>
            ) : (
              <div className={css.pair}>
                <Button type="submit" variant="primary" size="large" isWide isBusy={isBusy}>
                  {t('mobile.round.save')}
                </Button>
                <Button size="large" isWide isDisabled={isBusy} onPress={onSkip}>
                  {t('mobile.round.skip')}
                </Button>
              </div>
            )}
            {/* Below the buttons: they stay under the thumb, with or without a picture. */}
            <PhotoPicker tray={tray} photos={photos} label={t('mobile.meters.photo')} />
          </form>
        )}
      </div>
    </Card>
  );
}

function Doubted({ doubts }: { doubts: readonly string[] }) {
  const { t } = useWords();
  const why = doubts.map((doubt) => t(`metering.doubt.${doubt as 'lower'}`)).join(' · ');
  return (
    <div className={css.doubt} role="alert">
      <p>{t('mobile.meters.check', { why })}</p>
    </div>
  );
}

/** What the server would not take as it is: it says why, and somebody says what it is, or gives it up. */
function Refused({
  reading,
  queue,
  unit,
  onDone,
}: {
  reading: WaitingReading;
  queue: ReadingQueue;
  unit: string;
  onDone: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const [isBusy, setBusy] = useState(false);
  const { code, params } = reading.refused ?? { code: '', params: {} };
  const asked = params['doubts'];
  const doubts = Array.isArray(asked) ? asked.map(String) : [];
  const answer = async (said: DoubtAnswer): Promise<void> => {
    setBusy(true);
    const outcome = await queue.answer(reading, said);
    setBusy(false);
    if (outcome !== 'refused') onDone();
  };
  return (
    <div className={css.answers}>
      <p>
        <strong>
          {reading.value} {unit}
        </strong>
      </p>
      {doubts.length > 0 ? (
        <Doubted doubts={doubts} />
      ) : (
        <div className={css.doubt} role="alert">
          <p>{words.tKey(`errors.${code}`, params, 'errors.unknown')}</p>
        </div>
      )}
      {doubts.length > 0 &&
        answersTo(doubts).map((said) => (
          <Button key={said} isWide isBusy={isBusy} onPress={() => void answer(said)}>
            {t(`metering.answer.${said}`)}
          </Button>
        ))}
      <Button isWide isDisabled={isBusy} onPress={() => void queue.discard(reading)}>
        {t('mobile.round.anew')}
      </Button>
    </div>
  );
}
