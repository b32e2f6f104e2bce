import Type from 'typebox';
import { pageQuery } from '../../platform/http/pagination.ts';
import { CHANNELS, PROVIDERS } from '../../platform/pay/provider.ts';
import { METER_KINDS } from '../metering/index.ts';
import { PAYMENT_STATES, REFUND_REASONS, REFUND_STATES, STEP_SOURCES, TARGET_KINDS, WAYS } from './domain.ts';

export const strict = { additionalProperties: false } as const;
export const Uuid = Type.String({ format: 'uuid' });
export const Time = Type.String({ format: 'date-time' });
export const Day = Type.String({ format: 'date' });
export const Text = Type.String();
export const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });
export const nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);
export const oneOf = <const V extends string>(values: readonly V[]) => Type.Unsafe<V>(Type.Enum([...values]));
/** Whole fen; a hundred million yuan is more than anything here. */
export const Fen = Type.Integer({ minimum: 1, maximum: 10_000_000_000 });
export const Version = Type.Integer({ minimum: 1 });

export const IdPath = Type.Object({ id: Uuid }, strict);
export const ScopeOnly = Type.Object({ scopeId: Uuid }, strict);

const Target = Type.Object(
  {
    position: Type.Integer(),
    kind: oneOf(TARGET_KINDS),
    targetId: nullable(Uuid),
    label: Text,
    amountFen: Type.Integer(),
    settledFen: Type.Integer(),
    balanceFen: Type.Integer({ description: 'What no longer fitted and became the household’s balance' }),
    refundedFen: Type.Integer(),
  },
  { title: 'PaymentTarget' },
);

const payment = {
  id: Uuid,
  scopeId: Uuid,
  householdId: nullable(Uuid),
  partyId: nullable(Uuid),
  householdLabel: Type.String({ description: 'What the home is called, or the organisation that paid' }),
  payerName: Text,
  way: oneOf(WAYS),
  amountFen: Type.Integer(),
  refundedFen: Type.Integer({ description: 'Given back, or on its way back' }),
  state: oneOf(PAYMENT_STATES),
  receiptNo: nullable(Text),
  transactionId: nullable(Text),
  toldFen: nullable(
    Type.Integer({ description: 'What the provider says, where it is not what was ordered' }),
  ),
  toldCurrency: nullable(Text),
  createdAt: Time,
  expiresAt: nullable(Time),
  paidAt: nullable(Time),
  targets: Type.Array(Target),
  version: Type.Integer(),
};

export const Payment = Type.Object(payment, { title: 'Payment' });

export const Refund = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    paymentId: Uuid,
    householdId: nullable(Uuid),
    partyId: nullable(Uuid),
    householdLabel: Text,
    way: oneOf(WAYS),
    amountFen: Type.Integer(),
    reason: oneOf(REFUND_REASONS),
    note: nullable(Text),
    state: oneOf(REFUND_STATES),
    askedByName: Text,
    askedAt: Time,
    isOwn: Type.Boolean({ description: 'Asked for by who reads this: another decides' }),
    decidedByName: nullable(Text),
    decidedAt: nullable(Time),
    doneAt: nullable(Time),
    fault: nullable(Text),
    version: Type.Integer(),
  },
  { title: 'Refund' },
);

export const Invoice = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    householdId: Uuid,
    householdLabel: Text,
    paymentId: Uuid,
    amountFen: Type.Integer(),
    title: Text,
    taxNo: nullable(Text),
    mail: nullable(Text),
    state: oneOf(['asked', 'issued', 'refused']),
    askedAt: Time,
    invoiceNo: nullable(Text),
    link: nullable(Text),
    refusal: nullable(Text),
    answeredByName: nullable(Text),
    answeredAt: nullable(Time),
    version: Type.Integer(),
  },
  { title: 'InvoiceRequest' },
);

export const PaymentDetail = Type.Object(
  {
    ...payment,
    steps: Type.Array(
      Type.Object({ state: Text, source: oneOf(STEP_SOURCES), byName: nullable(Text), at: Time }),
    ),
    refunds: Type.Array(Refund),
    invoice: nullable(Invoice),
    topUps: Type.Array(
      Type.Object({
        position: Type.Integer(),
        meterId: Uuid,
        state: oneOf(['waiting', 'sent', 'confirmed', 'failed', 'returned', 'carried']),
      }),
      { description: 'Whether what was bought for a meter is on it' },
    ),
    isSimulated: Type.Boolean({ description: 'A demonstration: no money moves' }),
  },
  { title: 'PaymentDetail' },
);

