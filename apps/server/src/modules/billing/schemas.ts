import Type from 'typebox';
import { METERS, PAYERS, RUN_STATES } from './domain.ts';

export const strict = { additionalProperties: false } as const;
export const Uuid = Type.String({ format: 'uuid' });
export const Time = Type.String({ format: 'date-time' });
export const Day = Type.String({ format: 'date' });
export const Text = Type.String();
export const nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);
export const words = (most: number, least = 1) =>
  Type.String({ minLength: least, maxLength: most, pattern: '\\S' });
export const oneOf = <const T extends readonly string[]>(names: T) =>
  Type.Unsafe<T[number]>(Type.Enum([...names]));

/** Whole fen. */
export const Fen = Type.Integer({ minimum: -1_000_000_000_000, maximum: 1_000_000_000_000 });
export const Paid = Type.Integer({ minimum: 0, maximum: 1_000_000_000_00 });
export const Above = Type.Integer({ minimum: 1, maximum: 1_000_000_000_00 });
/** Ten-thousandths of a yuan, up to a hundred thousand yuan. */
const RateE4 = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });
const Bp = Type.Integer({ minimum: 0, maximum: 10_000 });
export const Item = Type.String({ pattern: '^[a-z][a-z0-9_]{1,38}$' });
const Meter = oneOf(METERS);
export const PayerName = oneOf(PAYERS);

export const ScopeQuery = Type.Object({ scopeId: Uuid }, strict);
export const IdParams = Type.Object({ id: Uuid }, strict);

const RuleBody = Type.Union([
  Type.Object({ kind: Type.Literal('area'), rateE4: RateE4 }, strict),
  Type.Object({ kind: Type.Literal('fixed'), amountFen: Above }, strict),
  Type.Object({ kind: Type.Literal('metered'), meter: Meter, rateE4: RateE4 }, strict),
  Type.Object(
    {
      kind: Type.Literal('tiered'),
      meter: Meter,
      steps: Type.Array(
        Type.Object(
          {
            upToMilli: nullable(Type.Integer({ minimum: 1, maximum: 1_000_000_000_000 })),
            rateE4: RateE4,
          },
          strict,
        ),
        { minItems: 1, maxItems: 8 },
      ),
    },
    strict,
  ),
  Type.Object({ kind: Type.Literal('shared'), by: oneOf(['area', 'household']) }, strict),
  Type.Object({ kind: Type.Literal('parking'), amountFen: Above }, strict),
  Type.Object({ kind: Type.Literal('rent') }, strict),
  Type.Object({ kind: Type.Literal('deposit'), amountFen: Above }, strict),
  Type.Object(
    {
      kind: Type.Literal('heating'),
      rateE4: RateE4,
      month: Type.Integer({ minimum: 1, maximum: 12 }),
      cold: Type.Array(
        Type.Object({ belowTenths: Type.Integer({ minimum: 0, maximum: 300 }), shareBp: Bp }, strict),
        { maxItems: 6 },
      ),
    },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('formula'),
      expression: Type.String({ minLength: 1, maxLength: 300 }),
      meter: Type.Optional(Meter),
    },
    strict,
  ),
  Type.Object({ kind: Type.Literal('none') }, strict),
]);

const TermsBody = Type.Object(
  {
    dueDays: Type.Integer({ minimum: 0, maximum: 365 }),
    vacantBp: Type.Optional(Bp),
    early: Type.Optional(
      Type.Object(
        {
          withinDays: Type.Integer({ minimum: 0, maximum: 365 }),
          shareBp: Type.Integer({ minimum: 1, maximum: 5_000 }),
        },
        strict,
      ),
    ),
    surcharge: Type.Optional(
      Type.Object(
        {
          perDayE5: Type.Integer({ minimum: 1, maximum: 300 }),
          graceDays: Type.Integer({ minimum: 0, maximum: 365 }),
          capBp: Type.Integer({ minimum: 1, maximum: 10_000 }),
        },
        strict,
      ),
    ),
  },
  strict,
);

export const NewTariff = Type.Object(
  {
    scopeId: Uuid,
    item: Item,
    name: words(40),
    rule: RuleBody,
    terms: TermsBody,
    /** The first of a month: a price that changes in its middle is two months'. */
    validFrom: Day,
    validTo: Type.Optional(Day),
    /** The contract, the decision of the owners' assembly, the document of the price bureau. */
    source: words(300),
    /** What was the newest version when the page was opened; nobody else's is overwritten unseen. */
    replaces: nullable(Uuid),
  },
  { ...strict, title: 'NewTariff' },
);
export type NewTariffBody = Type.Static<typeof NewTariff>;

export const TariffPreview = Type.Object(
  {
    scopeId: Uuid,
    item: Item,
    name: words(40),
    rule: RuleBody,
    terms: TermsBody,
    householdId: Type.Optional(Uuid),
    /** As if a meter had counted this. */
    usedMilli: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })),
    usedBeforeMilli: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })),
    period: Day,
  },
  { ...strict, title: 'TariffPreview' },
);
export type TariffPreviewBody = Type.Static<typeof TariffPreview>;

export const Tariff = Type.Object(
  {
    id: Uuid,
    item: Text,
    name: Text,
    rule: RuleBody,
    terms: TermsBody,
    validFrom: Text,
    validTo: nullable(Text),
    source: Text,
    createdAt: Time,
    createdByName: Text,
    isCurrent: Type.Boolean(),
  },
  { title: 'Tariff' },
);

