import { readDraft, writeDraft } from '../../components/draft.ts';
import type { Kind } from './hits.ts';

/** What was opened from here lately, on this device only and gone when one signs out: what it is called, never whom it is about. */
export interface Recent {
  readonly kind: Kind | 'pages';
  readonly label: string;
  readonly address: string;
}

const MOST = 6;
const empty = { recent: [] as readonly Recent[] };
/** Names, plates and what homes owe or paid stay out of what a shared computer keeps. */
const kept: ReadonlySet<Recent['kind']> = new Set([
  'pages',
  'orders',
  'cases',
  'homes',
  'places',
  'meters',
  'categories',
]);

const keyOf = (membershipId: string): string => `found.${membershipId}`;

export function readRecent(membershipId: string): readonly Recent[] {
  const { recent } = readDraft(keyOf(membershipId), empty);
  return Array.isArray(recent) ? recent.slice(0, MOST) : [];
}

export function keepRecent(membershipId: string, one: Recent): void {
  if (!kept.has(one.kind)) return;
  const others = readRecent(membershipId).filter(({ address }) => address !== one.address);
  writeDraft(keyOf(membershipId), empty, { recent: [one, ...others].slice(0, MOST) });
}

export function forgetRecent(membershipId: string): void {
  writeDraft(keyOf(membershipId), empty, { recent: [] });
}
