import Type from 'typebox';
import { pageOf, pageQuery } from '../../platform/http/pagination.ts';
import { RELATIONS, SCOPE_KINDS } from './domain.ts';

export const Uuid = Type.String({ format: 'uuid' });
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
const strict = { additionalProperties: false };
const Count = Type.Integer({ minimum: 0 });
const Text = Type.String();
/** PostgreSQL knows no text with a zero character. */
const Words = Type.String({ minLength: 1, maxLength: 60, pattern: '^[^\\u0000]*$' });
const Search = Type.Optional(Words);

export const ScopeKindWord = oneOf(SCOPE_KINDS);

/** A label or null: what the wall hides is null, too. */
const MaybeText = nullable(Text);
const Area = Type.String({ pattern: '^\\d+\\.\\d{2}$', description: 'Square metres with two decimals' });

export const ScopeItem = Type.Object({
  id: Uuid,
  kind: ScopeKindWord,
  name: Text,
  communityName: MaybeText,
  companyName: MaybeText,
  householdCount: Type.Union([Count, Type.Null()], { description: 'Compounds only; null for residents' }),
});

const NamedPlace = nullable(Type.Object({ id: Uuid, name: Text }));

export const ScopeDetail = Type.Object({
  id: Uuid,
  kind: ScopeKindWord,
  name: Text,
  code: MaybeText,
  address: MaybeText,
  builtYear: nullable(Type.Integer()),
  city: NamedPlace,
  street: NamedPlace,
  community: NamedPlace,
  company: NamedPlace,
  department: NamedPlace,
  counts: Type.Object({
    buildings: Count,
    units: Count,
    households: Type.Union([Count, Type.Null()], { description: 'Null for residents' }),
    facilities: Count,
    grids: Count,
    compounds: Count,
  }),
});

export const BuildingItem = Type.Object({
  id: Uuid,
  name: Text,
  floors: Type.Integer(),
  units: Type.Array(
    Type.Object({
      id: Uuid,
      name: Text,
      householdCount: Type.Union([Count, Type.Null()], { description: 'Null for residents' }),
    }),
  ),
});

const householdFields = {
  id: Uuid,
  label: Text,
  buildingId: Uuid,
  buildingName: Text,
  unitName: Text,
  roomNo: Text,
  floor: Type.Integer(),
  areaM2: Area,
};
export const HouseholdItem = Type.Object(householdFields);

const Day = Type.String({ format: 'date' });
const Tie = Type.Object(
  {
    id: Uuid,
    occupancyId: Uuid,
    nameMasked: Type.String({ description: 'Empty when the person was erased' }),
    phoneMasked: MaybeText,
    hasAccount: Type.Boolean(),
    isErased: Type.Boolean(),
    relation: oneOf(RELATIONS),
    since: Day,
    until: Type.Union([Day, Type.Null()], { description: 'The first day on which it no longer holds' }),
  },
  { title: 'Tie' },
);

export const HouseholdDetail = Type.Object({
  ...householdFields,
  scopeId: Uuid,
  scopeName: Text,
  version: Type.Integer(),
  people: Type.Array(Tie),
  coming: Type.Array(Tie),
  former: Type.Array(Tie),
  grid: nullable(
    Type.Object({ id: Uuid, code: Text, name: Text, socialWorkerName: MaybeText, stewardName: MaybeText }),
  ),
});

export const FacilityItem = Type.Object({ id: Uuid, kind: Text, label: Text, buildingId: nullable(Uuid) });

export const StaffItem = Type.Object({
  staffId: Uuid,
  accountId: Uuid,
  displayName: Text,
  title: Text,
  role: Text,
  skills: Type.Array(Text),
});

export const ScopeParams = Type.Object({ scopeId: Uuid }, strict);
export const HouseholdParams = Type.Object({ householdId: Uuid }, strict);
export const HouseholdQuery = Type.Object({ scopeId: Uuid }, strict);
export const ScopesQuery = Type.Object(
  { ...pageQuery, kind: Type.Optional(ScopeKindWord), q: Search },
  strict,
);
export const HouseholdsQuery = Type.Object(
  { ...pageQuery, q: Search, buildingId: Type.Optional(Uuid) },
  strict,
);
export const FacilitiesQuery = Type.Object(
  { ...pageQuery, q: Search, buildingId: Type.Optional(Uuid), id: Type.Optional(Uuid) },
  strict,
);
export const StaffQuery = Type.Object({ skill: Search }, strict);
export const ScopePage = pageOf(ScopeItem);
export const BuildingPage = pageOf(BuildingItem);
export const HouseholdPage = pageOf(HouseholdItem);
export const FacilityPage = pageOf(FacilityItem);
export const StaffPage = pageOf(StaffItem);
