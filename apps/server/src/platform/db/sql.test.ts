import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { Statement } from './sql.ts';

// Names are given out once a process, and other files of this one have asked in hundreds of shapes.
vi.resetModules();
const { empty, join, raw, sql } = await import('./sql.ts');

const wanted = (n: number): Statement =>
  sql`select ${join(
    Array.from({ length: n }, (_, i) => sql`${i}`),
    ', ',
  )} as n`;

describe('sql', () => {
  it('binds every value, in its place', () => {
    const where = join([sql`a = ${1}`, sql`b in (${2}, ${3})`, sql`${sql`c > ${4}`} or d`], ' and ');
    const statement = sql`select ${raw('x')} from t where ${where} ${empty} limit ${5}`;
    expect(statement.text).toBe('select x from t where a = $1 and b in ($2, $3) and c > $4 or d  limit $5');
    expect(statement.values).toEqual([1, 2, 3, 4, 5]);
  });

  it('counts on past nine placeholders', () => {
    const twelve = wanted(12);
    const statement = sql`${twelve} union ${twelve} union select ${'last'}`;
    expect(statement.text.match(/\$\d+/g)).toEqual(Array.from({ length: 25 }, (_, i) => `$${i + 1}`));
    expect(statement.values.at(-1)).toBe('last');
  });

  it('gives one text one name, wherever it is written', () => {
    const of = (id: number) => sql`select ${id}::integer as fixed`;
    expect(of(1).name).toBe(of(2).name);
    expect(of(1).name).not.toBe('');
    expect(wanted(3).name).toBe(wanted(3).name);
  });

  it('draws the name from the text alone, so that it means the same in every process', () => {
    const nameOf = (text: string) => `s${createHash('sha256').update(text).digest('base64url').slice(0, 16)}`;
    expect(sql`select ${1}::integer as drawn`.name).toBe(nameOf('select $1::integer as drawn'));
    expect(wanted(2).name).toBe(nameOf('select $1, $2 as n'));
  });

  it('goes on without names when somebody asks in ever new shapes', () => {
    const first = wanted(1).name;
    const names = Array.from({ length: 400 }, (_, i) => wanted(20 + i)).map((shape) => shape.name);
    expect(names.at(-1)).toBe('');
    expect(wanted(1).name).toBe(first);
    // What is written out in the source is always prepared.
    expect(sql`select ${1}::integer as late`.name).not.toBe('');
  });
});
