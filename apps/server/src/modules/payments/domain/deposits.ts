/** Cash that is on its way to the bank, held against the bank's list. */
export const DEPOSIT_STATES = ['made', 'declined', 'underway', 'arrived', 'returned'] as const;
export type DepositState = (typeof DEPOSIT_STATES)[number];

export const DEPOSIT_VERDICTS = ['matched', 'differs', 'missing', 'waiting', 'proposed'] as const;
export type DepositVerdict = (typeof DEPOSIT_VERDICTS)[number];

/** What only a person's word stands for: the bank has another amount, or the cash never got there. */
export const DEPOSIT_PROPOSALS = ['arrive', 'give_back'] as const;
export type DepositProposal = (typeof DEPOSIT_PROPOSALS)[number];

/**
 * The line that the list itself shows for it, of the very amount, is proof enough. Whatever else is booked takes two: another
 * amount, a line that somebody chose (it may be a stranger's money), cash that never got there.
 */
export function takesTwo(
  deposit: { readonly amountFen: number },
  line: { readonly id: string; readonly amountFen: number } | null,
  found: DepositFound | undefined,
): boolean {
  return (
    line === null ||
    line.amountFen !== deposit.amountFen ||
    found?.verdict !== 'matched' ||
    found.lineId !== line.id
  );
}

/** Neither who proposed it confirms it, nor who brought the cash: by whatever capacity. */
export function mayConfirm(
  deposit: { readonly proposedBy: string | null; readonly madeBy: string },
  by: string,
): boolean {
  return deposit.proposedBy !== null && deposit.proposedBy !== by && deposit.madeBy !== by;
}

export interface DepositUnderway {
  readonly id: string;
  readonly account: string;
  readonly slipNo: string;
  /** `2026-11-23` */
  readonly broughtOn: string;
  readonly amountFen: number;
  /** Somebody has proposed what it is, and nobody has confirmed it yet. */
  readonly proposal: DepositProposal | null;
  readonly proposedLineId: string | null;
}

export interface ListedLine {
  readonly id: string;
  readonly account: string;
  readonly day: string;
  readonly amountFen: number;
  readonly text: string;
}

export interface DepositFound {
  readonly verdict: DepositVerdict;
  readonly lineId: string | null;
}

/** Shorter ones stand in any text by chance. */
const shortestSlip = 4;

/** As a number of its own: 2026 is not in 20261102. */
function standsAlone(text: string, slipNo: string): boolean {
  const isPart = (character: string | undefined) => character !== undefined && /[0-9A-Za-z]/.test(character);
  for (let at = text.indexOf(slipNo); at >= 0; at = text.indexOf(slipNo, at + 1))
    if (!isPart(text[at - 1]) && !isPart(text[at + slipNo.length])) return true;
  return false;
}

/**
 * What the bank's list says of each: the same amount on its account, where the slip is named before one that is not;
 * another amount under the slip's number; nothing yet, or nothing by `lastDay(broughtOn)`. A line is one deposit's; one that
 * is proposed for a deposit is no other's, and still names whom it names: whoever proposed it for somebody else has not made
 * a stranger's line of the same amount the proof.
 */
export function judgeDeposits(
  deposits: readonly DepositUnderway[],
  lines: readonly ListedLine[],
  today: string,
  lastDay: (broughtOn: string) => string,
): Map<string, DepositFound> {
  const proposed = deposits.filter(({ proposal }) => proposal !== null);
  const spokenFor = new Set(proposed.map(({ proposedLineId }) => proposedLineId));
  const inOrder = lines.toSorted((a, b) =>
    a.day === b.day ? (a.id < b.id ? -1 : 1) : a.day < b.day ? -1 : 1,
  );
  const free = new Set(inOrder.filter(({ id }) => !spokenFor.has(id)));
  const taken = new Set(inOrder.filter(({ id }) => spokenFor.has(id)));
  const found = new Map<string, DepositFound>(
    proposed.map(({ id, proposedLineId }) => [id, { verdict: 'proposed', lineId: proposedLineId }]),
  );
  const earliest = (
    deposit: DepositUnderway,
    fits: (line: ListedLine, deposit: DepositUnderway) => boolean,
    among: ReadonlySet<ListedLine>,
  ): ListedLine | undefined => {
    for (const line of among)
      if (line.account === deposit.account && line.day >= deposit.broughtOn && fits(line, deposit))
        return line;
    return undefined;
  };
  const take = (
    verdict: DepositVerdict,
    fits: (line: ListedLine, deposit: DepositUnderway) => boolean,
    among: Set<ListedLine> = free,
  ): void => {
    for (const deposit of deposits) {
      if (found.has(deposit.id)) continue;
      const line = earliest(deposit, fits, among);
      if (line === undefined) continue;
      among.delete(line);
      found.set(deposit.id, { verdict, lineId: line.id });
    }
  };
  const names = ({ text }: ListedLine, { slipNo }: DepositUnderway): boolean =>
    slipNo.length >= shortestSlip && standsAlone(text, slipNo);
  take('matched', (line, deposit) => line.amountFen === deposit.amountFen && names(line, deposit));
  take('differs', names);
  take('differs', names, taken);
  take(
    'matched',
    (line, deposit) => line.amountFen === deposit.amountFen && line.day <= lastDay(deposit.broughtOn),
  );
  for (const { id, broughtOn } of deposits)
    if (!found.has(id))
      found.set(id, { verdict: today > lastDay(broughtOn) ? 'missing' : 'waiting', lineId: null });
  return found;
}
