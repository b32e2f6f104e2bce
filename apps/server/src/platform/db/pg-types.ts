import pg from 'pg';

/** What PostgreSQL's types are here: instants as Date in UTC, dates as text, bigint as a number that must be safe. */
export const types = new pg.TypeOverrides();
// bigint columns here are counters and fen far below 2^53; a larger one must fail loudly, not round.
types.setTypeParser(pg.types.builtins.INT8, (text: string) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is not a safe integer`);
  return value;
});
// Sessions run in UTC, so the text is always 'YYYY-MM-DD hh:mm:ss[.ffffff]+00'.
types.setTypeParser(
  pg.types.builtins.TIMESTAMPTZ,
  (text: string) => new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`),
);
types.setTypeParser(pg.types.builtins.DATE, (text: string) => text);

/** '2026-11-21 15:00:00.1+00' as '2026-11-21T15:00:00.100Z', as Date.toISOString would print it. */
export function isoOf(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${`${text.slice(20, -3)}000`.slice(0, 3)}Z`;
}
/** The same types with instants as ISO text (sql.ts: withIsoDates). */
export const isoTypes = new pg.TypeOverrides(types);
isoTypes.setTypeParser(pg.types.builtins.TIMESTAMPTZ, isoOf);
