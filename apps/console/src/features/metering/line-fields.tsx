import { Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../app/text.ts';
import { METERS, meteringApi } from './api.ts';
import css from './metering.module.css';
import type { Lacks } from './use-fields.ts';

export interface LineDraft {
  readonly gatewayId: string;
  readonly address: string;
}

/** How a meter is spoken to: by hand, or behind a concentrator of its compound by the twelve digits on it. */
export function LineFields({
  scopeId,
  value,
  onChange,
  lacks,
}: {
  scopeId: string;
  value: LineDraft;
  onChange: (part: Partial<LineDraft>) => void;
  lacks: Lacks;
}) {
  const { t } = useText();
  const gateways = useQuery({
    queryKey: [...METERS, 'gateways', scopeId],
    queryFn: () => meteringApi.gateways(scopeId),
  });
  const items = gateways.data?.items ?? [];
  return (
    <div className={css.two}>
      <Select
        label={t('metering.column.line')}
        value={value.gatewayId}
        options={[
          { value: '', label: t('metering.line.none') },
          ...items.map(({ id, label }) => ({ value: id, label })),
        ]}
        error={lacks['gatewayId']}
        onChange={(gatewayId) => onChange({ gatewayId })}
      />
      {value.gatewayId !== '' && (
        <TextField
          label={t('metering.form.address')}
          inputMode="numeric"
          maxLength={12}
          value={value.address}
          error={lacks['address']}
          onChange={(address) => onChange({ address })}
        />
      )}
    </div>
  );
}

export const lineOf = ({ gatewayId, address }: LineDraft) =>
  gatewayId === '' ? null : { gatewayId, address: address.trim() };

/** What is missing before it is sent. */
export const lineLacks = ({ gatewayId, address }: LineDraft, say: string): Lacks =>
  gatewayId === '' || /^\d{12}$/.test(address.trim()) ? {} : { address: say };
