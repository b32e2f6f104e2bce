import { ApiProblem, Unreachable } from '@gongzhi/ui/client/problem.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StoredPhoto } from '../../app/store.ts';
import { MOST_PHOTOS, PhotoTray } from './tray.ts';

const picture = (name: string): Blob => new Blob([name], { type: 'image/jpeg' });
let answers: (string | Error)[];
let sent: string[];
const send = (_blob: Blob, scopeId: string, key: string): Promise<string> => {
  sent.push(`${scopeId} ${key.split(':')[1]}`);
  const answer = answers.shift() ?? 'f';
  return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
};
/** Node has no canvas: a picture stays as large as it is. */
const tools = {
  send,
  shrink: (file: Blob) => Promise.resolve(file),
  database: () => Promise.resolve(null),
};
const states = (tray: PhotoTray): string[] => tray.read().map(({ state }) => state);

beforeEach(() => {
  answers = [];
  sent = [];
  vi.stubGlobal('navigator', { onLine: true });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the pictures of a draft', () => {
  it('go out one by one as soon as it is known where to', async () => {
    const tray = new PhotoTray('d', 'a', tools);
    await tray.add([picture('1'), picture('2')]);
    expect(states(tray)).toEqual(['waiting', 'waiting']);
    answers = ['f1', 'f2'];
    tray.aim('s1');
    expect(await tray.settle()).toEqual(['f1', 'f2']);
    expect(states(tray)).toEqual(['sent', 'sent']);
  });

  it('are tried again, and what does not get through stops the sending', async () => {
    const tray = new PhotoTray('d', 'a', tools);
    tray.aim('s1');
    answers = [new Unreachable(), new Unreachable(), 'f1'];
    await tray.add([picture('1')]);
    await expect(tray.settle()).rejects.toBeInstanceOf(Unreachable);
    expect(states(tray)).toEqual(['failed']);
    expect(await tray.settle()).toEqual(['f1']);
  });

  it('leave out what the server cannot read', async () => {
    const tray = new PhotoTray('d', 'a', tools);
    tray.aim('s1');
    answers = [new ApiProblem(422, { code: 'file.broken' }), 'f2'];
    await tray.add([picture('1'), picture('2')]);
    expect(await tray.settle()).toEqual(['f2']);
    expect(states(tray)).toEqual(['broken', 'sent']);
  });

  it('go out again for another compound, under another key', async () => {
    const tray = new PhotoTray('d', 'a', tools);
    tray.aim('s1');
    await tray.add([picture('1')]);
    await tray.settle();
    tray.aim('s2');
    await tray.settle();
    expect(sent).toEqual(['s1 s1', 's2 s2']);
  });

  it('belong to the act they were given to, even when one was just being sent', async () => {
    const shelf = new Map<string, StoredPhoto>();
    let answer = (_fileId: string): void => undefined;
    const tray = new PhotoTray('draft', 'a', {
      ...tools,
      send: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
      database: () =>
        Promise.resolve({
          put: async (_store: 'photos', photo: StoredPhoto) => {
            // As slow as a disk: the upload's answer comes in between.
            await new Promise((resolve) => setTimeout(resolve, 5));
            shelf.set(photo.id, photo);
          },
          delete: (_store: 'photos', id: string) => Promise.resolve(shelf.delete(id)),
          getAllFromIndex: (_store: 'photos', _index: 'owner', owner: string) =>
            Promise.resolve([...shelf.values()].filter((photo) => photo.owner === owner)),
        }),
    });
    tray.aim('s1');
    await tray.add([picture('1')]);
    await expect.poll(() => states(tray)).toEqual(['sending']);
    const given = tray.giveTo('act');
    answer('f1');
    await given;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([...shelf.values()].map(({ owner }) => owner)).toEqual(['act']);
    expect(tray.read()).toEqual([]);
  });

  it('are no more than an order may carry', async () => {
    const tray = new PhotoTray('d', 'a', tools);
    await tray.add(Array.from({ length: 12 }, (_, n) => picture(String(n))));
    expect(tray.read()).toHaveLength(MOST_PHOTOS);
  });
});
