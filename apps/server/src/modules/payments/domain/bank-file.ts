/** A bank's list of an account, whichever bank wrote it: found by what its columns are called, read cell by cell. */
export interface BankRow {
  readonly line: number;
  readonly day: string;
  /** What came in, in fen; what went out is passed over. */
  readonly amountFen: number;
  readonly text: string;
}

export interface SheetCell {
  readonly text: string;
  /** It spreads over others, was not calculated, or is broken: never guessed at where a figure is wanted. */
  readonly fault?: { readonly code: string };
}

export interface SheetRow {
  readonly line: number;
  readonly cells: readonly SheetCell[];
}

/** What banks call a column; the words are a language's. */
export interface ColumnNames {
  readonly day: readonly string[];
  readonly income: readonly string[];
  readonly text: readonly string[];
}

export type BankFault = { readonly line: number; readonly code: 'no_header' | 'day' | 'amount' | 'merged' };

export function readBankRows(
  rows: readonly SheetRow[],
  names: ColumnNames,
): { readonly rows: BankRow[] } | { readonly fault: BankFault } {
  const clean = (text: string): string => text.replace(/[\s()\uff08\uff09]/g, '');
  const at = (row: SheetRow, wanted: readonly string[]): number =>
    row.cells.findIndex(({ text }) => wanted.some((name) => clean(text).startsWith(name)));
  // Titles and the account's own lines stand above, often merged over the whole width.
  const header = rows.findIndex((row) => at(row, names.day) >= 0 && at(row, names.income) >= 0);
  if (header < 0) return { fault: { line: rows[0]?.line ?? 1, code: 'no_header' } };
  const head = rows[header]!;
  const [dayAt, incomeAt] = [at(head, names.day), at(head, names.income)];
  const textAt = head.cells.flatMap(({ text }, i) =>
    names.text.some((name) => clean(text).startsWith(name)) ? [i] : [],
  );
  const found: BankRow[] = [];
  for (const row of rows.slice(header + 1)) {
    const income = row.cells[incomeAt];
    const day = row.cells[dayAt];
    if (income === undefined || income.text.trim() === '') {
      if (income?.fault !== undefined) return { fault: { line: row.line, code: 'merged' } };
      continue;
    }
    if (income.fault !== undefined || day?.fault !== undefined)
      return { fault: { line: row.line, code: 'merged' } };
    const fen = fenIn(income.text);
    if (fen === null) {
      // Totals and signatures below the table bear no day.
      if (dayIn(day?.text ?? '') === null) continue;
      return { fault: { line: row.line, code: 'amount' } };
    }
    if (fen === 0) continue;
    const on = dayIn(day?.text ?? '');
    if (on === null) {
      if ((day?.text ?? '').trim() === '' || !/\d/.test(day?.text ?? '')) continue;
      return { fault: { line: row.line, code: 'day' } };
    }
    found.push({
      line: row.line,
      day: on,
      amountFen: fen,
      text: textAt
        .map((i) => row.cells[i]?.text ?? '')
        .join(' ')
        .trim(),
    });
  }
  return { rows: found };
}

/** `1,234.50`, `¥1234.5`, `1234` → fen, by characters; of more digits than any account has it is no amount. */
function fenIn(text: string): number | null {
  const found = /^[\u00a5\uffe5]?(\d{1,3}(?:,\d{3}){0,3}|\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(text.trim());
  if (found === null) return null;
  return Number(found[1]!.replaceAll(',', '')) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
}

/** `2026-11-23`, `2026/11/3 10:20`, `20261123` */
function dayIn(text: string): string | null {
  const found =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$/.exec(text.trim()) ??
    /^(\d{4})(\d{2})(\d{2})(?:[ T].*)?$/.exec(text.trim());
  if (found === null) return null;
  const day = `${found[1]}-${found[2]!.padStart(2, '0')}-${found[3]!.padStart(2, '0')}`;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : null;
}
