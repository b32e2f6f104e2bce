import Type from 'typebox';
import { SKILLS } from '@gongzhi/kernel';
import { STAFF_ROLES } from './domain-staff.ts';

const Uuid = Type.String({ format: 'uuid' });
const Day = Type.String({ format: 'date' });
const strict = { additionalProperties: false };
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
/** PostgreSQL knows no text with a zero character, and a name of spaces is none. */
const Line = (most: number) =>
  Type.String({ minLength: 1, maxLength: most, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' });
const Version = Type.Integer({ minimum: 1 });
const role = oneOf(STAFF_ROLES);
const skill = oneOf(SKILLS);

export const StaffEntry = Type.Object({
  staffId: Uuid,
  scopeId: Uuid,
  accountId: Uuid,
  displayName: Type.String(),
  title: Type.String(),
  role: Type.String(),
  phoneMasked: nullable(Type.String()),
  hasSecondFactor: Type.Boolean(),
  startsOn: Day,
  lastDay: nullable(Day),
  isHere: Type.Boolean({ description: 'Works here today' }),
  mayChange: Type.Boolean(),
  version: Version,
  skills: Type.Array(
    Type.Object({
      skill: Type.String(),
      certificateNo: nullable(Type.String()),
      validUntil: nullable(Day),
      isValid: Type.Boolean({ description: 'A lapsed certificate is no skill' }),
    }),
  ),
});
export const StaffEntries = Type.Object({
  scopeName: Type.String(),
  roles: Type.Array(role, { description: 'Roles that you may give here' }),
  items: Type.Array(StaffEntry),
});

export const StaffScope = Type.Object({ scopeId: Uuid }, strict);
export const StaffParams = Type.Object({ staffId: Uuid }, strict);

export const NewStaff = Type.Object(
  {
    scopeId: Uuid,
    phone: Type.String({ maxLength: 40 }),
    displayName: Line(40),
    title: Line(40),
    role,
    startsOn: Type.Optional(Day),
  },
  strict,
);

const versioned = { expectedVersion: Version };
export const StaffCommand = Type.Union([
  Type.Object(
    { action: Type.Literal('rename'), ...versioned, displayName: Line(40), title: Line(40) },
    strict,
  ),
  Type.Object({ action: Type.Literal('change_role'), ...versioned, role }, strict),
  Type.Object(
    {
      action: Type.Literal('end'),
      ...versioned,
      lastDay: Type.Union([Day, Type.Null()], {
        description: 'The last day of work; yesterday ends it at once, null takes an ending back',
      }),
    },
    strict,
  ),
  Type.Object(
    {
      action: Type.Literal('set_skill'),
      ...versioned,
      skill,
      certificateNo: nullable(Type.String({ maxLength: 60, pattern: '^[^\\u0000]*$' })),
      validUntil: nullable(Day),
    },
    strict,
  ),
  Type.Object({ action: Type.Literal('end_skill'), ...versioned, skill }, strict),
  Type.Object({ action: Type.Literal('reset_second_factor'), ...versioned }, strict),
]);

export const StaffChanged = Type.Object({ staffId: Uuid, version: Version });
