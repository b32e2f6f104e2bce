import Type from 'typebox';
import { PER, type Per, SERIES, type SeriesBy, type Sort, SORTS } from './domain.ts';
import { type By, GROUPINGS } from './domain-groups.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Uuid = Type.String({ format: 'uuid' });
const Time = Type.String({ format: 'date-time' });
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const OverviewQuery = Type.Object(
  {
    scopeId: Type.Optional(Uuid),
    from: Day,
    to: Day,
    sort: Type.Optional(
      Type.Unsafe<Sort>({ type: 'string', enum: [...SORTS], description: 'which places come first' }),
    ),
    per: Type.Optional(
      Type.Unsafe<Per>({
        type: 'string',
        enum: [...PER],
        description: 'where counts rank places, what they stand against',
      }),
    ),
    by: Type.Optional(
      Type.Unsafe<By>({
        type: 'string',
        enum: [...GROUPINGS],
        description: 'tells only the parts of this kind, or of the next that there is; without it all kinds',
      }),
    ),
    most: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 300, description: 'tells so many parts of each kind at most' }),
    ),
    grids: Type.Optional(
      Type.Boolean({ description: 'false: nobody reads what is told by grid, which is counted by itself' }),
    ),
  },
  { additionalProperties: false },
);

const Figures = Type.Object(
  {
    total: Type.Integer({
      description: 'reported in the period; without duplicates, and parts instead of what was split',
    }),
    done: Type.Integer(),
    onTime: Type.Integer(),
    late: Type.Integer(),
    onTimeRate: orNull(Type.Number()),
    firstTimeRate: orNull(Type.Number()),
    reopened: Type.Integer(),
    secondVisit: Type.Integer(),
    rated: Type.Integer(),
    satisfied: orNull(Type.Integer({ description: 'null where fewer than five have rated' })),
    basicallySatisfied: orNull(Type.Integer()),
    unsatisfied: orNull(Type.Integer()),
    satisfaction: orNull(Type.Number()),
    acceptMinutes: orNull(Type.Number({ description: 'the mean, in minutes by the clock' })),
    resolveMinutes: orNull(Type.Number()),
  },
  { title: 'OverviewFigures' },
);

const Standing = Type.Object(
  { open: Type.Integer(), unassigned: Type.Integer(), late: Type.Integer() },
  { title: 'OverviewStanding', description: 'in the queues now, whenever it was reported' },
);

const Filter = orNull(
  Type.Object(
    {
      scopeId: Type.Optional(Uuid),
      category: Type.Optional(Type.String()),
      grid: Type.Optional(Uuid),
      from: Type.Optional(Time),
      to: Type.Optional(Time),
    },
    {
      title: 'OverviewFilter',
      description:
        'of the list of orders (with `figure`, or of what stands now with `queue`) that a number counts; null where the reader may not narrow to it, or would open more by it than the number counts',
    },
  ),
);

const Group = Type.Object(
  {
    scopeId: Uuid,
    name: Type.String(),
    kind: Type.String(),
    households: orNull(Type.Integer()),
    areaM2: orNull(Type.Number()),
    now: Figures,
    standing: Standing,
    perThousandHouseholds: orNull(Type.Number({ description: 'reported in the period' })),
    perTenThousandMetres: orNull(Type.Number()),
    filter: Filter,
    standingFilter: Filter,
    community: orNull(
      Type.Object({ scopeId: Uuid, name: Type.String() }, { description: 'of a place: in which it lies' }),
    ),
  },
  { title: 'OverviewGroup' },
);

const Grid = Type.Intersect([Group, Type.Object({ gridId: Uuid })], {
  title: 'OverviewGrid',
  description: 'of the homes and buildings of a grid; `scopeId` is its compound',
});

export const Overview = Type.Object(
  {
    at: Time,
    today: Day,
    scope: Type.Object({ scopeId: Uuid, name: Type.String(), kind: Type.String() }),
    from: Day,
    to: Day,
    previousFrom: Day,
    previousTo: Day,
    now: Figures,
    before: Figures,
    filter: Filter,
    standing: Type.Intersect([Standing, Type.Object({ dueHour: Type.Integer() })]),
    standingFilter: Filter,
    households: orNull(Type.Integer()),
    areaM2: orNull(Type.Number()),
    perThousandHouseholds: orNull(Type.Number()),
    perTenThousandMetres: orNull(Type.Number()),
    seriesBy: Type.Unsafe<SeriesBy>({ type: 'string', enum: [...SERIES] }),
    series: Type.Array(Type.Object({ from: Day, to: Day, figures: Figures, filter: Filter }), {
      description: 'of a single day, the week that ends with it',
    }),
    categories: Type.Array(
      Type.Object({
        code: Type.String(),
        label: Type.String(),
        labelEn: Type.String(),
        now: Figures,
        before: Figures,
        filter: Filter,
      }),
    ),
    by: orNull(
      Type.Unsafe<By>({
        type: 'string',
        enum: [...GROUPINGS],
        description: 'the kind of which parts are told; null: of all kinds',
      }),
    ),
    counts: Type.Object(
      {
        street: Type.Integer(),
        company: Type.Integer(),
        department: Type.Integer(),
        community: Type.Integer(),
        place: Type.Integer(),
        grid: orNull(
          Type.Integer({ description: 'null where too much is looked at to tell it by grid: narrow down' }),
        ),
      },
      { description: 'how many parts there are of each kind, told or not' },
    ),
    streets: Type.Array(Group, { description: 'of each kind the first parts, as sorted' }),
    companies: Type.Array(Group),
    departments: Type.Array(Group),
    communities: Type.Array(Group),
    places: Type.Array(Group, {
      description: 'all of them, whatever is asked for, where they are not more than `most`, or 300',
    }),
    grids: orNull(Type.Array(Grid, { description: 'null where they are not told' })),
  },
  { title: 'Overview' },
);
export type OverviewAnswer = Type.Static<typeof Overview>;
export type GroupAnswer = Type.Static<typeof Group>;
export type GridAnswer = Type.Static<typeof Grid>;
