import { formatYuan, parseYuan } from '@gongzhi/kernel';
import type { Text } from '../../app/text.ts';
import { url } from '../../app/routes.ts';

/** Whole fen as yuan: no float comes near an amount, not even to show it. */
export function yuan(fen: number): string {
  return formatYuan(BigInt(fen)).replace(/\d(?=(?:\d{3})+\.)/g, '$&,');
}

/** An account in words; what only has a name of somebody's choosing keeps it. */
export function accountWords({ tk }: Text, name: string): string {
  const said = tk(`ledger.account.${name}`);
  if (said !== `ledger.account.${name}` && said !== '') return said;
  const [family = '', item = ''] = name.split(':');
  return item === '' ? name : tk(`ledger.family.${family}`, { item });
}

/** The account without whose it is: `household:<id>:receivable` is `household:receivable`. */
export function nameOf(code: string): string {
  const [first = '', , third] = code.split(':');
  return third === undefined ? code : `${first}:${third}`;
}

/** Where a posting comes from, as a page; null where it has none of its own. */
export function sourceLink(scope: string, { kind, id }: { kind: string; id: string }) {
  switch (kind) {
    case 'ledger.entry':
      return url.accounts({ scope, tab: 'entries', item: id });
    case 'billing.line':
      return url.billLine(scope, id);
    case 'payments.payment':
      return url.payments({ scope, view: 'payments', item: id });
    case 'payments.refund':
      return url.payments({ scope, view: 'refunds', item: id });
    case 'payments.till':
    case 'payments.deposit':
      return url.payments({ scope, view: 'till' });
    default:
      return null;
  }
}

/** What somebody typed as yuan, in fen; null where it is no amount above none. */
export function fenOf(words: string): number | null {
  const found = parseYuan(words.trim().replace(/,/g, ''));
  if (!found.ok || found.value <= 0n || found.value > 100_000_000_000n) return null;
  return Number(found.value);
}

/** One month by its name, several from the first to the last. */
export function periodWords({ t }: Text, period: { fromMonth: string; toMonth: string }): string {
  const [from, to] = [period.fromMonth.slice(0, 7), period.toMonth.slice(0, 7)];
  return from === to ? from : t('accounts.period', { from, to });
}
