import Type from 'typebox';

export const REPORT_BY = ['category', 'month', 'place'] as const;
export type ReportBy = (typeof REPORT_BY)[number];

const strict = { additionalProperties: false };
const Day = (description: string) =>
  Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description }));

export const OnTimeQuery = Type.Object(
  {
    scopeId: Type.Optional(
      Type.String({
        format: 'uuid',
        description: 'narrows to a compound, community, street, company or department',
      }),
    ),
    by: Type.Unsafe<ReportBy>({ type: 'string', enum: [...REPORT_BY] }),
    from: Day('first day of reporting, in the time zone of the scope'),
    to: Day('last day of reporting, in the time zone of the scope'),
  },
  strict,
);

const figures = {
  total: Type.Integer(),
  dueTotal: Type.Integer({ description: 'had a deadline and are decided: resolved, or already late' }),
  onTime: Type.Integer(),
  late: Type.Integer(),
  open: Type.Integer({
    description: 'in hand, as the queue `open` lists it: not what was split, nor what is confirmed or closed',
  }),
  rate: Type.Union([Type.Number(), Type.Null()], {
    description: 'onTime / dueTotal; null where nothing is decided',
  }),
};

export const OnTimeReport = Type.Object(
  {
    rows: Type.Array(
      Type.Object({
        key: Type.String({ description: 'category code, YYYY-MM, or scope id' }),
        label: Type.String({
          description: 'name of the category (Chinese), the month, or name of the place',
        }),
        labelEn: Type.String({ description: 'the same in English where there is one' }),
        ...figures,
      }),
    ),
    totals: Type.Object(figures),
  },
  { title: 'OnTimeReport' },
);

export type OnTimeFigures = Type.Static<typeof OnTimeReport>['totals'];
export type OnTimeRow = Type.Static<typeof OnTimeReport>['rows'][number];
