import Type from 'typebox';

export const COMPARE_BY = ['worker', 'category', 'building', 'place', 'department'] as const;
export type CompareBy = (typeof COMPARE_BY)[number];

/** Of fewer ratings than this one could tell who gave them, and they say nothing of the work. */
export const LEAST_RATINGS = 5;

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

export const ComparisonQuery = Type.Object(
  {
    by: Type.Unsafe<CompareBy>({ type: 'string', enum: [...COMPARE_BY] }),
    scopeId: Type.Optional(Type.String({ format: 'uuid' })),
    from: Day,
    to: Day,
  },
  { additionalProperties: false },
);

const Share = Type.Union([Type.Number(), Type.Null()]);
const Minutes = Type.Union([Type.Number(), Type.Null()], {
  description:
    'the median, in minutes by the clock; off by at most `mediansWithin` of itself and two seconds. The way there is that of what is done',
});

const Figures = Type.Object({
  total: Type.Integer({
    description: 'reported in the period; without duplicates, and parts instead of what was split',
  }),
  done: Type.Integer(),
  onTime: Type.Integer(),
  late: Type.Integer(),
  onTimeRate: Share,
  firstTime: Type.Integer({ description: 'done without a dispute and without a reopening' }),
  firstTimeRate: Share,
  reopened: Type.Integer(),
  secondVisit: Type.Integer(),
  rated: Type.Integer(),
  satisfied: Type.Union([Type.Integer(), Type.Null()], {
    description: 'null where fewer than five have rated',
  }),
  basicallySatisfied: Type.Union([Type.Integer(), Type.Null()]),
  unsatisfied: Type.Union([Type.Integer(), Type.Null()]),
  satisfaction: Type.Union([Type.Number(), Type.Null()], {
    description: 'satisfied, and basically satisfied at its dated worth, over those who rated',
  }),
  acceptMinutes: Minutes,
  arriveMinutes: Minutes,
  resolveMinutes: Minutes,
});
export type ComparedFigures = Type.Static<typeof Figures>;

export const Comparison = Type.Object(
  {
    from: Day,
    to: Day,
    previousFrom: Day,
    previousTo: Day,
    rows: Type.Array(
      Type.Object({
        key: Type.String({
          description: 'account, category code, building or scope; empty: nobody, nowhere',
        }),
        label: Type.String(),
        labelEn: Type.String(),
        now: Figures,
        before: Type.Union([Figures, Type.Null()]),
      }),
    ),
    total: Type.Object({ now: Figures, before: Type.Union([Figures, Type.Null()]) }),
    isCut: Type.Boolean({ description: 'there are more rows than are shown' }),
    isOfBusiest: Type.Boolean({
      description:
        'rows are of the places with the most orders alone, five thousand together; the total is of all. Narrow down for others',
    }),
    mediansWithin: Type.Number({
      description: 'a share: 0.02 where medians are told from kept sums, 0 where from the orders themselves',
    }),
  },
  { title: 'Comparison' },
);
