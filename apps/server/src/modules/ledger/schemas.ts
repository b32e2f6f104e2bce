import Type from 'typebox';
import { SECTIONS } from './domain.ts';

export const strict = { additionalProperties: false } as const;
export const Uuid = Type.String({ format: 'uuid' });
export const Time = Type.String({ format: 'date-time' });
const Text = Type.String();
const Fen = Type.Integer({ description: 'Whole fen of yuan (CNY)' });
const Count = Type.Integer({ minimum: 0 });
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });
export const Day = Type.String({ format: 'date' });
export const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-01$', description: 'Its first day' });
export const AccountCode = Type.String({ minLength: 3, maxLength: 90, pattern: '^[a-z0-9:._-]+$' });
const nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);
const oneOf = <const V extends string>(values: readonly V[]) => Type.Unsafe<V>(Type.Enum([...values]));

/** Which book: of the compound, and of whoever serves it now unless another is named. */
export const BookQuery = { scopeId: Uuid, bookId: Type.Optional(Uuid) };

export const Book = Type.Object(
  {
    scopeId: Uuid,
    bookId: Uuid,
    scopeName: Text,
    companyName: nullable(Text),
    closedTo: nullable(Day),
    blocks: Count,
    sealedAt: nullable(Time),
    unsealed: Count,
  },
  { title: 'LedgerBook' },
);

export const AccountLine = Type.Object(
  {
    account: Text,
    kind: oneOf(['asset', 'liability', 'income', 'expense', 'equity']),
    /** Somebody's accounts together: whose, is asked of /ledger/owners. */
    isOwned: Type.Boolean(),
    debitFen: Fen,
    creditFen: Fen,
    balanceFen: Fen,
    postings: Count,
  },
  { title: 'LedgerAccount' },
);

export const TrialBalance = Type.Object(
  {
    book: Book,
    items: Type.Array(AccountLine),
    debitFen: Fen,
    creditFen: Fen,
    /** What debits and credits differ by: 0, or something was lost. */
    differenceFen: Fen,
  },
  { title: 'TrialBalance' },
);

export const Owner = Type.Object(
  { ownerId: Uuid, account: Text, label: nullable(Text), balanceFen: Fen, movedAt: Time },
  { title: 'LedgerOwner' },
);

export const Source = Type.Object({ kind: Text, id: Uuid });

const Side = Type.Object({ account: Text, name: Text, ownerId: nullable(Uuid), label: nullable(Text) });

export const Posting = Type.Object(
  {
    id: Uuid,
    key: Text,
    debit: Side,
    credit: Side,
    amountFen: Fen,
    bookedOn: Day,
    recordedAt: Time,
    source: Source,
    householdId: nullable(Uuid),
    reverses: nullable(Uuid),
    reversedBy: nullable(Uuid),
  },
  { title: 'LedgerPosting' },
);

export const Period = Type.Object(
  {
    month: Day,
    state: oneOf(['open', 'closing', 'closed']),
    /** The one month that may be closed now. */
    mayClose: Type.Boolean(),
    askedAt: nullable(Time),
    askedByName: nullable(Text),
    closedAt: nullable(Time),
    postings: nullable(Count),
    turnoverFen: nullable(Fen),
    blockNo: nullable(Count),
    digest: nullable(Text),
  },
  { title: 'LedgerPeriod' },
);

export const Verification = Type.Object(
  {
    at: Time,
    byName: nullable(Text),
    blocks: Count,
    postings: Count,
    brokenBlock: nullable(Type.Integer()),
    areDaysRight: Type.Boolean(),
    areBalancesRight: Type.Boolean(),
    isRight: Type.Boolean(),
  },
  { title: 'LedgerVerification' },
);

export const Chain = Type.Object(
  {
    blocks: Count,
    head: nullable(Text),
    sealedAt: nullable(Time),
    unsealed: Count,
    verification: nullable(Verification),
  },
  { title: 'LedgerChain' },
);

export const NewPeriod = Type.Object({ ...BookQuery, month: Month }, { ...strict, title: 'NewLedgerPeriod' });
export const NewVerification = Type.Object(BookQuery, { ...strict, title: 'NewLedgerVerification' });

const SectionName = oneOf(SECTIONS);
export const NewEntry = Type.Object(
  {
    scopeId: Uuid,
    section: SectionName,
    item: Words(40),
    amountFen: Type.Integer({ minimum: 1, maximum: 100_000_000_000 }),
    occurredOn: Day,
    note: Type.Optional(Type.String({ maxLength: 300 })),
    fileIds: Type.Optional(Type.Array(Uuid, { maxItems: 9 })),
  },
  { ...strict, title: 'NewAccountsEntry' },
);

export const Withdrawal = Type.Object(
  { scopeId: Uuid, reason: Words(200) },
  { ...strict, title: 'AccountsEntryWithdrawal' },
);

export const Entry = Type.Object(
  {
    id: Uuid,
    section: SectionName,
    item: Text,
    amountFen: Fen,
    occurredOn: Day,
    bookedOn: Day,
    note: nullable(Text),
    enteredAt: Time,
    enteredByName: Text,
    withdrawnAt: nullable(Time),
    withdrawnByName: nullable(Text),
    withdrawnReason: nullable(Text),
    fileIds: Type.Array(Uuid),
  },
  { title: 'AccountsEntry' },
);

const Standing = Type.Object({ commonFen: Fen, fundFen: Fen });
export const Figures = Type.Object(
  {
    opening: Standing,
    closing: Standing,
    sums: Type.Object({ common_income: Fen, common_expense: Fen, fund_in: Fen, fund_out: Fen }),
    lines: Type.Array(
      Type.Object({
        entryId: Uuid,
        section: SectionName,
        item: Text,
        amountFen: Fen,
        occurredOn: Day,
        note: nullable(Text),
        fileIds: Type.Array(Uuid),
      }),
    ),
    /** Of all its lines; these are a page of them. */
    lineCount: Count,
  },
  { title: 'AccountsFigures' },
);

const paper = {
  id: Uuid,
  scopeId: Uuid,
  scopeName: Text,
  companyName: nullable(Text),
  fromMonth: Day,
  toMonth: Day,
  version: Type.Integer(),
  latestVersion: Type.Integer(),
  reason: nullable(Text),
  publishedAt: Time,
  opening: Standing,
  closing: Standing,
  /** For staff: entries since then make other figures, and another version is due. */
  isOutdated: Type.Boolean(),
};
export const PublicationItem = Type.Object(paper, { title: 'PublishedAccountsItem' });
export const Publication = Type.Object(
  {
    ...paper,
    note: nullable(Text),
    publishedByName: Text,
    figures: Figures,
    /** Of its lines. */
    nextCursor: nullable(Text),
    blockNo: Count,
    head: nullable(Text),
    versions: Type.Array(
      Type.Object({ id: Uuid, version: Type.Integer(), reason: nullable(Text), publishedAt: Time }),
    ),
  },
  { title: 'PublishedAccounts' },
);

export const NewPublication = Type.Object(
  {
    scopeId: Uuid,
    fromMonth: Month,
    toMonth: Month,
    note: Type.Optional(Type.String({ maxLength: 600 })),
    reason: Type.Optional(Words(300)),
    expected: Type.Object({ lines: Count, commonFen: Fen, fundFen: Fen }, strict),
  },
  { ...strict, title: 'NewPublishedAccounts' },
);
