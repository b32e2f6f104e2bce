import { RadioGroup, Segmented, TextField } from '@gongzhi/ui';
import { useText } from '../../app/text.ts';
import type { Draft } from './action-draft.ts';

const YES_NO = ['yes', 'no'] as const;
const INVALID = ['unreachable', 'wrong_number', 'declined', 'not_the_caller'] as const;
const SATISFACTIONS = ['satisfied', 'basically_satisfied', 'unsatisfied'] as const;

/** The three questions of a call back; who was not reached was asked none of them. */
export function CallbackFields({
  draft,
  change,
  isTried,
}: {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  isTried: boolean;
}) {
  const { t } = useText();
  const need = (value: string): string | undefined =>
    isTried && value === '' ? t('hotline.need') : undefined;
  const yesNo = YES_NO.map((value) => ({ value, label: t(`common.${value}`) }));
  return (
    <>
      <RadioGroup
        label={t('hotline.field.valid')}
        options={YES_NO.map((value) => ({ value, label: t(`hotline.field.valid.${value}`) }))}
        value={YES_NO.find((value) => value === draft.valid) ?? null}
        onChange={(valid) => change({ valid })}
        error={need(draft.valid)}
      />
      {draft.valid === 'no' && (
        <RadioGroup
          label={t('hotline.field.invalid')}
          options={INVALID.map((value) => ({ value, label: t(`hotline.invalid.${value}`) }))}
          value={INVALID.find((value) => value === draft.invalid) ?? null}
          onChange={(invalid) => change({ invalid })}
          error={need(draft.invalid)}
        />
      )}
      {draft.valid === 'yes' && (
        <>
          <Segmented
            label={t('hotline.field.contacted')}
            options={yesNo}
            value={YES_NO.find((value) => value === draft.contacted) ?? null}
            onChange={(contacted) => change({ contacted })}
            error={need(draft.contacted)}
          />
          <Segmented
            label={t('hotline.field.solved')}
            options={yesNo}
            value={YES_NO.find((value) => value === draft.solved) ?? null}
            onChange={(solved) => change({ solved })}
            error={need(draft.solved)}
          />
          <Segmented
            label={t('console.optional', { label: t('hotline.field.satisfaction') })}
            options={SATISFACTIONS.map((value) => ({ value, label: t(`ratings.${value}`) }))}
            value={SATISFACTIONS.find((value) => value === draft.satisfaction) ?? null}
            onChange={(satisfaction) => change({ satisfaction })}
          />
          {draft.solved === 'no' && (
            <TextField
              type="datetime-local"
              label={t('hotline.field.redo')}
              value={draft.redo}
              onChange={(redo) => change({ redo })}
            />
          )}
        </>
      )}
      <TextField
        label={t('console.optional', { label: t('hotline.field.note') })}
        rows={2}
        maxLength={500}
        value={draft.note}
        onChange={(note) => change({ note })}
      />
    </>
  );
}
