import Type from 'typebox';
import { Day, Fen, Item, nullable, PayerName, strict, Text, Time, Uuid } from './schemas.ts';

const words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });
const Above = Type.Integer({ minimum: 1, maximum: 1_000_000_000_00 });
const oneOf = <const T extends readonly string[]>(names: T) => Type.Unsafe<T[number]>(Type.Enum([...names]));

export const NewAgreement = Type.Object(
  {
    scopeId: Uuid,
    householdId: Uuid,
    kind: oneOf(['parking', 'rent', 'deposit', 'vacancy']),
    item: Type.Optional(Item),
    spaces: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
    label: Type.Optional(words(40)),
    depositFen: Type.Optional(Above),
    rent: Type.Optional(
      Type.Object(
        {
          monthlyFen: Above,
          rises: Type.Array(
            Type.Object(
              {
                from: Day,
                addFen: Type.Optional(Above),
                addBp: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
              },
              strict,
            ),
            { maxItems: 30 },
          ),
        },
        strict,
      ),
    ),
    startsOn: Day,
    /** The first day on which it no longer holds. */
    endsOn: Type.Optional(Day),
    source: words(300),
  },
  { ...strict, title: 'NewBillingAgreement' },
);
export type NewAgreementBody = Type.Static<typeof NewAgreement>;

export const EndAgreement = Type.Object(
  { endsOn: Day, expectedVersion: Type.Integer({ minimum: 1 }) },
  { ...strict, title: 'EndBillingAgreement' },
);

export const AgreementView = Type.Object(
  {
    id: Uuid,
    householdId: Uuid,
    householdLabel: Text,
    kind: Text,
    item: nullable(Text),
    params: Type.Object({
      spaces: Type.Optional(Type.Integer()),
      label: Type.Optional(Text),
      depositFen: Type.Optional(Fen),
      rent: Type.Optional(
        Type.Object({
          monthlyFen: Fen,
          rises: Type.Array(
            Type.Object({ from: Text, addFen: Type.Optional(Fen), addBp: Type.Optional(Type.Integer()) }),
          ),
        }),
      ),
    }),
    startsOn: Text,
    endsOn: nullable(Text),
    source: Text,
    createdByName: Text,
    version: Type.Integer(),
  },
  { title: 'BillingAgreement' },
);

export const NewPayer = Type.Object(
  {
    scopeId: Uuid,
    householdId: Type.Optional(Uuid),
    buildingId: Type.Optional(Uuid),
    item: Type.Optional(Item),
    payer: PayerName,
    /** An organisation of the city; an owner or tenant is the household itself. */
    partyId: Type.Optional(Uuid),
    shareBp: Type.Integer({ minimum: 1, maximum: 10_000 }),
    startsOn: Day,
    endsOn: Type.Optional(Day),
    /** Of a developer: the day the home was handed over; he pays that month whole. */
    deliveredOn: Type.Optional(Day),
    source: words(300),
  },
  { ...strict, title: 'NewBillPayer' },
);
export type NewPayerBody = Type.Static<typeof NewPayer>;

export const PayerView = Type.Object(
  {
    id: Uuid,
    householdId: nullable(Uuid),
    householdLabel: nullable(Text),
    buildingId: nullable(Uuid),
    buildingName: nullable(Text),
    item: nullable(Text),
    payer: PayerName,
    partyName: nullable(Text),
    shareBp: Type.Integer(),
    startsOn: Text,
    endsOn: nullable(Text),
    source: Text,
    createdByName: Text,
    version: Type.Integer(),
  },
  { title: 'BillPayer' },
);

export const NewCost = Type.Object(
  {
    scopeId: Uuid,
    item: Item,
    period: Day,
    buildingId: Type.Optional(Uuid),
    /** Below nothing takes back what was entered too high. */
    totalFen: Fen,
    source: words(300),
  },
  { ...strict, title: 'NewSharedCost' },
);
export type NewCostBody = Type.Static<typeof NewCost>;
export const CostView = Type.Object(
  {
    id: Uuid,
    item: Text,
    period: Text,
    buildingId: nullable(Uuid),
    totalFen: Fen,
    source: Text,
    createdAt: Time,
    createdByName: Text,
  },
  { title: 'SharedCost' },
);
