import { GATE_DIRECTIONS, PASS_KINDS, PASS_STATUSES } from '@gongzhi/gate';
import Type, { type Static } from 'typebox';
import { pageQuery } from '../../platform/http/pagination.ts';
import { ASKED_KINDS, ISSUED_KINDS, PASS_STATES, VEHICLE_KINDS } from './domain/issuing.ts';

const strict = { additionalProperties: false } as const;
const Uuid = Type.String({ format: 'uuid' });
const Time = Type.String({ format: 'date-time' });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Text = Type.String();
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });
const nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);
const oneOf = <const V extends string>(values: readonly V[]) => Type.Unsafe<V>(Type.Enum([...values]));

export const HoursOfWeek = Type.Object(
  {
    /** ISO weekdays: Monday is 1. */
    days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
      minItems: 1,
      maxItems: 7,
      uniqueItems: true,
    }),
    fromMinute: Type.Integer({ minimum: 0, maximum: 1_439 }),
    /** Exclusive. */
    toMinute: Type.Integer({ minimum: 1, maximum: 1_440 }),
  },
  strict,
);
const Hours = Type.Array(HoursOfWeek, { maxItems: 14 });

export const Pass = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    ref: Text,
    kind: oneOf(PASS_KINDS),
    vehicleKind: nullable(oneOf(VEHICLE_KINDS)),
    status: oneOf(PASS_STATUSES),
    state: oneOf(PASS_STATES),
    householdId: nullable(Uuid),
    householdLabel: nullable(Text),
    name: nullable(Text),
    phone: nullable(Text),
    plate: nullable(Text),
    hasCard: Type.Boolean(),
    hasPhone: Type.Boolean(),
    validFrom: Time,
    validTo: nullable(Time),
    hours: Type.Array(HoursOfWeek),
    entriesAllowed: nullable(Type.Integer()),
    entriesUsed: Type.Integer(),
    /** Of staff: lets in while the roster has them at work, and is a person's to hear otherwise. */
    onShiftOnly: Type.Boolean(),
    authority: nullable(Text),
    documentNo: nullable(Text),
    reason: nullable(Text),
    issuedByName: nullable(Text),
    issuedAt: Time,
    version: Type.Integer(),
  },
  { title: 'Pass' },
);

export const Own = Type.Object(
  {
    passes: Type.Array(Pass),
    /** By pass: which phone's key counts now; null: none was asked for yet. */
    keys: Type.Array(Type.Object({ passId: Uuid, mark: nullable(Text) })),
    counts: Type.Object({ visitors: Type.Integer(), parcels: Type.Integer(), slips: Type.Integer() }),
    rules: Type.Object({
      visitorHours: Type.Integer(),
      visitorEntries: Type.Integer(),
      slotMinutes: Type.Integer(),
      helperDays: Type.Integer(),
      aheadDays: Type.Integer(),
      goodsSlipHours: Type.Integer(),
    }),
    /** Where one may ask to be let in. */
    gates: Type.Array(Type.Object({ id: Uuid, name: Text, direction: oneOf(GATE_DIRECTIONS) })),
    timeZone: Text,
    /** The server's clock: a phone whose own is off is told so. */
    now: Time,
  },
  { title: 'OwnPassage' },
);

export const PhoneKey = Type.Object(
  {
    passId: Uuid,
    scopeId: Uuid,
    ref: Text,
    /** Base64 of 32 bytes: given once, and kept by the phone where it can't be read out. */
    secret: Text,
    digits: Text,
    mark: Text,
    timeZone: Text,
    version: Type.Integer(),
  },
  { title: 'PhoneKey' },
);

export const HomeBody = Type.Object({ scopeId: Uuid, householdId: Uuid }, strict);

export const NewInvitation = Type.Object(
  {
    scopeId: Uuid,
    householdId: Uuid,
    kind: oneOf(ASKED_KINDS),
    name: Words(40),
    phone: Type.Optional(Type.String({ maxLength: 20 })),
    plate: Type.Optional(Type.String({ maxLength: 16 })),
    validFrom: Time,
    validTo: Type.Optional(Time),
    entries: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    hours: Type.Optional(Hours),
    /** Of a child: it passes with whoever asks, until it is fourteen. */
    bornOn: Type.Optional(Day),
  },
  { ...strict, title: 'NewInvitation' },
);

