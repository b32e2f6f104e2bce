/**
 * What a company accounts for to the owners: income from the common parts and what was spent of it (Civil Code 282, 943),
 * and what moved in the maintenance fund (281).
 */
export const SECTIONS = ['common_income', 'common_expense', 'fund_in', 'fund_out'] as const;
export type Section = (typeof SECTIONS)[number];

/** The owners' money is kept apart from the company's, on accounts of its own. */
export function accountsOf(section: Section): { readonly debit: string; readonly credit: string } {
  switch (section) {
    case 'common_income':
      return { debit: 'bank:common', credit: 'common:income' };
    case 'common_expense':
      return { debit: 'common:expense', credit: 'bank:common' };
    case 'fund_in':
      return { debit: 'bank:fund', credit: 'fund:maintenance' };
    case 'fund_out':
      return { debit: 'fund:maintenance', credit: 'bank:fund' };
  }
}

export interface Line {
  readonly entryId: string;
  readonly section: Section;
  readonly item: string;
  readonly amountFen: number;
  readonly occurredOn: string;
  readonly note: string | null;
}

/** What was left of the income from common parts, and in the fund. */
export interface Standing {
  readonly commonFen: number;
  readonly fundFen: number;
}

export interface Figures {
  readonly opening: Standing;
  readonly closing: Standing;
  readonly sums: Readonly<Record<Section, number>>;
  readonly lines: readonly Line[];
}

/** What was there before, what moved, and what is there now. */
export function figuresOf(before: Readonly<Record<Section, number>>, lines: readonly Line[]): Figures {
  const sums = { common_income: 0, common_expense: 0, fund_in: 0, fund_out: 0 };
  for (const { section, amountFen } of lines) sums[section] += amountFen;
  const opening = standingOf(before);
  const moved = standingOf(sums);
  return {
    opening,
    closing: { commonFen: opening.commonFen + moved.commonFen, fundFen: opening.fundFen + moved.fundFen },
    sums,
    lines,
  };
}

function standingOf(sums: Readonly<Record<Section, number>>): Standing {
  return {
    commonFen: sums.common_income - sums.common_expense,
    fundFen: sums.fund_in - sums.fund_out,
  };
}
