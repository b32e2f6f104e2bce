import { ApiProblem, Unreachable } from '@gongzhi/ui/client/problem.ts';
import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, it } from 'vitest';
import type { StoredPhoto } from '../../app/store.ts';
import { countInRounds, type RoundLine } from './api.ts';
import { ReadingQueue, type ReadingWorld, type WaitingReading } from './queue.ts';

/** A server that counts figures upwards, a line that may be cut, and the phone's storage. */
class Little implements ReadingWorld {
  isOnline = true;
  losesAnswer = false;
  last = new Map<string, number>();
  counted: string[] = [];
  answered = new Set<string>();
  stored = new Map<string, WaitingReading>();
  pictures: StoredPhoto[] = [];

  record = (reading: WaitingReading, fileIds: readonly string[]): Promise<void> => {
    if (!this.isOnline) return Promise.reject(new Unreachable());
    if (this.answered.has(reading.id)) return Promise.resolve();
    const before = this.last.get(reading.meterId) ?? 0;
    if (reading.value < before && reading.answer === null)
      return Promise.reject(
        new ApiProblem(422, {
          code: 'metering.reading_doubted',
          params: { doubts: ['lower'] } as never,
        }),
      );
    this.last.set(reading.meterId, reading.value);
    this.answered.add(reading.id);
    this.counted.push(`${reading.meterId}=${reading.value}${fileIds.map((id) => `+${id}`).join('')}`);
    return this.losesAnswer ? Promise.reject(new Unreachable()) : Promise.resolve();
  };
  upload = (file: StoredPhoto): Promise<string> =>
    this.isOnline ? Promise.resolve(`file-${file.id}`) : Promise.reject(new Unreachable());
  load = () => Promise.resolve([...this.stored.values()]);
  save = (reading: WaitingReading) => {
    this.stored.set(reading.id, reading);
    return Promise.resolve();
  };
  drop = ({ id }: WaitingReading) => {
    this.stored.delete(id);
    this.pictures = this.pictures.filter(({ owner }) => owner !== id);
    return Promise.resolve();
  };
  files = (owner: string) => Promise.resolve(this.pictures.filter((one) => one.owner === owner));
  handOver = (from: string, to: string) => {
    this.pictures = this.pictures.map((one) => (one.owner === from ? { ...one, owner: to } : one));
    return Promise.resolve();
  };
}

let world: Little;
let queue: ReadingQueue;
let clock = 0;
const opened = () => new ReadingQueue('worker-1', world);
const photo = (id: string) => (owner: string) => {
  world.pictures.push({
    id,
    owner,
    accountId: 'worker-1',
    blob: new Blob([]),
    order: 0,
    fileId: null,
    scopeId: null,
  });
  return Promise.resolve();
};
const nothing = () => Promise.resolve();
const reads = (
  meterId: string,
  value: number,
  takeAlong = nothing as (owner: string) => Promise<void>,
  madeAt = (clock +=
    1),
) =>
  queue.submit(
    {
      actingId: 'as-worker',
      scopeId: 'near',
      meterId,
      place: meterId,
      value,
      answer: null,
      madeAt,
    },
    takeAlong,
  );

beforeEach(() => {
  world = new Little();
  queue = opened();
});

it('keeps a round through a restart and sends it in its order, each once, pictures with it', async () => {
  world.isOnline = false;
  expect([await reads('a', 10, photo('p')), await reads('b', 20), await reads('c', 30)]).toEqual([
    'waiting',
    'waiting',
    'waiting',
  ]);
  queue = opened();
  await queue.restore();
  expect(queue.read().map(({ meterId }) => meterId)).toEqual(['a', 'b', 'c']);
  world.isOnline = true;
  world.losesAnswer = true;
  // Done, and the answer lost: nothing is done twice, and the rest waits for the next chance.
  await queue.send(true);
  expect([world.counted, queue.read().length]).toEqual([['a=10+file-p'], 3]);
  world.losesAnswer = false;
  await queue.send(true);
  expect([world.counted, queue.read(), world.stored.size, world.pictures]).toEqual([
    ['a=10+file-p', 'b=20', 'c=30'],
    [],
    0,
    [],
  ]);
});

it('sets a doubted one aside with what comes after it on the same meter, and others go on', async () => {
  world.last.set('a', 50);
  world.isOnline = false;
  await reads('a', 40, photo('p'));
  await reads('a', 60);
  await reads('b', 5);
  world.isOnline = true;
  await queue.send(true);
  expect(world.counted).toEqual(['b=5']);
  const [doubted] = queue.read();
  expect(doubted).toMatchObject({
    meterId: 'a',
    refused: { code: 'metering.reading_doubted', params: { doubts: ['lower'] } },
  });
  expect(await queue.answer(doubted!, 'earlier_wrong')).toBe('sent');
  expect([world.counted, queue.read().length]).toEqual([['b=5', 'a=40+file-p', 'a=60'], 0]);
});

it('says what went out while it is still among what waits, and a round counts it without being asked for anew', async () => {
  const client = new QueryClient();
  const line = (id: string) =>
    ({ meter: { id, lastValue: 5, lastAt: null }, isReadToday: false }) as RoundLine;
  const key = ['meters', 'round', 'compound', '', 'gas'];
  client.setQueryData(key, { items: [line('a'), line('b')] });
  const waiting: number[] = [];
  queue.onSent((reading) => {
    waiting.push(queue.read().length);
    countInRounds(client, reading);
  });
  const madeAt = Date.now();
  await reads('a', 12, nothing, madeAt);
  const counted = client.getQueryData<{ items: RoundLine[] }>(key)?.items;
  expect([waiting, counted]).toEqual([
    [1],
    [
      { meter: { id: 'a', lastValue: 12, lastAt: new Date(madeAt).toISOString() }, isReadToday: true },
      line('b'),
    ],
  ]);
  // Read on another day, and sent today: today it is still to be read.
  await reads('b', 12, nothing, madeAt - 86_400_000);
  expect(client.getQueryData<{ items: RoundLine[] }>(key)?.items[1]?.isReadToday).toBe(false);
});

it('gives up what somebody gives up, and says at once what is refused', async () => {
  world.last.set('a', 50);
  expect(await reads('a', 40)).toBe('refused');
  await queue.discard(queue.read()[0]!);
  expect([await reads('a', 51), queue.read(), world.stored.size]).toEqual(['sent', [], 0]);
});
