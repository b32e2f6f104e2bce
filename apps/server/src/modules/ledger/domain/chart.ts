import { err, isUuid, ok, type Result } from '@gongzhi/kernel';

/**
 * The chart of accounts. An account exists as soon as something is posted to it; its name says what it is, so that no
 * table of accounts has to be kept beside the postings.
 */
export type AccountKind = 'asset' | 'liability' | 'income' | 'expense' | 'equity';

/** Somebody's account names whose it is between its two parts: `household:<id>:receivable`. */
export interface Account {
  /** Without the owner: `household:receivable`, `income:property_fee`, `surcharge`. */
  readonly name: string;
  readonly ownerId: string | null;
}

const slug = '[a-z0-9][a-z0-9._-]{0,39}';

/** What there is: what follows the colon, and on which side it grows. */
const named: readonly (readonly [name: string, kind: AccountKind])[] = [
  ['household:receivable', 'asset'],
  ['household:prepaid', 'liability'],
  ['household:deposit', 'liability'],
  ['party:receivable', 'asset'],
  ['party:prepaid', 'liability'],
  ['meter:prepaid', 'liability'],
  ['provider:wechat', 'asset'],
  ['provider:alipay', 'asset'],
  ['refund:pending', 'liability'],
  // The owners' money, which the company only keeps (Civil Code 281, 282).
  ['common:income', 'income'],
  ['common:expense', 'expense'],
  ['fund:maintenance', 'liability'],
  ['equity:opening', 'equity'],
  ['surcharge', 'income'],
  // Money that nobody has said yet what it is for: it belongs to somebody.
  ['suspense', 'liability'],
];
const families: readonly (readonly [family: string, kind: AccountKind])[] = [
  ['income', 'income'],
  ['discount', 'expense'],
  ['expense', 'expense'],
  ['cash', 'asset'],
  ['bank', 'asset'],
];

const kinds = new Map(named);
/** Whose accounts name their owner. */
const owned = new Set(['household', 'party', 'meter']);
const member = new RegExp(`^(${families.map(([family]) => family).join('|')}):${slug}$`);
const kindOfFamily = new Map(families);

/** Below zero these would be money that was never there. */
const neverBelowZero = new Set(['household:prepaid', 'household:deposit', 'party:prepaid']);

/** The kind of an account without its owner; undefined where there is no such account. */
export function kindOf(name: string): AccountKind | undefined {
  const kind = kinds.get(name);
  if (kind !== undefined) return kind;
  const family = member.exec(name)?.[1];
  return family === undefined ? undefined : kindOfFamily.get(family);
}

/** Somebody's accounts, without whose. */
export const ownedAccounts: readonly string[] = named.map(([name]) => name).filter((name) => isOwned(name));

export function isOwned(name: string): boolean {
  return owned.has(name.slice(0, name.indexOf(':')));
}

export function mayFallBelowZero(name: string): boolean {
  return !neverBelowZero.has(name);
}

/** +1 where a debit makes it more (what one has and spends), −1 where a credit does (what one owes and earns). */
export function sideOf(name: string): 1 | -1 {
  const kind = kindOf(name);
  return kind === 'asset' || kind === 'expense' ? 1 : -1;
}

export function parseAccount(code: string): Result<Account, 'no_such_account'> {
  const [first = '', second = '', third] = code.split(':');
  if (third === undefined)
    return kindOf(code) !== undefined && !isOwned(code)
      ? ok({ name: code, ownerId: null })
      : err('no_such_account');
  const name = `${first}:${third}`;
  return owned.has(first) && kinds.has(name) && isUuid(second) && code.split(':').length === 3
    ? ok({ name, ownerId: second.toLowerCase() })
    : err('no_such_account');
}

export function accountCode({ name, ownerId }: Account): string {
  if (ownerId === null) return name;
  const at = name.indexOf(':');
  return `${name.slice(0, at)}:${ownerId}${name.slice(at)}`;
}

/** Shorthand for callers. */
export const accounts = {
  household: (id: string, what: 'receivable' | 'prepaid' | 'deposit') => `household:${id}:${what}`,
  party: (id: string, what: 'receivable' | 'prepaid') => `party:${id}:${what}`,
  meter: (id: string) => `meter:${id}:prepaid`,
  income: (item: string) => `income:${item}`,
  discount: (item: string) => `discount:${item}`,
  expense: (item: string) => `expense:${item}`,
  provider: (name: 'wechat' | 'alipay') => `provider:${name}`,
  cash: (till: string) => `cash:${till}`,
  /** On its way from a till to the bank. */
  cashInTransit: 'cash:transit',
  bank: (account: string) => `bank:${account}`,
  surcharge: 'surcharge',
  suspense: 'suspense',
  refundPending: 'refund:pending',
  commonIncome: 'common:income',
  commonExpense: 'common:expense',
  maintenanceFund: 'fund:maintenance',
  opening: 'equity:opening',
} as const;