export const Invitation = Type.Object(
  {
    pass: Pass,
    /** What the guest shows; null where a card or a name is enough, or where it holds no longer. */
    code: nullable(Text),
    digits: nullable(Text),
  },
  { title: 'Invitation' },
);

export const Visit = Type.Object(
  {
    passageId: Uuid,
    passId: Uuid,
    kind: oneOf(PASS_KINDS),
    name: nullable(Text),
    gateName: nullable(Text),
    direction: oneOf(['in', 'out'] as const),
    at: Time,
  },
  { title: 'Visit' },
);

export const NewPassBody = Type.Object(
  {
    scopeId: Uuid,
    kind: oneOf(ISSUED_KINDS),
    householdId: Type.Optional(Uuid),
    /** Of the register: whose card it is, or whose child. */
    personId: Type.Optional(Uuid),
    name: Type.Optional(Words(40)),
    phone: Type.Optional(Type.String({ maxLength: 20 })),
    plate: Type.Optional(Type.String({ maxLength: 16 })),
    vehicleKind: Type.Optional(oneOf(VEHICLE_KINDS)),
    /** What is printed on a card. */
    card: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z-]{4,32}$' })),
    buildingIds: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: 50, uniqueItems: true })),
    validFrom: Time,
    validTo: Type.Optional(Time),
    hours: Type.Optional(Hours),
    entries: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
    /** Of staff: who it is, by the account they work with; then it may be bound to the roster. */
    accountId: Type.Optional(Uuid),
    onShiftOnly: Type.Optional(Type.Boolean()),
    permitNumber: Type.Optional(Words(60)),
    /** The contractor's firm, or who asked for it. */
    authority: Type.Optional(Words(60)),
    bornOn: Type.Optional(Day),
  },
  { ...strict, title: 'NewPass' },
);

export const PassesQuery = Type.Object(
  {
    ...pageQuery,
    scopeId: Uuid,
    kind: Type.Optional(oneOf(PASS_KINDS)),
    vehicleKind: Type.Optional(oneOf(VEHICLE_KINDS)),
    status: Type.Optional(oneOf(PASS_STATUSES)),
    isLive: Type.Optional(Type.Boolean()),
    isWithoutPhone: Type.Optional(Type.Boolean()),
    /** A home, a plate, six digits or a card; by the last four of a phone it is searchPasses that finds. */
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  },
  strict,
);

/** Why four digits are tried at the desk: kept with who tried. */
export const DESK_PURPOSES = ['caller', 'parcel', 'visitor_at_gate', 'correct_record'] as const;
export const PassSearch = Type.Object(
  {
    scopeId: Uuid,
    digits: Type.String({ pattern: '^[0-9]{4}$' }),
    purpose: oneOf(DESK_PURPOSES),
  },
  strict,
);
export type PassSearchBody = Static<typeof PassSearch>;
export const PassSearchAnswer = Type.Object({ items: Type.Array(Pass) }, { title: 'FoundPasses' });

const version = { expectedVersion: Type.Integer({ minimum: 1 }) };
export const PassCommand = Type.Union([
  Type.Object({ action: Type.Literal('suspend'), ...version, reason: Words(200) }, strict),
  Type.Object({ action: Type.Literal('resume'), ...version }, strict),
  Type.Object({ action: Type.Literal('revoke'), ...version, reason: Words(200) }, strict),
]);

export const CarPark = Type.Object(
  {
    scopeId: Uuid,
    spaces: nullable(Type.Integer()),
    monthlyFeeFen: Type.Integer(),
    held: Type.Integer(),
    free: nullable(Type.Integer()),
    version: Type.Integer(),
  },
  { title: 'CarPark' },
);
export const CarParkBody = Type.Object(
  {
    scopeId: Uuid,
    spaces: nullable(Type.Integer({ minimum: 0, maximum: 100_000 })),
    monthlyFeeFen: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
    expectedVersion: Type.Integer({ minimum: 0 }),
  },
  strict,
);

export type NewInvitationBody = Type.Static<typeof NewInvitation>;
export type NewPassInput = Type.Static<typeof NewPassBody>;
export type PassCommandBody = Type.Static<typeof PassCommand>;
export type CarParkInput = Type.Static<typeof CarParkBody>;
