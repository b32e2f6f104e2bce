import Type from 'typebox';
import { pageOf } from '../../platform/http/pagination.ts';
import { GRID_HALVES } from './domain-staff.ts';
import { Uuid } from './schemas.ts';

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const strict = { additionalProperties: false };
const Count = Type.Integer({ minimum: 0 });
const Text = Type.String();
/** PostgreSQL knows no text with a zero character. */
export const Line = (most: number) =>
  Type.String({ minLength: 1, maxLength: most, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' });
export const Day = Type.String({ format: 'date' });
export const Version = Type.Integer({ minimum: 1 });
const half = Type.Unsafe<(typeof GRID_HALVES)[number]>({ type: 'string', enum: [...GRID_HALVES] });

export const GridItem = Type.Object({
  id: Uuid,
  code: Text,
  name: Text,
  householdCount: Count,
  size: Type.Unsafe<'small' | 'fit' | 'large'>({
    type: 'string',
    enum: ['small', 'fit', 'large'],
    description: 'Against the 300 to 500 households of GB/T 34300-2017',
  }),
  socialWorkerAccountId: nullable(Uuid),
  socialWorkerName: nullable(Text),
  stewardAccountId: nullable(Uuid),
  stewardName: nullable(Text),
  keepers: Type.Array(Type.Object({ half, name: Text, startsOn: Day, lastDay: nullable(Day) }), {
    description: 'Who kept it and when, the newest first',
  }),
  version: Version,
});
export const GridPage = pageOf(GridItem);

export const OwnGridItem = Type.Object({
  id: Uuid,
  scopeId: Uuid,
  scopeName: Text,
  code: Text,
  name: Text,
  half,
  partnerName: nullable(Text),
  householdCount: Count,
  buildingNames: Type.Array(Text),
});
export const OwnGrids = Type.Object({ items: Type.Array(OwnGridItem) });

export const NewGrid = Type.Object({ code: Line(20), name: Line(60) }, strict);

export const GridCommand = Type.Union([
  Type.Object({ action: Type.Literal('rename'), expectedVersion: Version, name: Line(60) }, strict),
  Type.Object(
    {
      action: Type.Literal('set_half'),
      expectedVersion: Version,
      half,
      accountId: Type.Union([Uuid, Type.Null()], { description: 'Null: nobody for now' }),
    },
    strict,
  ),
  Type.Object(
    {
      action: Type.Literal('assign'),
      expectedVersion: Version,
      buildingId: Uuid,
      unitId: Type.Optional(Uuid),
      householdIds: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: 500 })),
    },
    strict,
  ),
]);
export const GridChanged = Type.Object({
  grid: GridItem,
  movedHouseholds: Count,
});
export const GridParams = Type.Object({ gridId: Uuid }, strict);

export const RoomItem = Type.Object({
  householdId: Uuid,
  unitId: Uuid,
  floor: Type.Integer(),
  roomNo: Text,
  label: Text,
  gridId: nullable(Uuid),
});
export const BuildingPlan = Type.Object({
  id: Uuid,
  name: Text,
  floors: Type.Integer(),
  units: Type.Array(Type.Object({ id: Uuid, name: Text })),
  rooms: Type.Array(RoomItem),
  isCut: Type.Boolean({ description: 'There are more rooms than are shown' }),
});
export const BuildingParams = Type.Object({ scopeId: Uuid, buildingId: Uuid }, strict);
