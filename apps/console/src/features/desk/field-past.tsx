import { Icon, useNow } from '@gongzhi/ui';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { deskApi, deskKeys, type FieldChange } from '../../api-desk.ts';
import type { Order } from '../../api-types.ts';
import { useMay } from '../../app/session.tsx';
import { type Text, useText } from '../../app/text.ts';
import { overlayRoot } from '../../components/overlay-root.ts';
import { useCatalogue } from '../orders/category-picker.tsx';
import { Section } from '../orders/section.tsx';
import type { SectionProps } from '../orders/sections.ts';
import css from './field-past.module.css';
import { Pending } from '../../components/pending.tsx';

function useFieldHistory(order: Order): UseQueryResult<FieldChange[]> {
  const may = useMay('order_history.read');
  return useQuery({
    queryKey: [...deskKeys.history(order.id), order.version],
    queryFn: async () => (await deskApi.history(order.scopeId, order.id)).items,
    enabled: may,
  });
}

/** A field's own past, a press away from the field: who, when, from what to what. */
export function FieldPast({ order, fields }: { order: Order; fields: readonly string[] }) {
  const { t, tk } = useText();
  const past = useFieldHistory(order);
  const found = past.data?.filter(({ field }) => fields.includes(field)) ?? [];
  if (found.length === 0) return null;
  const label = t('desk.history.of', { field: tk(`desk.field.${fields[0] ?? ''}`) });
  return (
    <DialogTrigger>
      <Button className={css.open ?? ''} aria-label={label}>
        <Icon of={History} size={14} />
        <span>{found.length}</span>
      </Button>
      <Popover UNSTABLE_portalContainer={overlayRoot()} className={css.popover ?? ''}>
        <Dialog className={css.dialog ?? ''} aria-label={label}>
          <Changes order={order} items={found} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** All of an order's fields that ever changed, the newest first. */
export default function HistorySection({ order }: SectionProps) {
  const { t } = useText();
  const may = useMay('order_history.read');
  const past = useFieldHistory(order);
  if (!may || (past.isSuccess && past.data.length === 0)) return null;
  return (
    <Section id="history" title={t('desk.history')} {...(past.isSuccess ? { count: past.data.length } : {})}>
      <Pending of={past} lines={2} />
      {past.isSuccess && <Changes order={order} items={past.data} />}
    </Section>
  );
}

function Changes({ order, items }: { order: Order; items: readonly FieldChange[] }) {
  const text = useText();
  const { t, tk, when, exact } = text;
  const now = useNow();
  const catalogue = useCatalogue(order.scopeId);
  const nameOf = (code: string): string => {
    const found = catalogue.data?.items.find((one) => one.code === code);
    return found === undefined ? code : text.named({ zh: found.nameZh, en: found.nameEn });
  };
  return (
    <ol className={css.changes}>
      {items.map((change) => (
        <li key={`${change.at}.${change.field}.${String(change.became)}`} className={css.change}>
          <span className={css.field}>{tk(`desk.field.${change.field}`, {}, 'desk.field.other')}</span>
          <span className={css.values}>
            <del>{valueText(change.field, change.was, text, nameOf)}</del>
            <span aria-hidden="true">→</span>
            <ins>{valueText(change.field, change.became, text, nameOf)}</ins>
          </span>
          <span className={css.by}>
            {change.actorName ?? tk(`roles.${change.actorRole}`, {}, 'desk.history.system')}
            {t('common.listSeparator')}
            <time dateTime={change.at} title={exact(change.at)}>
              {when(change.at, now)}
            </time>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** As a person would say it: a name, an hour, a word. */
function valueText(
  field: string,
  value: unknown,
  { t, tk, exact }: Text,
  nameOf: (code: string) => string,
): string {
  if (value === null || value === undefined) return t('desk.history.nothing');
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
  if (typeof value === 'object') {
    const name = 'name' in value ? value.name : null;
    return typeof name === 'string' ? name : t('desk.history.nothing');
  }
  const word = String(value);
  switch (field) {
    case 'categoryCode':
      return nameOf(word);
    case 'kind':
      return tk(`kinds.${word}`);
    case 'priority':
      return tk(`priorities.${word}`);
    case 'outcome':
      return tk(`outcomes.${word}`);
    case 'rating':
      return tk(`ratings.${word}`);
    case 'neededBy':
    case 'respondDueAt':
    case 'arriveDueAt':
    case 'resolveDueAt':
    case 'pausedUntil':
      return exact(word);
    default:
      return word;
  }
}
