import { ApiProblem, Unreachable } from '@gongzhi/ui/client/problem.ts';
import { beforeEach, expect, test } from 'vitest';
import { type KeptCheck, KeptChecks, type KeptWorld } from './kept.ts';

/** A server, a line that may be cut, and the phone's storage. */
class Little implements KeptWorld {
  isOnline = false;
  refuses = new Map<string, ApiProblem>();
  sent: string[] = [];
  stored = new Map<string, KeptCheck>();

  send = ({ id }: KeptCheck): Promise<void> => {
    if (!this.isOnline) return Promise.reject(new Unreachable());
    const refusal = this.refuses.get(id);
    if (refusal !== undefined) return Promise.reject(refusal);
    this.sent.push(id);
    return Promise.resolve();
  };
  load = () => Promise.resolve([...this.stored.values()]);
  save = (check: KeptCheck) => {
    this.stored.set(check.id, check);
    return Promise.resolve();
  };
  drop = ({ id }: KeptCheck) => {
    this.stored.delete(id);
    return Promise.resolve();
  };
}

let world: Little;
beforeEach(() => {
  world = new Little();
});
const opened = (): KeptChecks => new KeptChecks('worker-1', world);
let clock = 0;
const check = (id: string) => ({
  id,
  actingId: 'm',
  round: { id: 'round', scopeId: 's' },
  place: id,
  body: { checkpointId: `point of ${id}`, result: 'well' as const },
  madeAt: clock++,
});
const ids = (kept: KeptChecks): string[] => kept.read().map(({ id }) => id);

test('what was walked without a network goes out in its order, once, also from a phone that was put away', async () => {
  const before = opened();
  await before.keep(check('one'));
  await before.keep(check('two'));
  await before.send();
  expect(ids(before)).toEqual(['one', 'two']);

  const later = opened();
  await later.restore();
  world.isOnline = true;
  await Promise.all([later.send(), later.send()]);
  expect(world.sent).toEqual(['one', 'two']);
  expect([ids(later), world.stored.size]).toEqual([[], 0]);
});

test('what is refused stays with its reason until it was read; the others go on', async () => {
  const kept = opened();
  for (const id of ['one', 'two']) await kept.keep(check(id));
  world.isOnline = true;
  world.refuses.set('one', new ApiProblem(409, { code: 'patrol.already_done', params: { by: 'Li' } }));
  await kept.send();
  expect(kept.read()).toMatchObject([
    { id: 'one', refused: { code: 'patrol.already_done', params: { by: 'Li' } } },
  ]);
  await kept.send();
  expect(world.sent).toEqual(['two']);
  await kept.discard(kept.read()[0]!);
  expect(world.stored.size).toBe(0);
});

test.each([
  ['the session ended', new ApiProblem(401)],
  ['one is somebody else at the moment', new ApiProblem(409, { code: 'auth.other_capacity' })],
  ['the server cannot just now', new ApiProblem(503)],
])('waits for the next chance where %s', async (_what, problem) => {
  const kept = opened();
  await kept.keep(check('one'));
  world.isOnline = true;
  world.refuses.set('one', problem);
  await kept.send();
  expect(kept.read()).toMatchObject([{ id: 'one', refused: null }]);
});
