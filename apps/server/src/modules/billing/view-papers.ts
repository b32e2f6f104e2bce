import { type Locale, t } from '@gongzhi/i18n';
import { lineName, type SayBill, yuan } from '@gongzhi/i18n/bill-basis.ts';
import type { LocalDate } from '@gongzhi/kernel';
import { type Block, printPaper } from '../../platform/pdf/paper.ts';
import type { LetterRow } from './queries-letters.ts';
import type { Statement, StatementEntry } from './view-accounts.ts';

/** Statements and letters as paper, in the reader's language, made anew whenever they are asked for. */

/** The labels a bill's lines are told in ask for what they need; which of them a line takes is known there only. */
const sayer = (locale: Locale): SayBill => {
  const say: unknown = t;
  return (key, params) => (say as (...said: unknown[]) => string)(locale, key, params);
};
const lacking = (locale: Locale) => (characters: string) =>
  t(locale, 'payments.receipt.lacking', { characters });
const pages = (locale: Locale) => (page: number, of: number) => t(locale, 'bills.paper.page', { page, of });

export interface PaperFrom {
  readonly scopeName: string;
  readonly companyName: string;
  readonly today: LocalDate;
  readonly madeAt: Date;
}

export interface StatementFacts extends PaperFrom {
  readonly householdLabel: string;
  readonly statement: Statement;
}

export const statementName = (facts: StatementFacts, locale: Locale): string =>
  t(locale, 'bills.paper.statementName', {
    home: facts.householdLabel,
    from: facts.statement.from,
    to: facts.statement.to,
  });

export async function printStatement(facts: StatementFacts, locale: Locale): Promise<Buffer> {
  const { statement, scopeName, companyName, householdLabel } = facts;
  const sums = (words: string, day: string, owedFen: number, prepaidFen: number): string[] => [
    day,
    words,
    yuan(owedFen),
    yuan(prepaidFen),
  ];
  const blocks: Block[] = [
    { kind: 'title', text: t(locale, 'bills.paper.statement') },
    {
      kind: 'facts',
      facts: [
        [t(locale, 'bills.paper.home'), `${scopeName} ${householdLabel}`],
        [
          t(locale, 'bills.paper.period'),
          t(locale, 'bills.paper.range', { from: statement.from, to: statement.to }),
        ],
      ],
    },
    {
      kind: 'table',
      columns: [
        { label: t(locale, 'bills.paper.day') },
        { label: t(locale, 'bills.paper.what'), parts: 1 },
        { label: t(locale, 'bills.paper.owed'), isAmount: true },
        { label: t(locale, 'bills.paper.balance'), isAmount: true },
      ],
      rows: [
        sums(
          t(locale, 'bills.paper.opening'),
          statement.from,
          statement.openingOwedFen,
          statement.openingPrepaidFen,
        ),
        ...statement.entries.map((entry) => [
          entry.on,
          entryWords(entry, locale),
          entry.owedFen === 0 ? '' : yuan(entry.owedFen),
          entry.prepaidFen === 0 ? '' : yuan(entry.prepaidFen),
        ]),
      ],
      total: sums(
        t(locale, 'bills.paper.closing'),
        statement.to,
        statement.closingOwedFen,
        statement.closingPrepaidFen,
      ),
    },
    { kind: 'small', text: t(locale, 'bills.paper.statementText') },
    { kind: 'right', lines: [companyName, facts.today] },
  ];
  const { bytes } = await printPaper({
    title: statementName(facts, locale),
    language: locale,
    madeAt: facts.madeAt,
    blocks,
    footer: pages(locale),
    lacking: lacking(locale),
  });
  return bytes;
}

const entryKinds = [
  'billed',
  'discount',
  'credit',
  'voided',
  'paid',
  'prepaid_used',
  'prepaid',
  'refunded',
] as const;

function entryWords({ kind, item, name }: StatementEntry, locale: Locale): string {
  const words = t(locale, `bills.entry.${entryKinds.find((one) => one === kind) ?? 'other'}`);
  if (item === null) return words;
  const line = { item, name: name ?? '', amountFen: kind === 'credit' ? -1 : 1 };
  return `${words} \u00b7 ${lineName(sayer(locale), line)}`;
}

export interface LettersFacts extends PaperFrom {
  readonly letters: readonly LetterRow[];
}

export const lettersName = ({ letters, scopeName }: LettersFacts, locale: Locale): string =>
  t(locale, 'bills.paper.lettersName', {
    scope: scopeName,
    day: letters[0]?.printedOn ?? '',
    count: letters.length,
  });

/** One page a household: what has fallen due, where to pay, whom to ask. It names the home and nobody in it. */
export async function printLetterBatch(facts: LettersFacts, locale: Locale): Promise<Buffer> {
  const blocks = facts.letters.flatMap((letter, at): Block[] => [
    ...(at === 0 ? [] : [{ kind: 'page' } as const]),
    ...letterBlocks(letter, facts, locale),
  ]);
  const { bytes } = await printPaper({
    title: lettersName(facts, locale),
    language: locale,
    madeAt: facts.madeAt,
    blocks,
    lacking: lacking(locale),
  });
  return bytes;
}

function letterBlocks(letter: LetterRow, facts: LettersFacts, locale: Locale): Block[] {
  const lines = letter.printed ?? [];
  const day = letter.printedOn ?? facts.today;
  return [
    { kind: 'address', lines: [facts.scopeName, letter.householdLabel] },
    { kind: 'title', text: t(locale, 'bills.letter.title') },
    { kind: 'text', text: t(locale, 'bills.letter.hello') },
    { kind: 'text', text: t(locale, 'bills.letter.open', { day }) },
    {
      kind: 'table',
      columns: [
        { label: t(locale, 'bills.letter.item'), parts: 1 },
        { label: t(locale, 'bills.letter.month') },
        { label: t(locale, 'bills.letter.due') },
        { label: t(locale, 'bills.letter.amount'), isAmount: true },
      ],
      rows: lines.map((line) => [
        lineName(sayer(locale), { ...line, amountFen: line.openFen }),
        line.period.slice(0, 7),
        line.dueOn,
        yuan(line.openFen),
      ]),
      total: [
        t(locale, 'bills.letter.total'),
        '',
        '',
        yuan(lines.reduce((sum, { openFen }) => sum + openFen, 0)),
      ],
    },
    { kind: 'text', text: t(locale, 'bills.letter.pay') },
    { kind: 'text', text: t(locale, 'bills.letter.doubt') },
    { kind: 'text', text: t(locale, 'bills.letter.hard') },
    { kind: 'text', text: t(locale, 'bills.letter.served') },
    { kind: 'right', lines: [facts.companyName, day] },
  ];
}