const Reading = Type.Object({
  meterId: Text,
  fromMilli: Type.Integer(),
  toMilli: Type.Integer(),
  fromOn: Text,
  toOn: Text,
  usedMilli: Type.Optional(Type.Integer()),
  serial: Type.Optional(Text),
  fromId: Type.Optional(Text),
  toId: Type.Optional(Text),
});

/** What explains a line; what is there depends on its kind. */
export const Basis = Type.Object(
  {
    kind: Text,
    areaHundredths: Type.Optional(Type.Integer()),
    rateE4: Type.Optional(Type.Integer()),
    unitFen: Type.Optional(Type.Integer()),
    spaces: Type.Optional(Type.Integer()),
    label: Type.Optional(Text),
    days: Type.Optional(Type.Integer()),
    ofDays: Type.Optional(Type.Integer()),
    meter: Type.Optional(Meter),
    readings: Type.Optional(Type.Array(Reading)),
    usedMilli: Type.Optional(Type.Integer()),
    usedBeforeMilli: Type.Optional(Type.Integer()),
    steps: Type.Optional(
      Type.Array(Type.Object({ usedMilli: Type.Integer(), rateE4: Type.Integer(), amountFen: Fen })),
    ),
    totalFen: Type.Optional(Fen),
    by: Type.Optional(Text),
    weight: Type.Optional(Type.Integer()),
    ofWeight: Type.Optional(Type.Integer()),
    homes: Type.Optional(Type.Integer()),
    expression: Type.Optional(Text),
    inputs: Type.Optional(Type.Record(Type.String(), Text)),
    season: Type.Optional(Text),
    coldestTenths: Type.Optional(Type.Integer()),
    shareBp: Type.Optional(Type.Integer()),
    vacantDays: Type.Optional(Type.Integer()),
    vacantBp: Type.Optional(Type.Integer()),
    lateDays: Type.Optional(Type.Integer()),
    perDayE5: Type.Optional(Type.Integer()),
    isCapped: Type.Optional(Type.Boolean()),
    ofLineId: Type.Optional(Text),
    orderId: Type.Optional(Text),
    orderNumber: Type.Optional(Text),
    serial: Type.Optional(Text),
    plate: Type.Optional(Text),
    months: Type.Optional(Type.Integer()),
    partBp: Type.Optional(Type.Integer()),
  },
  { title: 'BillBasis' },
);

export const BillLine = Type.Object(
  {
    lineId: Uuid,
    billId: Uuid,
    period: Text,
    payer: PayerName,
    item: Text,
    name: Text,
    amountFen: Fen,
    discountFen: Fen,
    settledFen: Fen,
    openFen: Fen,
    /** What closes it today. */
    dueFen: Fen,
    earlyUntil: nullable(Text),
    earlyFen: Fen,
    basis: Basis,
    tariffId: nullable(Uuid),
    tariffSource: nullable(Text),
    serviceFrom: Text,
    serviceTo: Text,
    issuedOn: Text,
    dueOn: Text,
    isLate: Type.Boolean(),
    /** After this day a court need no longer help to collect it, if the debtor says so. */
    limitationOn: nullable(Text),
    isVoided: Type.Boolean(),
    voidReason: nullable(Text),
    corrects: nullable(Uuid),
  },
  { title: 'BillLine' },
);

export const NewRun = Type.Object({ scopeId: Uuid, period: Day }, { ...strict, title: 'NewBillRun' });
export const RunAct = Type.Object(
  {
    action: oneOf(['approve', 'cancel']),
    expectedVersion: Type.Integer({ minimum: 1 }),
    reason: Type.Optional(words(300)),
  },
  { ...strict, title: 'BillRunCommand' },
);

export const Run = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    period: Text,
    issueOn: Text,
    state: oneOf(RUN_STATES),
    askedByName: Text,
    isAskedByMe: Type.Boolean(),
    askedAt: Time,
    calculatedAt: nullable(Time),
    decidedByName: nullable(Text),
    decidedAt: nullable(Time),
    reason: nullable(Text),
    households: Type.Integer(),
    lines: Type.Integer(),
    totalFen: Fen,
    lastTotalFen: Fen,
    exceptions: Type.Integer(),
    postedLines: Type.Integer(),
    postedFen: Fen,
    postedAt: nullable(Time),
    version: Type.Integer(),
  },
  { title: 'BillRun' },
);

export const RunItem = Type.Object(
  {
    item: Text,
    name: Text,
    lines: Type.Integer(),
    households: Type.Integer(),
    fen: Fen,
    discountFen: Fen,
    lastFen: Fen,
  },
  { title: 'BillRunItem' },
);
export const RunHome = Type.Object(
  {
    householdId: Uuid,
    householdLabel: Text,
    fen: Fen,
    lastFen: Fen,
    lines: Type.Integer(),
  },
  { title: 'BillRunHome' },
);
export const RunException = Type.Object(
  {
    id: Uuid,
    householdId: nullable(Uuid),
    householdLabel: nullable(Text),
    item: nullable(Text),
    code: Text,
    params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
    isLeftOut: Type.Boolean(),
  },
  { title: 'BillRunException' },
);
