import { ApiProblem, Unreachable } from '@gongzhi/ui/client/problem.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../api-types.ts';
import type { StoredPhoto, WaitingAct } from '../../app/store.ts';
import { anOrder } from '../work-orders/fixtures.ts';
import { Outbox, type World } from './outbox.ts';

/** A server with one order, a line that may be cut, and the phone's storage. */
class Little implements World {
  isOnline = true;
  /** The answer is lost after the server has done it. */
  losesAnswer = false;
  current = 4;
  done: string[] = [];
  answered = new Map<string, Order>();
  stored = new Map<string, WaitingAct>();
  pictures: StoredPhoto[] = [];

  command = (act: WaitingAct, version: number, command: WaitingAct['command']): Promise<Order> => {
    if (!this.isOnline) return Promise.reject(new Unreachable());
    const key = `${act.id}:${version}`;
    const before = this.answered.get(key);
    if (before !== undefined) return Promise.resolve(before);
    if (version !== this.current)
      return Promise.reject(
        new ApiProblem(409, { code: 'work_order.stale', params: { version: this.current } }),
      );
    this.current += 1;
    this.done.push('photoIds' in command ? `${command.action}(${command.photoIds.join()})` : command.action);
    const order = anOrder({ version: this.current });
    this.answered.set(key, order);
    return this.losesAnswer ? Promise.reject(new Unreachable()) : Promise.resolve(order);
  };
  version = () => (this.isOnline ? Promise.resolve(this.current) : Promise.reject(new Unreachable()));
  upload = (photo: StoredPhoto) => Promise.resolve(`file-${photo.id}`);
  load = () => Promise.resolve([...this.stored.values()]);
  save = (act: WaitingAct) => {
    this.stored.set(act.id, act);
    return Promise.resolve();
  };
  drop = (act: WaitingAct) => {
    this.stored.delete(act.id);
    return Promise.resolve();
  };
  photos = (act: WaitingAct) => Promise.resolve(this.pictures.filter(({ owner }) => owner === act.id));
}

let world: Little;
let outbox: Outbox;
const order = anOrder({ version: 4 });
const opened = () => new Outbox({ accountId: 'worker-1', actingId: 'as-worker' }, () => undefined, world);

beforeEach(() => {
  world = new Little();
  outbox = opened();
});

describe('the outbox', () => {
  it('sends at once when it can', async () => {
    expect(await outbox.submit(order, { action: 'arrive' })).toMatchObject({
      state: 'sent',
      order: { version: 5 },
    });
    expect(world.stored.size).toBe(0);
  });

  it('keeps three acts through a restart and sends them in order, each once', async () => {
    world.isOnline = false;
    for (const action of ['arrive', 'start', 'urge'] as const)
      expect(await outbox.submit(order, { action })).toEqual({ state: 'waiting' });
    expect(world.stored.size).toBe(3);
    outbox = opened();
    await outbox.restore();
    world.isOnline = true;
    await outbox.send();
    expect(world.done).toEqual(['arrive', 'start', 'urge']);
    expect(outbox.read()).toEqual([]);
  });

  it('sends what is pressed while the phone is still reading what it keeps, after that', async () => {
    world.isOnline = false;
    await outbox.submit(order, { action: 'arrive' });
    world.isOnline = true;
    const read = Promise.withResolvers<WaitingAct[]>();
    const kept = [...world.stored.values()];
    world.load = () => read.promise;
    outbox = opened();
    const restoring = outbox.restore();
    const pressed = outbox.submit(order, { action: 'start' });
    read.resolve(kept);
    await restoring;
    expect(await pressed).toMatchObject({ state: 'sent' });
    expect(world.done).toEqual(['arrive', 'start']);
    expect([outbox.read(), world.stored.size]).toEqual([[], 0]);
  });

  it('does once what was done although its answer was lost', async () => {
    world.losesAnswer = true;
    expect(await outbox.submit(order, { action: 'arrive' })).toEqual({ state: 'waiting' });
    world.losesAnswer = false;
    await outbox.send();
    expect(world.done).toEqual(['arrive']);
    expect(outbox.read()).toEqual([]);
  });

  it('stops an order at what was refused, and another goes on', async () => {
    world.isOnline = false;
    await outbox.submit(order, { action: 'arrive' });
    await outbox.submit(order, { action: 'start' });
    await outbox.submit({ ...order, id: 'order-2', version: 9 }, { action: 'arrive' });
    // Somebody else changed both meanwhile; the second's page happens to know the new version.
    world.current = 9;
    world.isOnline = true;
    await outbox.send();
    expect(world.done).toEqual(['arrive']);
    expect(outbox.read().map(({ orderId, refused }) => [orderId, refused?.code ?? null])).toEqual([
      ['order-1', 'work_order.stale'],
      ['order-1', null],
    ]);
  });

  it('sends it again when the worker still means it, with what followed', async () => {
    world.isOnline = false;
    await outbox.submit(order, { action: 'arrive' });
    await outbox.submit(order, { action: 'start' });
    world.current = 7;
    world.isOnline = true;
    await outbox.send();
    await outbox.insist(outbox.read()[0]!, 7);
    expect(world.done).toEqual(['arrive', 'start']);
    expect(outbox.read()).toEqual([]);
  });

  it('gives up an act together with what was to follow it', async () => {
    world.isOnline = false;
    await outbox.submit(order, { action: 'arrive' });
    await outbox.submit(order, { action: 'start' });
    await outbox.discard(outbox.read()[0]!);
    expect(outbox.read()).toEqual([]);
    expect(world.stored.size).toBe(0);
  });

  it('takes the pictures along', async () => {
    await outbox.submit(order, { action: 'finish', workDone: 'mended', photoIds: [] }, (owner) => {
      world.pictures.push({ owner, id: 'p1' } as StoredPhoto);
      return Promise.resolve();
    });
    expect(world.done).toEqual(['finish(file-p1)']);
  });

  it('waits, and asks nobody, when the session has ended', async () => {
    world.command = () => Promise.reject(new ApiProblem(401));
    expect(await outbox.submit(order, { action: 'arrive' })).toEqual({ state: 'waiting' });
    expect(outbox.read()).toHaveLength(1);
  });
});
