import { ApiProblem, Unreachable } from '@gongzhi/ui/client/problem.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { NewOrder, Order } from '../../api-types.ts';
import type { StoredPhoto } from '../../app/store.ts';
import { anOrder } from '../work-orders/fixtures.ts';
import { freshReport } from './draft.ts';
import { ReportOutbox, type ReportWorld, voiceOwner, type WaitingReport } from './outbox.ts';

/** A server, a line that may be cut, and the phone's storage. */
class Little implements ReportWorld {
  isOnline = true;
  losesAnswer = false;
  isSignedOut = false;
  acting = 'self';
  refuses: string | null = null;
  made = new Map<string, NewOrder>();
  stored = new Map<string, WaitingReport>();
  pictures: StoredPhoto[] = [];
  uploads: string[] = [];

  create = (body: NewOrder, key: string, _isQuiet: boolean, as: string): Promise<Order> => {
    if (!this.isOnline) return Promise.reject(new Unreachable());
    if (as !== this.acting) return Promise.reject(new ApiProblem(409, { code: 'auth.other_capacity' }));
    if (this.isSignedOut) return Promise.reject(new ApiProblem(401));
    if (this.refuses !== null) return Promise.reject(new ApiProblem(422, { code: this.refuses }));
    if (!this.made.has(key)) this.made.set(key, body);
    return this.losesAnswer ? Promise.reject(new Unreachable()) : Promise.resolve(anOrder({ id: key }));
  };
  upload = (file: StoredPhoto) => {
    if (!this.isOnline) return Promise.reject(new Unreachable());
    this.uploads.push(file.id);
    return Promise.resolve(`file-${file.id}`);
  };
  load = () => Promise.resolve([...this.stored.values()]);
  save = (report: WaitingReport) => {
    this.stored.set(report.id, report);
    return Promise.resolve();
  };
  drop = (report: WaitingReport) => {
    this.stored.delete(report.id);
    return Promise.resolve();
  };
  files = (owner: string) => Promise.resolve(this.pictures.filter((one) => one.owner === owner));
}

let world: Little;
let outbox: ReportOutbox;
const opened = () => new ReportOutbox('resident-1', world);
const report = (id: string, actingId = 'self') => ({
  id,
  acting: { id: actingId, onBehalfOf: actingId === 'self' ? null : '周*兰' },
  body: {
    scopeId: 'scope-1',
    categoryCode: 'gate.fault',
    description: id,
    place: { type: 'public' as const, spot: 'gate' },
  },
  draft: freshReport(),
  photoCount: 0,
  madeAt: world.stored.size,
});
const alone = () => Promise.resolve();

beforeEach(() => {
  world = new Little();
  outbox = opened();
});

describe('the outbox of reports', () => {
  it('sends at once when it can, with its pictures and its voice', async () => {
    const outcome = await outbox.submit(report('r1'), (owner) => {
      const picture = { id: 'p1', owner } as StoredPhoto;
      world.pictures = [picture, { ...picture, id: 'v1', owner: voiceOwner(owner) }];
      return Promise.resolve();
    });
    expect(outcome).toMatchObject({ state: 'sent', order: { id: 'r1' } });
    expect(world.made.get('r1')).toMatchObject({ photoIds: ['file-p1'], voiceId: 'file-v1' });
    expect([outbox.read(), world.stored.size]).toEqual([[], 0]);
  });

  it('keeps it without a network, over a reload, and sends it once when there is one', async () => {
    world.isOnline = false;
    expect(await outbox.submit(report('r1'), alone)).toEqual({ state: 'waiting' });
    expect(await outbox.submit(report('r2'), alone)).toEqual({ state: 'waiting' });
    // The app is closed and opened again; the first answer is lost on its way.
    outbox = opened();
    await outbox.restore();
    expect(outbox.read().map(({ id }) => id)).toEqual(['r1', 'r2']);
    world.isOnline = true;
    world.losesAnswer = true;
    await outbox.send(true);
    expect(world.made.size).toBe(1);
    expect(outbox.read()).toHaveLength(2);
    world.losesAnswer = false;
    const sent: string[] = [];
    outbox.onSent((order) => sent.push(order.id));
    await Promise.all([outbox.send(true), outbox.send(true)]);
    expect([sent, [...world.made.keys()], outbox.read()]).toEqual([['r1', 'r2'], ['r1', 'r2'], []]);
  });

  it('waits for who has to sign in again, and calls that no refusal', async () => {
    world.isSignedOut = true;
    expect(await outbox.submit(report('r1'), alone)).toEqual({ state: 'waiting' });
    expect(outbox.read()[0]?.refused).toBeNull();
    world.isSignedOut = false;
    await outbox.send(true);
    expect(world.made.size).toBe(1);
  });

  it('keeps what was refused with its reason; what comes after it goes out', async () => {
    world.isOnline = false;
    await outbox.submit(report('r1'), alone);
    world.isOnline = true;
    world.refuses = 'work_order.facility_unknown';
    await outbox.send(true);
    expect(outbox.read()).toMatchObject([{ id: 'r1', refused: { code: 'work_order.facility_unknown' } }]);
    world.refuses = null;
    expect(await outbox.submit(report('r2'), alone)).toMatchObject({ state: 'sent' });
    expect([...world.made.keys()]).toEqual(['r2']);
    // It is not tried again by itself, and given up when the person says so.
    await outbox.send(true);
    expect(world.made.size).toBe(1);
    await outbox.discard(outbox.read()[0]!);
    expect(world.stored.size).toBe(0);
  });

  it('sends nothing in another name than it was written in; what was written in this one goes on', async () => {
    world.isOnline = false;
    await outbox.submit(report('for-mother', 'mother'), alone);
    await outbox.submit(report('own'), alone);
    world.isOnline = true;
    await outbox.send(true);
    expect([...world.made.keys()]).toEqual(['own']);
    expect(outbox.read()).toMatchObject([{ id: 'for-mother', refused: null }]);
    world.acting = 'mother';
    await outbox.send(true);
    expect([...world.made.keys()]).toEqual(['own', 'for-mother']);
  });

  it('tells at once why the server would not take it', async () => {
    world.refuses = 'work_order.category_unknown';
    const outcome = await outbox.submit(report('r1'), alone);
    expect(outcome).toMatchObject({ state: 'refused', error: { code: 'work_order.category_unknown' } });
  });
});
