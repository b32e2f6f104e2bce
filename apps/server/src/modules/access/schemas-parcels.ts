import Type from 'typebox';
import { pageQuery } from '../../platform/http/pagination.ts';
import { PARCEL_ACTIONS, PARCEL_STATES, SLIP_STATES } from './domain/parcels.ts';

const strict = { additionalProperties: false } as const;
const Uuid = Type.String({ format: 'uuid' });
const Time = Type.String({ format: 'date-time' });
const Text = Type.String();
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });
const nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);
const oneOf = <const V extends string>(values: readonly V[]) => Type.Unsafe<V>(Type.Enum([...values]));

export const ParcelsQuery = Type.Object(
  {
    ...pageQuery,
    scopeId: Uuid,
    state: Type.Optional(oneOf(PARCEL_STATES)),
    /** What the household shows: six digits. */
    code: Type.Optional(Type.String({ pattern: '^\\d{6}$' })),
  },
  strict,
);

export const Parcel = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    householdId: Uuid,
    householdLabel: Text,
    carrier: Text,
    tail: nullable(Text),
    shelf: Text,
    /** Told to the household and to nobody else. */
    code: nullable(Text),
    state: oneOf(PARCEL_STATES),
    arrivedAt: Time,
    waitedDays: Type.Integer(),
    endedAt: nullable(Time),
    endedByName: nullable(Text),
    version: Type.Integer(),
  },
  { title: 'Parcel' },
);

export const NewParcel = Type.Object(
  {
    scopeId: Uuid,
    householdId: Type.Optional(Uuid),
    /** Building, unit and room as they stand on the parcel, for whoever reads no list of homes. */
    home: Type.Optional(Words(40)),
    carrier: Words(20),
    tail: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z]{2,8}$' })),
    shelf: Words(20),
  },
  { ...strict, title: 'NewParcel' },
);

export const ParcelAct = Type.Object(
  {
    action: oneOf(PARCEL_ACTIONS),
    expectedVersion: Type.Integer({ minimum: 1 }),
    code: Type.Optional(Type.String({ pattern: '^\\d{6}$' })),
  },
  strict,
);

export const SlipsQuery = Type.Object(
  {
    ...pageQuery,
    scopeId: Uuid,
    /** Those that wait to be looked at, or were held back, and have not run out. */
    isOpen: Type.Optional(Type.Boolean()),
    code: Type.Optional(Type.String({ pattern: '^\\d{6}$' })),
  },
  strict,
);

const Item = Type.Object({ what: Words(40), count: Type.Integer({ minimum: 1, maximum: 999 }) }, strict);

export const GoodsSlip = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    householdId: Uuid,
    householdLabel: Text,
    code: Text,
    items: Type.Array(Item),
    carriedBy: nullable(Text),
    plate: nullable(Text),
    validFrom: Time,
    validTo: Time,
    state: oneOf(SLIP_STATES),
    askedByName: Text,
    checkedAt: nullable(Time),
    checkedByName: nullable(Text),
    checkNote: nullable(Text),
    version: Type.Integer(),
  },
  { title: 'GoodsSlip' },
);

export const NewGoodsSlip = Type.Object(
  {
    scopeId: Uuid,
    householdId: Uuid,
    items: Type.Array(Item, { minItems: 1, maxItems: 20 }),
    carriedBy: Type.Optional(Type.String({ maxLength: 40 })),
    plate: Type.Optional(Type.String({ maxLength: 16 })),
    validFrom: Time,
    validTo: Time,
  },
  { ...strict, title: 'NewGoodsSlip' },
);

export const SlipAct = Type.Union([
  Type.Object({ action: Type.Literal('pass'), expectedVersion: Type.Integer({ minimum: 1 }) }, strict),
  Type.Object(
    { action: Type.Literal('hold'), expectedVersion: Type.Integer({ minimum: 1 }), note: Words(200) },
    strict,
  ),
]);

export const Cancel = Type.Object({ expectedVersion: Type.Integer({ minimum: 1 }) }, strict);

export const IdPath = Type.Object({ id: Uuid }, strict);
export const ScopeOnly = Type.Object({ scopeId: Uuid }, strict);

export type ParcelsQuery = Type.Static<typeof ParcelsQuery>;
export type NewParcelBody = Type.Static<typeof NewParcel>;
export type ParcelActBody = Type.Static<typeof ParcelAct>;
export type SlipsQuery = Type.Static<typeof SlipsQuery>;
export type NewGoodsSlipBody = Type.Static<typeof NewGoodsSlip>;
export type SlipActBody = Type.Static<typeof SlipAct>;
