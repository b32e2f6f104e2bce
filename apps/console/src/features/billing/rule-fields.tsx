import { Select, TextField } from '@gongzhi/ui';
import { useText } from '../../app/text.ts';
import type { TariffDraft } from './draft.ts';

/** What each kind of tariff needs to be told. */
export function RuleFields({
  draft,
  change,
  error,
}: {
  draft: TariffDraft;
  change: (part: Partial<TariffDraft>) => void;
  error: string | undefined;
}) {
  const { t } = useText();
  const { kind } = draft;
  return (
    <>
      {(kind === 'metered' || kind === 'tiered' || kind === 'formula') && (
        <Select
          label={t('billing.form.meter')}
          options={(['power', 'water', 'gas', 'heat'] as const).map((value) => ({
            value,
            label: t(`bills.meter.${value}`),
          }))}
          value={draft.meter}
          onChange={(meter) => change({ meter: meter as TariffDraft['meter'] })}
        />
      )}
      {(kind === 'area' || kind === 'heating' || kind === 'metered') && (
        <TextField
          label={t(`billing.form.rate.${kind}`)}
          inputMode="decimal"
          value={draft.price}
          onChange={(price) => change({ price })}
          error={error}
        />
      )}
      {(kind === 'fixed' || kind === 'parking' || kind === 'deposit') && (
        <TextField
          label={t('billing.form.amount')}
          inputMode="decimal"
          value={draft.price}
          onChange={(price) => change({ price })}
          error={error}
        />
      )}
      {kind === 'heating' && (
        <TextField
          label={t('billing.form.cold')}
          description={t('billing.form.coldText')}
          value={draft.cold}
          onChange={(cold) => change({ cold })}
        />
      )}
      {kind === 'tiered' && (
        <TextField
          label={t('billing.form.steps')}
          description={t('billing.form.stepsText')}
          rows={4}
          value={draft.steps}
          onChange={(steps) => change({ steps })}
          error={error}
        />
      )}
      {kind === 'shared' && (
        <Select
          label={t('billing.form.by')}
          options={[
            { value: 'area', label: t('billing.price.sharedArea') },
            { value: 'household', label: t('billing.price.sharedHousehold') },
          ]}
          value={draft.by}
          onChange={(by) => change({ by: by as TariffDraft['by'] })}
        />
      )}
      {kind === 'formula' && (
        <TextField
          label={t('billing.form.formula')}
          description={t('billing.form.formulaText')}
          rows={2}
          maxLength={300}
          value={draft.expression}
          onChange={(expression) => change({ expression })}
          error={error}
        />
      )}
    </>
  );
}
