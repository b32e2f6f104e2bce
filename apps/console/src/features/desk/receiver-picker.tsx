import { Icon } from '@gongzhi/ui';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Phone } from 'lucide-react';
import { deskApi, deskKeys } from '../../api-desk.ts';
import type { Order } from '../../api-types.ts';
import { type Text, useText } from '../../app/text.ts';
import css from './receiver-picker.module.css';

type Duties = Awaited<ReturnType<typeof deskApi.duties>>;

export function useDuties(scopeId: string): UseQueryResult<Duties> {
  return useQuery({ queryKey: deskKeys.duties(scopeId), queryFn: () => deskApi.duties(scopeId) });
}

/** The rule for a matter: what is said for its category, else for its kind of duty. */
function ruleOf(duties: Duties | undefined, order: Order): Duties['items'][number] | undefined {
  const own = duties?.items.filter((one) => one.duty === order.duty) ?? [];
  return (
    own.find((one) => one.categoryCode === order.categoryCode) ?? own.find((one) => one.categoryCode === null)
  );
}

export function sentenceOf(rule: Duties['items'][number], { tk, named }: Text): string {
  const { duty, sentenceZh, sentenceEn } = rule;
  return sentenceZh === null || sentenceEn === null
    ? tk(`duty.sentence.${duty}`)
    : named({ zh: sentenceZh, en: sentenceEn });
}

/** Who pays and who does it, as the residents are told. */
export function DutyWords({ order }: { order: Order }) {
  const text = useText();
  const rule = ruleOf(useDuties(order.scopeId).data, order);
  return rule === undefined ? null : <span className={css.sentence}>{sentenceOf(rule, text)}</span>;
}

/** Offices that take over, the one the duty table names first; any other may be typed. */
export function ReceiverPicker({
  order,
  value,
  onPick,
}: {
  order: Order;
  value: string;
  onPick: (receiver: string) => void;
}) {
  const text = useText();
  const { t, tk, named } = text;
  const duties = useDuties(order.scopeId);
  const usual = ruleOf(duties.data, order)?.receiverCode ?? null;
  const receivers = (duties.data?.receivers ?? [])
    .filter((one) => one.isActive)
    .sort((a, b) => Number(b.code === usual) - Number(a.code === usual));
  if (receivers.length === 0) return null;
  return (
    <ul className={css.list} aria-label={t('desk.receivers')}>
      {receivers.map((one) => {
        const name = named({ zh: one.nameZh, en: one.nameEn });
        return (
          <li key={one.code}>
            <button
              type="button"
              className={css.receiver}
              aria-pressed={value === name}
              onClick={() => {
                onPick(name);
              }}
            >
              <span className={css.name}>{name}</span>
              <span className={css.kind}>{tk(`desk.receiver.${one.kind}`)}</span>
              <span className={css.phone}>
                <Icon of={Phone} size={14} />
                {one.phone}
              </span>
              {one.code === usual && <span className={css.fit}>{t('desk.receivers.fits')}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
