import Type from 'typebox';
import { pageOf, pageQuery } from '../../platform/http/pagination.ts';
import { ENTERED_KINDS, ORGANISATION_KINDS, SCOPE_KINDS, TREE_ORDERS } from './domain.ts';
import { Uuid } from './schemas.ts';
import { Day, Line } from './schemas-organisation.ts';

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
const strict = { additionalProperties: false };
const Count = Type.Integer({ minimum: 0 });
const Text = Type.String();
const Search = Type.Optional(Type.String({ minLength: 1, maxLength: 60, pattern: '^[^\\u0000]*$' }));
const Named = Type.Object({ id: Uuid, name: Text });

export const OrganisationItem = Type.Object({
  id: Uuid,
  scopeId: Uuid,
  kind: oneOf(ORGANISATION_KINDS),
  name: Text,
  buildingCount: Type.Integer({ minimum: 0, description: 'Owned today, of those within reach' }),
});
export const OrganisationPage = pageOf(OrganisationItem);
export const OrganisationsQuery = Type.Object(
  { ...pageQuery, kind: Type.Optional(oneOf(ORGANISATION_KINDS)), q: Search },
  strict,
);
export const NewOrganisation = Type.Object({ kind: oneOf(ENTERED_KINDS), name: Line(80) }, strict);
export const OrganisationMade = Type.Object({
  id: Uuid,
  scopeId: Uuid,
  kind: oneOf(ORGANISATION_KINDS),
  name: Text,
});
export const OrganisationParams = Type.Object({ organisationId: Uuid }, strict);
export const Owned = Type.Object({
  items: Type.Array(
    Type.Object({ scopeId: Uuid, scopeName: Text, buildingId: Uuid, buildingName: Text, since: Day }),
  ),
});

export const TreeNode = Type.Object({
  id: Uuid,
  kind: oneOf(SCOPE_KINDS),
  name: Text,
  company: nullable(Named),
  department: nullable(Named),
  servedSince: nullable(Day),
  compounds: Type.Union([Count, Type.Null()], { description: 'Null for a compound itself' }),
  households: Type.Union([Count, Type.Null()], { description: 'Compounds only' }),
  staff: Type.Union([Count, Type.Null()], {
    description: 'Who works for it itself today; null for compounds',
  }),
});
export const TreePage = pageOf(TreeNode);
export const TreeQuery = Type.Object(
  { ...pageQuery, by: oneOf(TREE_ORDERS), under: Type.Optional(Uuid), q: Search },
  strict,
);

export const ServedByOthers = Type.Object({
  items: Type.Array(Type.Object({ id: Uuid, name: Text, companyName: Text, streetName: nullable(Text) })),
});
export const ServedQuery = Type.Object({ scopeId: Uuid, q: Search }, strict);

export const OwnerItem = Type.Object({
  buildingId: Uuid,
  buildingName: Text,
  organisationId: nullable(Uuid),
  organisationName: nullable(Text),
  since: nullable(Day),
  periods: Type.Array(
    Type.Object({
      organisationId: Uuid,
      organisationName: Text,
      startsOn: Day,
      lastDay: nullable(Day),
    }),
  ),
});
export const Owners = Type.Object({ items: Type.Array(OwnerItem) });
export const OwnerChange = Type.Object(
  {
    buildingId: Uuid,
    organisationId: Type.Union([Uuid, Type.Null()], { description: 'Null: no property-right unit any more' }),
    startsOn: Day,
  },
  strict,
);
