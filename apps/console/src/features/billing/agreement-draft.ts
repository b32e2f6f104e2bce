import { parseYuan } from '@gongzhi/kernel';
import { scaledOf } from './draft.ts';

/** What is typed of an agreement, a payer or a shared cost, as whole figures; null for what is none. */

export interface Rise {
  from: string;
  addFen?: number;
  addBp?: number;
}

/** '2027-01-01 +100' is a hundred yuan more from that day, '2027-01-01 +5%' five percent. */
export function risesOf(text: string): Rise[] | null {
  const rises: Rise[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const found = /^(\d{4}-\d{2}-\d{2})\s+\+\s*([\d.]+)(%?)$/.exec(line);
    if (found === null || Number.isNaN(Date.parse(`${found[1]}T00:00:00Z`))) return null;
    const add = scaledOf(found[2] ?? '', 2);
    if (add === null || add === 0 || (found[3] === '%' && add > 10_000)) return null;
    rises.push(found[3] === '%' ? { from: found[1]!, addBp: add } : { from: found[1]!, addFen: add });
  }
  return rises;
}

/** Yuan above none, in fen. */
export function amountOf(text: string): number | null {
  const fen = scaledOf(text, 2);
  return fen === null || fen === 0 ? null : fen;
}

/** Yuan that may take back what was entered too high. */
export function signedOf(text: string): number | null {
  const found = parseYuan(text.trim());
  return found.ok && found.value !== 0n && Math.abs(Number(found.value)) <= 1_000_000_000_000
    ? Number(found.value)
    : null;
}

export function shareOf(text: string): number | null {
  const bp = scaledOf(text, 2);
  return bp === null || bp === 0 || bp > 10_000 ? null : bp;
}

export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Where something from-to stands on a day. */
export function standing(
  { startsOn, endsOn }: { startsOn: string; endsOn: string | null },
  today: string,
): 'holds' | 'notYet' | 'ended' {
  if (endsOn !== null && endsOn <= today) return 'ended';
  return today < startsOn ? 'notYet' : 'holds';
}

/** The reader's own day. */
export function todayHere(now = new Date()): string {
  const two = (figure: number) => String(figure).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
