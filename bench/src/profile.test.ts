import { expect, test } from 'vitest';
import { costsOf, partOf } from './profile.ts';

const frame = (functionName: string, url = '') => ({ functionName, url });

test.each([
  [frame('query', 'file:///x/apps/server/src/platform/db/database.ts'), 'server/platform/db'],
  [frame('list', 'file:///x/apps/server/src/modules/work-orders/queries.ts'), 'server/modules/work-orders'],
  [frame('err', 'file:///x/packages/kernel/src/result.ts'), 'packages/kernel'],
  [frame('parse', 'file:///x/node_modules/pg-protocol/dist/parser.js'), 'pg-protocol'],
  [frame('x', 'file:///x/node_modules/a/node_modules/@b/c/d.js'), '@b/c'],
  [frame('writev', 'node:net'), null],
  [frame('(garbage collector)'), 'garbage collector'],
])('%o is %s', (given, part) => {
  expect(partOf(given)).toBe(part);
});

test('what runs in Node is put down to whoever called it; who waits costs nothing', () => {
  const nodes = [
    { id: 1, callFrame: frame('(root)'), children: [2, 4, 5] },
    { id: 2, callFrame: frame('query', 'file:///x/node_modules/pg/lib/client.js'), children: [3] },
    { id: 3, callFrame: frame('emit', 'node:events') },
    { id: 4, callFrame: frame('(idle)') },
    { id: 5, callFrame: frame('onread', 'node:net'), children: [6] },
    { id: 6, callFrame: frame('writev') },
    { id: 7, callFrame: frame('post') },
  ];
  const deltas = [100, 200, 5_000, 100, 50, 50, 900];
  expect(costsOf({ nodes, samples: [3, 2, 4, 5, 6, 3, 7], timeDeltas: deltas })).toEqual([
    { part: 'pg', share: 0.7, functions: [{ name: 'query', share: 0.7 }] },
    { part: 'Node', share: 0.2, functions: [{ name: 'onread', share: 0.2 }] },
    { part: 'socket writes (system calls)', share: 0.1, functions: [{ name: 'by Node', share: 0.1 }] },
  ]);
  expect(costsOf({ nodes, samples: [4], timeDeltas: [1] })).toEqual([]);
});
