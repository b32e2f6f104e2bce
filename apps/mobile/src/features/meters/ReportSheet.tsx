import { answersTo, type DoubtAnswer, figureOf } from '@gongzhi/kernel/meters.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { ApiProblem } from '@gongzhi/ui/client/problem.ts';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { problemSentence } from '../../app/problems.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { PhotoPicker } from '../photos/PhotoPicker.tsx';
import { useTray } from '../photos/useTray.ts';
import { useMe } from '../session/me.ts';
import { METERS, metersApi, type OwnMeter } from './api.ts';
import css from './meters.module.css';

/** What the dial shows, and a picture of it. What is far from usual is asked once more before it is sent. */
export function ReportSheet({ meter, onClose }: { meter: OwnMeter['meter']; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const client = useQueryClient();
  const owner = `meter:${meter.id}`;
  const draft = useDraft(`${me.account.id}:${owner}`, me.account.id, () => ({ value: '' }));
  const { tray, photos } = useTray(owner, me.account.id, meter.scopeId);
  const [doubts, setDoubts] = useState<readonly string[]>([]);
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const keys = useRef(new Map<string, string>());
  const { value } = draft.value;
  const send = async (answer?: DoubtAnswer): Promise<void> => {
    const figure = figureOf(value);
    if (figure === null) {
      setError(t('mobile.meters.need'));
      return;
    }
    setBusy(true);
    setError(undefined);
    // Pictures are on their way since they were taken; what has not arrived by now is waited for.
    const fileIds = await tray.settle().catch(() => []);
    const body = {
      value: figure,
      ...(answer === undefined ? {} : { answer }),
      ...(fileIds.length === 0 ? {} : { fileIds }),
    };
    // The same words are the same intent, however often a bad network makes one press.
    const intent = JSON.stringify(body);
    const key = keys.current.get(intent) ?? newKey();
    keys.current.set(intent, key);
    try {
      await metersApi.record(meter.scopeId, meter.id, body, key);
      await Promise.all([draft.clear(), tray.clear()]);
      notify(t('mobile.meters.sent'), { tone: 'done' });
      await client.invalidateQueries({ queryKey: METERS });
      onClose();
    } catch (problem) {
      const asked = problem instanceof ApiProblem ? (problem.params['doubts'] as unknown) : undefined;
      if (Array.isArray(asked)) setDoubts(asked.map(String));
      else setError(problemSentence(words, problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet title={t('mobile.meters.report')} isOpen onOpenChange={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <TextField
          label={t('mobile.meters.value', { unit: t(`metering.unit.${meter.kind}`) })}
          inputMode="decimal"
          value={value}
          onChange={(next) => {
            draft.change({ value: next });
            setDoubts([]);
          }}
          {...(meter.lastValue === null
            ? {}
            : { description: t('mobile.meters.lastWas', { value: String(meter.lastValue) }) })}
          error={error}
        />
        <PhotoPicker tray={tray} photos={photos} label={t('mobile.meters.photo')} />
        {doubts.length > 0 ? (
          <div className={css.answers} role="alert">
            <p className={css.error}>
              {t('mobile.meters.check', {
                why: doubts.map((doubt) => t(`metering.doubt.${doubt as 'lower'}`)).join(' · '),
              })}
            </p>
            {answersTo(doubts).map((answer) => (
              <Button key={answer} isWide isBusy={isBusy} onPress={() => void send(answer)}>
                {t(`metering.answer.${answer}`)}
              </Button>
            ))}
          </div>
        ) : (
          <Button type="submit" variant="primary" size="large" isWide isBusy={isBusy}>
            {t('mobile.meters.send')}
          </Button>
        )}
      </form>
    </Sheet>
  );
}
