import { describe, expect, it } from 'vitest';
import { encodeCursor, idPosition, momentPosition, positionOf } from './pagination.ts';
import { Problem } from './problem.ts';

const id = '0199f3a0-0000-7000-8000-000000000001';
const wrong = (read: () => unknown) => {
  try {
    return read();
  } catch (error) {
    return error instanceof Problem ? error.fields : error;
  }
};
const refused = [{ path: 'querystring/cursor', code: 'cursor', params: {} }];

describe('where a page begins', () => {
  it('is the first page without a cursor, and what was written with one', () => {
    expect([idPosition(undefined), positionOf(undefined, ['text', 'id'])]).toEqual([null, null]);
    expect(idPosition(encodeCursor([id]))).toBe(id);
    expect(positionOf(encodeCursor(['3号楼', id]), { name: 'text', id: 'id' })).toEqual({
      name: '3号楼',
      id,
    });
    expect(positionOf(encodeCursor([-7, id]), ['integer', 'id'])).toEqual([-7, id]);
    expect(momentPosition(encodeCursor([0, id]))).toEqual({ at: new Date(0), id });
  });

  it.each([
    '',
    'x',
    'ÿ',
    Buffer.from('{}').toString('base64url'),
    Buffer.from('null').toString('base64url'),
    Buffer.from('[').toString('base64url'),
    encodeCursor([]),
    encodeCursor([id, id]),
  ])('is nowhere by %j', (cursor) => {
    expect(wrong(() => idPosition(cursor))).toEqual(refused);
  });

  // The last that is right and the first that is not, as PostgreSQL takes them.
  it.each([
    ['id', [id], ['x', '-'.repeat(36), `${id} `, '00000000-0000-7000-8000-00000000000g', '\0', 5, null]],
    ['text', ['', '3号楼'], ['a\0', 5, null]],
    ['day', ['2028-02-29', '9999-12-31'], ['2026-02-29', '2026-1-1', '+10000-01-01', 20260101, null]],
    [
      'instant',
      ['2026-02-28T08:00:00.000Z'],
      ['2026-02-28', 'soon', '+275000-01-01T00:00:00Z', '2026-13-01T00:00:00Z', 5, null],
    ],
    ['milliseconds', [0, 253_402_300_799_999], [-1, 253_402_300_800_000, 0.5, '1', null]],
    ['milliseconds?', [0, null], [-1, 'soon', 1e300]],
    ['small', [-32_767, 32_767], [32_768, -32_768, 0.5, '1', null]],
    ['integer', [2_147_483_647], [2_147_483_648, 1e15, 0.5, '1', null]],
    ['bigint', [Number.MAX_SAFE_INTEGER], [Number.MAX_SAFE_INTEGER + 1, 1e30, 0.5, null]],
    ['number', [0.5, -1000], ['1', null, []]],
  ] as const)('of a part that is %s', (kind, right, others) => {
    const read = (part: unknown) => wrong(() => positionOf(encodeCursor([part as string]), [kind]));
    for (const part of right) expect([part, read(part)]).toEqual([part, [part]]);
    for (const part of others) expect([part, read(part)]).toEqual([part, refused]);
  });
});
