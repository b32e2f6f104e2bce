import { Checkbox, notify, Segmented, TextField } from '@gongzhi/ui';
import { formatYuan } from '@gongzhi/kernel';
import { localDate } from '@gongzhi/kernel/time.ts';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { useDraft } from '../../components/draft.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { fenOf } from '../payments/api.ts';
import { again, type MeterPage, meteringApi } from './api.ts';
import css from './metering.module.css';
import { useFieldSend } from './use-fields.ts';
import { useMeterWords } from './words.ts';

const keeps = ['us', 'meter'] as const;
const amounts = ['alarm1Fen', 'alarm2Fen', 'overdraftFen', 'closePermitFen', 'hoardingFen'] as const;

/** A price of up to four decimals of a yuan, in ten-thousandths; null for what is none. */
function priceOf(words: string): number | null {
  const found = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(words.trim());
  const price = found === null ? 0 : Number(found[1]) * 10_000 + Number((found[2] ?? '').padEnd(4, '0'));
  return price > 0 ? price : null;
}
const yuanOf = (fen: number): string => formatYuan(BigInt(fen));

/** Paid for ahead from now on: who counts, the price, and at which balance what happens. */
export function PrepaidDialog({
  meter,
  prepaid,
  onClose,
}: {
  meter: MeterPage['meter'];
  prepaid: MeterPage['prepaid'];
  onClose: () => void;
}) {
  const { t } = useText();
  const words = useMeterWords();
  const [draft, change, clear] = useDraft(`meter.prepaid.${meter.id}.${prepaid?.version ?? 0}`, {
    keeps: 'us' as (typeof keeps)[number],
    price: prepaid === null ? '' : String(prepaid.price / 10_000),
    priceFrom: '',
    alarm1Fen: prepaid === null ? '20' : yuanOf(prepaid.alarm1Fen),
    alarm2Fen: prepaid === null ? '5' : yuanOf(prepaid.alarm2Fen),
    overdraftFen: prepaid === null ? '10' : yuanOf(prepaid.overdraftFen),
    closePermitFen: prepaid === null ? '10' : yuanOf(prepaid.closePermitFen),
    hoardingFen: prepaid === null ? '500' : yuanOf(prepaid.hoardingFen),
    isCloseStrict: prepaid?.isCloseStrict ?? false,
  });
  const [today] = useState(() => localDate(Date.now()));
  const { isBusy, error, lacks, setLacks, send } = useFieldSend();
  const save = async (): Promise<void> => {
    const price = priceOf(draft.price);
    const fen = Object.fromEntries(amounts.map((name) => [name, fenOf(draft[name])])) as Record<
      (typeof amounts)[number],
      number | null
    >;
    const missing: Record<string, string> = {};
    if (draft.priceFrom !== '' && draft.priceFrom <= today)
      missing['priceFrom'] = t('metering.need.priceFrom');
    if (price === null) missing['price'] = t('metering.need.price');
    for (const name of amounts) if (fen[name] === null) missing[name] = t('fieldErrors.money');
    const { alarm1Fen, alarm2Fen, overdraftFen, closePermitFen, hoardingFen } = fen;
    // The server's own rules, said before it is asked.
    if (alarm1Fen !== null && alarm2Fen !== null && alarm1Fen < alarm2Fen)
      missing['alarm1Fen'] = t('metering.need.alarms');
    if (closePermitFen !== null && alarm2Fen !== null && closePermitFen < alarm2Fen)
      missing['closePermitFen'] = t('metering.need.permit');
    if (hoardingFen !== null && hoardingFen > 0 && alarm1Fen !== null && hoardingFen <= alarm1Fen)
      missing['hoardingFen'] = t('metering.need.hoarding');
    setLacks(missing);
    if (
      Object.keys(missing).length > 0 ||
      price === null ||
      alarm1Fen === null ||
      alarm2Fen === null ||
      overdraftFen === null ||
      closePermitFen === null ||
      hoardingFen === null
    )
      return;
    const { scopeId, id } = meter;
    const { isCloseStrict, priceFrom } = draft;
    const limits = { price, alarm1Fen, alarm2Fen, overdraftFen, closePermitFen, hoardingFen, isCloseStrict };
    const body =
      prepaid === null
        ? { ...limits, keeps: draft.keeps }
        : { ...limits, ...(priceFrom === '' ? {} : { priceFrom }), expectedVersion: prepaid.version };
    const done = await send(body, (key) =>
      'keeps' in body
        ? meteringApi.beginPrepaid(scopeId, id, body, key)
        : meteringApi.changePrepaid(scopeId, id, body, key),
    );
    if (done === undefined) return;
    clear();
    notify(t('metering.form.saved'));
    again();
    onClose();
  };
  return (
    <FormDialog
      title={t('metering.page.prepaid')}
      send={t('metering.form.save')}
      isWhole
      isBusy={isBusy}
      error={error}
      onSend={save}
      onClose={onClose}
    >
      {prepaid === null && (
        <Segmented
          label={t('metering.form.keeps')}
          value={draft.keeps}
          options={keeps.map((value) => ({ value, label: t(`metering.keeps.${value}`) }))}
          onChange={(value) => change({ keeps: value })}
        />
      )}
      <TextField
        label={t('metering.form.price', { unit: words.unit(meter.kind) })}
        inputMode="decimal"
        value={draft.price}
        error={lacks['price']}
        onChange={(price) => change({ price })}
      />
      {prepaid !== null && (
        <TextField
          label={t('metering.form.priceFrom')}
          type="date"
          value={draft.priceFrom}
          error={lacks['priceFrom']}
          onChange={(priceFrom) => change({ priceFrom })}
        />
      )}
      <div className={css.two}>
        {amounts.map((name) => (
          <TextField
            key={name}
            label={t(`metering.limit.${name}`)}
            description={t(`metering.limitHint.${name}`)}
            inputMode="decimal"
            value={draft[name]}
            error={lacks[name]}
            onChange={(value) => change({ [name]: value })}
          />
        ))}
      </div>
      <Checkbox isSelected={draft.isCloseStrict} onChange={(isCloseStrict) => change({ isCloseStrict })}>
        {t('metering.form.isCloseStrict')}
      </Checkbox>
      <p className={css.quiet}>{t('metering.form.law')}</p>
    </FormDialog>
  );
}
