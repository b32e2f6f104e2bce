import Type from 'typebox';
import { pageOf, pageQuery } from '../../platform/http/pagination.ts';
import { TAKEOVER_KINDS, TAKEOVER_STATES } from './domain-takeover.ts';
import { Day, Line, Version } from './schemas-organisation.ts';
import { Uuid } from './schemas.ts';

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const strict = { additionalProperties: false };
const Text = Type.String();
const Moment = nullable(Type.String({ format: 'date-time' }));
const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });

const plan = {
  toDepartmentId: Uuid,
  kind: oneOf(TAKEOVER_KINDS),
  effectiveOn: Day,
  lastDay: Type.Optional(
    Type.Union([Day, Type.Null()], {
      description: 'Of an emergency service; needed there, unused elsewhere',
    }),
  ),
  documentNumber: Line(80),
  decidedBy: Line(80),
  note: Type.Optional(Type.String({ maxLength: 500, pattern: '^[^\\u0000]*$' })),
};
export const TakeoverPlan = Type.Object(plan);
export const NewTakeover = Type.Object(plan, strict);
export const TakeoverCommand = Type.Union([
  Type.Object({ action: Type.Literal('change'), expectedVersion: Version, ...plan }, strict),
  Type.Object({ action: Type.Literal('cancel'), expectedVersion: Version, reason: Line(300) }, strict),
]);

const Named = Type.Object({ id: Uuid, name: Text });
export const TakeoverItem = Type.Object({
  id: Uuid,
  scopeId: Uuid,
  scopeName: Text,
  fromCompany: nullable(Named),
  fromDepartment: nullable(Named),
  toCompany: Named,
  toDepartment: Named,
  kind: oneOf(TAKEOVER_KINDS),
  effectiveOn: Day,
  lastDay: nullable(Day),
  documentNumber: Text,
  decidedBy: Text,
  note: nullable(Text),
  state: oneOf(TAKEOVER_STATES),
  plannedByRole: Text,
  plannedAt: Type.String({ format: 'date-time' }),
  appliedAt: Moment,
  doneAt: Moment,
  cancelledAt: Moment,
  cancelledReason: nullable(Text),
  ordersPassed: Type.Integer({ minimum: 0 }),
  mayChange: Type.Boolean(),
  version: Version,
});
export const TakeoverPage = pageOf(TakeoverItem);
export const TakeoverDone = Type.Object({ id: Uuid, version: Version, state: oneOf(TAKEOVER_STATES) });
export const TakeoversQuery = Type.Object({ ...pageQuery, scopeId: Type.Optional(Uuid) }, strict);
export const TakeoverParams = Type.Object({ takeoverId: Uuid }, strict);

export const DepartmentsQuery = Type.Object(
  { q: Type.Optional(Type.String({ minLength: 1, maxLength: 60, pattern: '^[^\\u0000]*$' })) },
  strict,
);
export const Departments = Type.Object({
  items: Type.Array(Type.Object({ id: Uuid, name: Text, companyId: Uuid, companyName: Text })),
});

export const ServicePeriods = Type.Object({
  items: Type.Array(
    Type.Object({ company: Named, department: Named, startsOn: Day, lastDay: nullable(Day) }),
  ),
});
