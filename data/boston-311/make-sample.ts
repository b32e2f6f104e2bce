// Chooses the sample that ships from the full file: node data/boston-311/make-sample.ts FULL.csv.gz
// The same file gives the same bytes. It keeps whole lines as they are.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type CsvRow, openCsv } from '../../apps/server/src/platform/imports/csv.ts';

const wanted = 3_000;
const full = process.argv[2];
if (full === undefined)
  throw new Error('Name the full file: node data/boston-311/make-sample.ts requests.csv.gz');

type Row = CsvRow['record'] &
  Record<'case_enquiry_id' | 'target_dt' | 'closed_dt' | 'closure_reason', string>;
const lines = gunzipSync(readFileSync(full)).toString('utf8').split('\n');
const rows = new Map<string, { row: Row; line: number }>();
for await (const { line, record } of openCsv(full, { encoding: 'utf-8' })) {
  rows.set(record['case_enquiry_id'] as string, { row: record as Row, line });
}

/** A number from 0 to 1 that belongs to the id: chance that comes out the same every time. */
const chance = (id: string): number =>
  createHash('sha256').update(`boston ${id}`).digest().readUInt32BE(0) / 2 ** 32;
const all = [...rows.keys()].toSorted((a, b) => chance(a) - chance(b));
const chosen = new Set<string>();
const rowOf = (id: string): Row => rows.get(id)!.row;
const take = (ids: readonly string[], most = ids.length) => {
  for (const id of ids.slice(0, most)) chosen.add(id);
};

/** The ids that a closure names and that are in the file. */
function originalsOf(id: string): string[] {
  const words = rowOf(id).closure_reason;
  if (!/dup/i.test(words)) return [];
  const named = [...words.matchAll(/(?<![0-9])(101[0-9]{9}|[0-9]{6})(?![0-9])/g)].map(([n]) =>
    n.length === 6 ? `101000${n}` : n,
  );
  return named.filter((other) => other !== id && rows.has(other));
}

// Duplicates with their originals: pairs across neighbourhoods, originals that came later, and others.
const linked = all.filter((id) => originalsOf(id).length > 0);
const isAcross = (id: string) =>
  originalsOf(id).some((other) => rowOf(other)['neighborhood'] !== rowOf(id)['neighborhood']);
const isLater = (id: string) => originalsOf(id).some((other) => other > id);
const several = linked.filter((id) => originalsOf(id).length > 1);
for (const group of [
  several,
  linked.filter(isAcross).slice(0, 40),
  linked.filter(isLater).slice(0, 60),
  linked.slice(0, 350),
]) {
  for (const id of group) take([id, ...originalsOf(id)]);
}
// Duplicates that name nobody, themselves, or one outside the file.
take(
  all.filter((id) => /dup/i.test(rowOf(id).closure_reason) && originalsOf(id).length === 0),
  150,
);
// Still open; without a target; the edges of on time; what the source left without a verdict.
take(
  all.filter((id) => rowOf(id).closed_dt === ''),
  400,
);
take(
  all.filter((id) => rowOf(id).target_dt === ''),
  450,
);
const distance = (id: string) =>
  Math.abs(Date.parse(`${rowOf(id).closed_dt}Z`) - Date.parse(`${rowOf(id).target_dt}Z`));
const both = all.filter((id) => rowOf(id).closed_dt !== '' && rowOf(id).target_dt !== '');
take(
  both.toSorted((a, b) => distance(a) - distance(b)),
  60,
);
take(both.filter((id) => rowOf(id).target_dt < (rowOf(id)['open_dt'] as string)));
take(
  all.filter((id) => rowOf(id)['ontime'] === ''),
  40,
);
// Beyond ASCII, and the longest words.
take(all.filter((id) => /[^\x00-\x7f]/.test(Object.values(rowOf(id)).join())));
take(
  all.toSorted((a, b) => rowOf(b).closure_reason.length - rowOf(a).closure_reason.length),
  10,
);
// Every neighbourhood, category and channel.
for (const column of ['neighborhood', 'type', 'source']) {
  const groups = Map.groupBy(all, (id) => rowOf(id)[column]);
  for (const ids of groups.values()) take(ids, column === 'type' ? 2 : 20);
}
take(
  all.filter((id) => !chosen.has(id)),
  Math.max(0, wanted - chosen.size),
);

const numbers = [...chosen].map((id) => rows.get(id)!.line).toSorted((a, b) => a - b);
const text = [lines[0], ...numbers.map((line) => lines[line - 1]), ''].join('\n');
const target = join(import.meta.dirname, 'requests-sample.csv.gz');
const bytes = gzipSync(text, { level: 9 });
writeFileSync(target, bytes);
process.stdout.write(`${target}: ${chosen.size} rows, ${bytes.length} bytes\n`);
