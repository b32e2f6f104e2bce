import { notify, TextField } from '@gongzhi/ui';
import { type DoubtAnswer, figureOf } from '@gongzhi/kernel/meters.ts';
import { useText } from '../../app/text.ts';
import { useDraft } from '../../components/draft.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { again, type MeterPage, meteringApi } from './api.ts';
import { FinalFigure, useDoubts } from './final-figure.tsx';
import { DigitsField } from './hang-meter.tsx';
import { LineFields, lineLacks, lineOf } from './line-fields.tsx';
import css from './metering.module.css';
import { useFieldSend } from './use-fields.ts';
import { useMeterWords } from './words.ts';

type Meter = MeterPage['meter'];

/** Where it hangs and how it is spoken to; what it showed is never changed. */
export function ChangeMeter({ meter, onClose }: { meter: Meter; onClose: () => void }) {
  const { t } = useText();
  const [draft, change, clear] = useDraft(`meter.change.${meter.id}.${meter.version}`, {
    spot: meter.spot,
    gatewayId: meter.gatewayId ?? '',
    address: meter.address ?? '',
  });
  const { isBusy, error, lacks, setLacks, send } = useFieldSend({
    'metering.address_taken': 'address',
    'metering.prepaid_line': 'gatewayId',
    'metering.prepaid_address': 'address',
  });
  const save = async (): Promise<void> => {
    const missing = lineLacks(draft, t('metering.need.address'));
    setLacks(missing);
    if (Object.keys(missing).length > 0) return;
    const body = { spot: draft.spot.trim(), line: lineOf(draft), expectedVersion: meter.version };
    const done = await send(body, (key) => meteringApi.change(meter.scopeId, meter.id, body, key));
    if (done === undefined) return;
    clear();
    notify(t('metering.form.saved'));
    again();
    onClose();
  };
  return (
    <FormDialog
      title={t('metering.act.change')}
      send={t('metering.form.save')}
      isWhole
      isBusy={isBusy}
      error={error}
      onSend={save}
      onClose={onClose}
    >
      <TextField
        label={t('metering.form.spot')}
        value={draft.spot}
        maxLength={80}
        error={lacks['spot']}
        onChange={(spot) => change({ spot })}
      />
      <LineFields scopeId={meter.scopeId} value={draft} onChange={change} lacks={lacks} />
    </FormDialog>
  );
}

/** The old one's last figure and the new one's first, in one act: nothing that was used falls between them. */
export function ReplaceMeter({
  meter,
  prepaid,
  onDone,
  onClose,
}: {
  meter: Meter;
  prepaid: MeterPage['prepaid'];
  onDone: (scopeId: string, meterId: string) => void;
  onClose: () => void;
}) {
  const { t } = useText();
  const words = useMeterWords();
  const [draft, change, clear] = useDraft(`meter.replace.${meter.id}`, {
    finalValue: '',
    serial: '',
    digits: String(meter.digits),
    firstValue: '',
    gatewayId: '',
    address: '',
  });
  const doubts = useDoubts();
  const { isBusy, error, lacks, setLacks, send } = useFieldSend({
    'metering.serial_taken': 'serial',
    'metering.address_taken': 'address',
    'metering.prepaid_line': 'gatewayId',
  });
  const unit = words.unit(meter.kind);
  const replace = async (answer?: DoubtAnswer): Promise<void> => {
    const [finalValue, firstValue] = [figureOf(draft.finalValue), figureOf(draft.firstValue)];
    const missing: Record<string, string> = { ...lineLacks(draft, t('metering.need.address')) };
    if (prepaid !== null && draft.gatewayId === '') missing['gatewayId'] = t('errors.metering.prepaid_line');
    if (finalValue === null) missing['finalValue'] = t('metering.need.value');
    if (firstValue === null) missing['firstValue'] = t('metering.need.value');
    if (!/^[0-9A-Za-z-]{3,40}$/.test(draft.serial.trim())) missing['serial'] = t('metering.need.serial');
    setLacks(missing);
    if (finalValue === null || firstValue === null || Object.keys(missing).length > 0) return;
    const body = {
      finalValue,
      ...(answer === undefined ? {} : { answer }),
      serial: draft.serial.trim(),
      digits: Number(draft.digits),
      firstValue,
      line: lineOf(draft),
      expectedVersion: meter.version,
    };
    const hung = await send(body, (key) =>
      meteringApi.replace(meter.scopeId, meter.id, body, key).catch(doubts.keep),
    );
    if (hung === undefined) return;
    clear();
    notify(t('metering.form.hung', { name: words.name(hung) }));
    again();
    onDone(hung.scopeId, hung.id);
  };
  return (
    <FormDialog
      title={t('metering.page.replaced')}
      send={t('metering.page.replaced')}
      isWhole
      isBusy={isBusy}
      error={error}
      onSend={replace}
      onClose={onClose}
    >
      <p className={css.quiet}>{t('metering.form.replaceHint', { name: words.name(meter) })}</p>
      {prepaid !== null && (
        <p className={css.quiet}>
          {t(`metering.replace.${prepaid.keeps}`, { amount: words.yuan(prepaid.balanceFen) })}
        </p>
      )}
      <FinalFigure
        label={t('metering.form.final', { unit })}
        meter={meter}
        value={draft.finalValue}
        error={lacks['finalValue']}
        doubts={doubts.said}
        isBusy={isBusy}
        onAnswer={(answer) => void replace(answer)}
        onChange={(finalValue) => {
          change({ finalValue });
          doubts.forget();
        }}
      />
      <div className={css.three}>
        <TextField
          label={t('metering.form.newSerial')}
          value={draft.serial}
          maxLength={40}
          error={lacks['serial']}
          onChange={(serial) => change({ serial })}
        />
        <TextField
          label={t('metering.form.first', { unit })}
          inputMode="decimal"
          value={draft.firstValue}
          error={lacks['firstValue']}
          onChange={(firstValue) => change({ firstValue })}
        />
        <DigitsField value={draft.digits} onChange={(digits) => change({ digits })} />
      </div>
      <LineFields scopeId={meter.scopeId} value={draft} onChange={change} lacks={lacks} />
    </FormDialog>
  );
}
