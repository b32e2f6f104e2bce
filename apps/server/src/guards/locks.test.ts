import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/**
 * A row is locked `for no key update` (rule 5). `for update` asks for its key too, which every foreign key check holds: whoever
 * adds a row that points there would wait, and two that do it crosswise would be rolled back. Where it stands all the same is
 * listed here, how often and why.
 */
const whole: Readonly<Record<string, { readonly times: number; readonly why: string }>> = {
  'apps/server/src/modules/dispatch/queries-rules.ts': { times: 1, why: 'the last piece deletes it' },
  'apps/server/src/modules/telephony/due.ts': { times: 1, why: 'deleted at once, with what points to it' },
  'apps/server/src/modules/wechat/due.ts': { times: 1, why: 'deleted by the same statement' },
  'apps/server/src/modules/work-orders/desk/due-search.ts': {
    times: 1,
    why: 'deleted as soon as it is done',
  },
  'apps/server/src/modules/hotline/consumers-takeovers.ts': {
    times: 1,
    why: 'what is being written onto a case, by who does not lock it, goes with it to the next company',
  },
  'apps/server/src/modules/work-orders/service-passing.ts': {
    times: 1,
    why: 'what is being written onto an order, by who does not lock it, goes with it to the next company',
  },
  'apps/server/src/modules/places/queries-people.ts': {
    times: 1,
    why: 'relations and looks that are being written get the account with the others',
  },
};

const root = join(import.meta.dirname, '../../../..');
/** Lines of comments, and what is said behind a line. */
const withoutComments = (source: string): string =>
  source.replaceAll(/^\s*(?:\/\*|\*).*$/gm, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
const locks = (source: string, kind: RegExp): number => withoutComments(source).match(kind)?.length ?? 0;
const wholeLock = /\bfor\s+update\b/gi;
const keylessLock = /\bfor\s+no\s+key\s+update\b/gi;

const sources = new Map(
  globSync(['apps/server/src/**/*.ts', 'simulator/src/**/*.ts'], { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => [file, readFileSync(join(root, file), 'utf8')]),
);

test('rows are locked without their keys, but for those that are listed', () => {
  const found = [...sources].flatMap(([file, source]) => {
    const times = locks(source, wholeLock);
    return times === 0 ? [] : [[file, times] as const];
  });
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries(Object.entries(whole).map(([file, { times }]) => [file, times])),
  );
});

test('all of them are read, and a planted one is found however it is written', () => {
  expect([...sources.values()].reduce((sum, source) => sum + locks(source, keylessLock), 0)).toBeGreaterThan(
    90,
  );
  const lock = 'tx.query(sql`select from work_orders.work_order o where o.number = ${number}';
  const planted = ['for update`)', 'FOR UPDATE of o`)', 'for\n  update skip locked`)'];
  expect(planted.map((end) => locks(`${lock} ${end}`, wholeLock))).toEqual([1, 1, 1]);
  expect(locks(`${lock} for no key update of o\`)`, wholeLock)).toBe(0);
  expect(
    locks(`// waits: for update\n/** For update. */\n * for update\n${lock}\`) // for update`, wholeLock),
  ).toBe(0);
});
