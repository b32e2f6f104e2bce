import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { queryKeys } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { Section } from '../orders/section.tsx';
import type { SectionProps } from '../orders/sections.ts';
import { DeliveryLines } from './delivery-table.tsx';
import { Pending } from '../../components/pending.tsx';

/** Who was told about this order, by what, and whether it arrived. */
export default function OrderTold({ order }: SectionProps) {
  const { t } = useText();
  const may = useMay('delivery.list');
  const told = useQuery({
    queryKey: queryKeys.deliveries(order.scopeId, order.id, null),
    queryFn: ({ signal }) =>
      api.deliveries({ scopeId: order.scopeId, objectId: order.id, limit: 50 }, { signal }),
    enabled: may,
  });
  if (!may) return null;
  return (
    <Section id="told" title={t('deliveries.told')} count={told.data?.items.length ?? 0}>
      <Pending of={told} lines={2} />
      {told.data?.items.length === 0 && <p>{t('deliveries.toldEmpty')}</p>}
      {told.data !== undefined && told.data.items.length > 0 && <DeliveryLines rows={told.data.items} />}
    </Section>
  );
}
