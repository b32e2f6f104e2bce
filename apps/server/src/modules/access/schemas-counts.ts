import Type from 'typebox';
import { COUNTED } from './domain.ts';

const Uuid = Type.String({ format: 'uuid' });
const nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);
const oneOf = <const V extends string>(values: readonly V[]) => Type.Unsafe<V>(Type.Enum([...values]));
const Whole = nullable(Type.Integer());

export const CountsQuery = Type.Object({ scopeId: Uuid }, { additionalProperties: false });

export const PlaceCounts = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        what: oneOf(COUNTED),
        /** Null: the whole compound. */
        buildingId: nullable(Uuid),
        buildingName: nullable(Type.String()),
        /** Null: nobody has counted yet. */
        inside: Whole,
        isShort: Type.Boolean({ description: 'more have left than came: a count by hand is due' }),
        since: nullable(oneOf(['count', 'day'])),
        found: Whole,
        drift: nullable(Type.Integer({ description: 'the last count by hand less what the gates said' })),
        countedAt: nullable(Type.String({ format: 'date-time' })),
        countedByName: nullable(Type.String()),
        most: nullable(Type.Integer({ description: 'what a measure in force lets in' })),
        spaces: Whole,
        free: Whole,
      }),
    ),
  },
  { title: 'PlaceCounts' },
);

export const Recount = Type.Object(
  {
    scopeId: Uuid,
    what: oneOf(COUNTED),
    buildingId: nullable(Uuid),
    found: Type.Integer({ minimum: 0, maximum: 100_000 }),
  },
  { additionalProperties: false },
);