export const Offer = Type.Object(
  {
    householdLabel: Text,
    lines: Type.Array(
      Type.Object({
        lineId: Uuid,
        name: Text,
        item: Text,
        period: Day,
        dueOn: Day,
        openFen: Type.Integer(),
        dueFen: Type.Integer({ description: 'What closes it today' }),
        earlyUntil: nullable(Day),
        isElsewhere: Type.Boolean({
          description: 'A claim of a company that served here before: not paid here',
        }),
      }),
    ),
    meters: Type.Array(
      Type.Object({
        meterId: Uuid,
        serial: Text,
        kind: oneOf(METER_KINDS),
        mostFen: nullable(
          Type.Integer({ description: 'How much more it may hold; null: as much as one likes' }),
        ),
      }),
      { description: 'Meters of the home that are paid ahead' },
    ),
    balanceFen: Type.Integer(),
    deducts: Type.Boolean({ description: 'What is due goes off the balance by itself' }),
    ways: Type.Array(oneOf(PROVIDERS)),
    isSimulated: Type.Boolean(),
    mostPrepaidFen: Type.Integer(),
    underWay: nullable(Payment),
    companyName: nullable(Text),
  },
  { title: 'PaymentOffer' },
);

export const HomeQuery = Type.Object({ scopeId: Uuid, householdId: Uuid }, strict);

export const PaymentsQuery = Type.Object(
  {
    ...pageQuery,
    scopeId: Uuid,
    householdId: Type.Optional(Uuid),
    state: Type.Optional(oneOf([...PAYMENT_STATES, 'waiting'])),
    way: Type.Optional(oneOf(WAYS)),
    sessionId: Type.Optional(Uuid),
  },
  strict,
);

export const AskedTargets = Type.Array(
  Type.Object(
    { kind: oneOf(['bill_line', 'prepay', 'meter_topup']), id: Type.Optional(Uuid), amountFen: Fen },
    strict,
  ),
  { minItems: 1, maxItems: 200 },
);

export const NewPayment = Type.Object(
  {
    scopeId: Uuid,
    householdId: Uuid,
    way: oneOf(PROVIDERS),
    /** Only yuan: said by name, so that another is refused by name. */
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    targets: AskedTargets,
  },
  { ...strict, title: 'NewPayment' },
);

export const OrderBody = Type.Object(
  {
    /** `jsapi`: inside WeChat, by the open id that the account has bound; nobody says who they are there. */
    channel: oneOf(CHANNELS),
  },
  strict,
);

export const Ordered = Type.Object(
  {
    payment: Payment,
    next: nullable(
      Type.Union([
        Type.Object({ kind: Type.Literal('redirect'), url: Text }),
        Type.Object({ kind: Type.Literal('code'), code: Text }),
        Type.Object({ kind: Type.Literal('wechat'), parameters: Type.Record(Type.String(), Type.String()) }),
      ]),
    ),
  },
  { title: 'PaymentOrdered' },
);

export const DeductionBody = Type.Object({ scopeId: Uuid, householdId: Uuid, isOn: Type.Boolean() }, strict);
export const ReceiptQuery = Type.Object(
  { scopeId: Uuid, locale: Type.Optional(oneOf(['zh-CN', 'en'])) },
  strict,
);

export const NewInvoice = Type.Object(
  {
    paymentId: Uuid,
    title: Words(100),
    taxNo: Type.Optional(Type.String({ pattern: '^[0-9A-Z]{15,20}$' })),
    mail: Type.Optional(Type.String({ format: 'email', maxLength: 200 })),
  },
  { ...strict, title: 'NewInvoiceRequest' },
);

export const InvoiceAnswerBody = Type.Union([
  Type.Object(
    {
      action: Type.Literal('issue'),
      invoiceNo: Type.String({ pattern: '^[0-9A-Za-z-]{6,40}$' }),
      link: Type.Optional(Type.String({ pattern: '^https://', maxLength: 500 })),
      expectedVersion: Version,
    },
    strict,
  ),
  Type.Object({ action: Type.Literal('refuse'), reason: Words(200), expectedVersion: Version }, strict),
]);

export const NewRefund = Type.Object(
  {
    paymentId: Uuid,
    parts: Type.Array(
      Type.Object({ position: Type.Integer({ minimum: 0, maximum: 199 }), amountFen: Fen }, strict),
      {
        minItems: 1,
        maxItems: 200,
      },
    ),
    reason: oneOf(REFUND_REASONS),
    note: Type.Optional(Type.String({ maxLength: 300 })),
  },
  { ...strict, title: 'NewRefund' },
);

export const RefundAct = Type.Union([
  Type.Object({ action: oneOf(['approve', 'decline']), expectedVersion: Version }, strict),
]);

export const HandOut = Type.Object({ sessionId: Type.Optional(Uuid) }, strict);
export const StateQuery = Type.Object(
  { ...pageQuery, scopeId: Uuid, isOpen: Type.Optional(Type.Boolean()) },
  strict,
);
