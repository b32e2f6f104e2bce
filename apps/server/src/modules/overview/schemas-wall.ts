import Type from 'typebox';
import { LEVELS, type Level } from './domain-wall.ts';

const Uuid = Type.String({ format: 'uuid' });
const Time = Type.String({ format: 'date-time' });
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const WallQuery = Type.Object({ scopeId: Type.Optional(Uuid) }, { additionalProperties: false });

const counts = { open: Type.Integer(), unassigned: Type.Integer(), late: Type.Integer() };

const Order = Type.Object(
  {
    id: Uuid,
    number: Type.String(),
    placeName: Type.String(),
    categoryNameZh: Type.String(),
    categoryNameEn: Type.String(),
    status: Type.String(),
    isEmergency: Type.Boolean(),
    isLate: Type.Boolean(),
    createdAt: Time,
    resolveDueAt: orNull(Time),
  },
  {
    title: 'WallOrder',
    description: 'without who, whose door and their words; confidential ones are left out',
  },
);

export const Wall = Type.Object(
  {
    at: Time,
    timeZone: Type.String(),
    scope: Type.Object({ scopeId: Uuid, name: Type.String(), kind: Type.String() }),
    level: Type.Unsafe<Level>({
      type: 'string',
      enum: [...LEVELS],
      description: 'what is drawn: compounds, or what holds them where there are too many to be read',
    }),
    tiles: Type.Array(
      Type.Object({
        scopeId: Uuid,
        name: Type.String(),
        groupId: orNull(Uuid),
        groupName: orNull(Type.String()),
        point: orNull(Type.Object({ latitude: Type.Number(), longitude: Type.Number() })),
        ...counts,
      }),
    ),
    tileCount: Type.Integer({ description: 'of how many; of more than are told, the worst' }),
    elsewhere: Type.Object(counts, { description: 'what stands at none of them' }),
    newest: Type.Array(Order),
    overdue: Type.Array(Order),
  },
  { title: 'Wall' },
);
