import { type DoubtAnswer, figureOf } from '@gongzhi/kernel/meters.ts';
import { notify } from '@gongzhi/ui';
import { useText } from '../../app/text.ts';
import { useDraft } from '../../components/draft.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { again, type MeterPage, meteringApi } from './api.ts';
import { FinalFigure, useDoubts } from './final-figure.tsx';
import css from './metering.module.css';
import { useFieldSend } from './use-fields.ts';
import { useMeterWords } from './words.ts';

/** Settled to its last figure: what is left is the household's, what is missing is billed. */
export function EndPrepaid({
  page,
  prepaid,
  onClose,
}: {
  page: MeterPage;
  prepaid: NonNullable<MeterPage['prepaid']>;
  onClose: () => void;
}) {
  const { t } = useText();
  const words = useMeterWords();
  const { meter } = page;
  const [draft, change, clear] = useDraft(`meter.end.${meter.id}.${prepaid.version}`, { finalValue: '' });
  const doubts = useDoubts();
  const { isBusy, error, lacks, setLacks, send } = useFieldSend();
  const isOnItsWay = page.topUps.some(({ state }) => state === 'waiting' || state === 'sent');
  const end = async (answer?: DoubtAnswer): Promise<void> => {
    const finalValue = figureOf(draft.finalValue);
    if (finalValue === null) return setLacks({ finalValue: t('metering.need.value') });
    const body = {
      finalValue,
      ...(answer === undefined ? {} : { answer }),
      expectedVersion: prepaid.version,
    };
    const ended = await send(body, (key) =>
      meteringApi.endPrepaid(meter.scopeId, meter.id, body, key).catch(doubts.keep),
    );
    if (ended === undefined) return;
    clear();
    const { leftFen, owedFen } = ended;
    if (leftFen > 0) notify(t('metering.end.left.done', { amount: words.yuan(leftFen) }));
    else if (owedFen > 0) notify(t('metering.end.owed.done', { amount: words.yuan(owedFen) }));
    else notify(t('metering.end.even.done'));
    again();
    onClose();
  };
  return (
    <FormDialog
      title={t('metering.act.end')}
      send={t('metering.act.end')}
      isWhole
      isBusy={isBusy}
      error={error}
      onSend={() => end()}
      onClose={onClose}
    >
      <p>{t('metering.end.hint')}</p>
      <p className={css.quiet}>{t('metering.end.left', { amount: words.yuan(prepaid.balanceFen) })}</p>
      {prepaid.keeps === 'meter' && <p className={css.warning}>{t('metering.end.own')}</p>}
      {isOnItsWay && <p className={css.quiet}>{t('metering.end.onItsWay')}</p>}
      <FinalFigure
        label={t('metering.end.figure', { unit: words.unit(meter.kind) })}
        meter={meter}
        value={draft.finalValue}
        error={lacks['finalValue']}
        doubts={doubts.said}
        isBusy={isBusy}
        onAnswer={(answer) => void end(answer)}
        onChange={(finalValue) => {
          change({ finalValue });
          doubts.forget();
        }}
      />
    </FormDialog>
  );
}
