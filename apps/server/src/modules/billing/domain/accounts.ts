import type { Payer } from './payers.ts';

/** Which account of the ledger a line stands on: who owes it, and what it is income of. */
export function receivableOf(line: {
  readonly householdId: string;
  readonly partyId: string | null;
}): string {
  return line.partyId === null
    ? `household:${line.householdId}:receivable`
    : `party:${line.partyId}:receivable`;
}

/** What whoever owes a line has paid ahead. */
export function balanceOf(line: { readonly householdId: string; readonly partyId: string | null }): string {
  return line.partyId === null ? `household:${line.householdId}:prepaid` : `party:${line.partyId}:prepaid`;
}

/** A deposit stays the household's; a surcharge has an account of its own. */
export function creditOf(line: {
  readonly householdId: string;
  readonly item: string;
  readonly kind: string;
}): string {
  if (line.kind === 'deposit') return `household:${line.householdId}:deposit`;
  return line.kind === 'surcharge' ? 'surcharge' : `income:${line.item}`;
}

export const discountOf = (item: string): string => `discount:${item}`;

export interface LinePosting {
  readonly key: string;
  readonly debit: string;
  readonly credit: string;
  readonly amountFen: number;
}

export interface PostedLine {
  readonly lineId: string;
  readonly householdId: string;
  readonly partyId: string | null;
  readonly payer: Payer;
  readonly item: string;
  /** Of its basis. */
  readonly kind: string;
  readonly amountFen: number;
  readonly discountFen: number;
}

/**
 * How a line is booked: what it comes to before what is taken off, and what is taken off beside it, so that the ledger
 * tells both. A credit goes to its payer's balance at once: nobody owes it, and it is spent first.
 */
export function postingsOf(line: PostedLine): LinePosting[] {
  const { lineId, item, amountFen, discountFen } = line;
  if (amountFen < 0)
    return [
      {
        key: `line:${lineId}`,
        debit: creditOf(line),
        credit: balanceOf(line),
        amountFen: -amountFen,
      },
    ];
  const grossFen = amountFen + discountFen;
  const postings: LinePosting[] = [];
  if (grossFen > 0)
    postings.push({
      key: `line:${lineId}`,
      debit: receivableOf(line),
      credit: creditOf(line),
      amountFen: grossFen,
    });
  if (discountFen > 0)
    postings.push({
      key: `line:${lineId}:discount`,
      debit: discountOf(item),
      credit: receivableOf(line),
      amountFen: discountFen,
    });
  return postings;
}
