import type { ListExport } from '../../platform/exports/lists.ts';

/** How a roster leaves the house: a row a person and shift, and one for whoever has none in these days. */
export const dispatchExports: readonly ListExport[] = [
  {
    name: 'roster',
    path: '/dispatch/roster',
    items: (body) => body.people,
    columns: [
      ['exports.column.name', 14],
      ['exports.column.title', 16],
      ['exports.column.role', 14],
      ['roster.from', 17],
      ['roster.to', 17],
      ['roster.kind', 16],
    ],
    rows: (person, { label, time }) => {
      const who = [person.displayName, person.title, label(`roles.${person.role}`, person.role)];
      if (person.spans.length === 0) return [[...who, '', '', label('roster.free')]];
      return person.spans.map((span: { from: string; to: string; kind: string }) => [
        ...who,
        time(span.from),
        time(span.to),
        span.kind === 'overtime'
          ? label('roster.change.overtime')
          : label(`roster.kind.${span.kind}`, span.kind),
      ]);
    },
  },
];
