import type { DoubtAnswer } from '@gongzhi/kernel/meters.ts';
import { ApiProblem, isPassing, newKey } from '@gongzhi/ui/client/index.ts';
import { database, type StoredPhoto } from '../../app/store.ts';
import { dropFiles, filesOf, handOver, needToken, uploadKept } from '../photos/kept.ts';
import { metersApi } from './api.ts';

/** What somebody read on a meter, and the server has not answered yet. Its id is the idempotency key. */
export interface WaitingReading {
  id: string;
  accountId: string;
  /** In which capacity it was read: it goes out in no other. */
  actingId: string;
  scopeId: string;
  meterId: string;
  /** Where it hangs, as the round says it: for the list of what waits. */
  place: string;
  value: number;
  answer: DoubtAnswer | null;
  madeAt: number;
  refused: { code: string; params: Record<string, unknown> } | null;
}

/** What the queue needs of the phone and the server; the tests give it another. */
export interface ReadingWorld {
  record: (reading: WaitingReading, fileIds: readonly string[], isQuiet: boolean) => Promise<void>;
  upload: (file: StoredPhoto, scopeId: string, isQuiet: boolean, as: string) => Promise<string>;
  load: (accountId: string) => Promise<WaitingReading[]>;
  save: (reading: WaitingReading) => Promise<void>;
  drop: (reading: WaitingReading) => Promise<void>;
  files: (owner: string) => Promise<StoredPhoto[]>;
  handOver: (from: string, to: string) => Promise<void>;
}

export type ReadingOutcome = 'sent' | 'waiting' | 'refused';

/**
 * A round's readings, with or without a network: kept on the phone first, then sent in the order in which they were read,
 * each once. What the server refuses or doubts stays, with its reason, until somebody says what it is; the others go on.
 */
export class ReadingQueue {
  readonly #accountId: string;
  readonly #world: ReadingWorld;
  #readings: readonly WaitingReading[] = [];
  #listeners = new Set<() => void>();
  #sentListeners = new Set<(reading: WaitingReading) => void>();
  #restoring: Promise<void> | null = null;
  #sending: Promise<void> | null = null;
  #again = false;

  constructor(accountId: string, world: ReadingWorld = phone) {
    this.#accountId = accountId;
    this.#world = world;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): readonly WaitingReading[] => this.#readings;

  /** Told what went out, before it is no longer among what waits: whoever shows both never sees neither. */
  onSent(listener: (reading: WaitingReading) => void): () => void {
    this.#sentListeners.add(listener);
    return () => this.#sentListeners.delete(listener);
  }

  restore(): Promise<void> {
    this.#restoring ??= this.#world.load(this.#accountId).then((kept) => {
      const known = new Set(this.#readings.map(({ id }) => id));
      this.#set(
        [...kept.filter(({ id }) => !known.has(id)), ...this.#readings].sort((a, b) => a.madeAt - b.madeAt),
      );
    });
    return this.#restoring;
  }

  /** Keeps it, then tries to send it. The pictures are handed over by `takeAlong` once it is kept. */
  async submit(
    reading: Omit<WaitingReading, 'id' | 'accountId' | 'refused'>,
    takeAlong: (owner: string) => Promise<void>,
  ): Promise<ReadingOutcome> {
    const kept: WaitingReading = { ...reading, id: newKey(), accountId: this.#accountId, refused: null };
    await this.#world.save(kept);
    await takeAlong(kept.id);
    this.#set([...this.#readings, kept]);
    return this.#outcome(kept.id);
  }

  /** What the server doubted, with what somebody says to it: another request, at the hour at which it was read. */
  async answer(reading: WaitingReading, answer: DoubtAnswer): Promise<ReadingOutcome> {
    const renewed: WaitingReading = { ...reading, id: newKey(), answer, refused: null };
    await this.#world.save(renewed);
    await this.#world.handOver(reading.id, renewed.id);
    await this.#world.drop(reading);
    this.#set(this.#readings.map((one) => (one.id === reading.id ? renewed : one)));
    return this.#outcome(renewed.id);
  }

  async discard(reading: WaitingReading): Promise<void> {
    await this.#world.drop(reading);
    this.#set(this.#readings.filter(({ id }) => id !== reading.id));
  }

  async #outcome(id: string): Promise<ReadingOutcome> {
    await this.send(false);
    const left = this.#readings.find((one) => one.id === id);
    if (left === undefined) return 'sent';
    return left.refused === null ? 'waiting' : 'refused';
  }

  /** Sends what can be sent. Calls that come meanwhile make one more round. */
  send(isQuiet: boolean): Promise<void> {
    if (this.#sending !== null) {
      this.#again = true;
      return this.#sending;
    }
    this.#sending = this.#rounds(isQuiet).finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #rounds(isQuiet: boolean): Promise<void> {
    do {
      this.#again = false;
      if (!(await this.#round(isQuiet))) return;
    } while (this.#again);
  }

  /** False: no use going on now. */
  async #round(isQuiet: boolean): Promise<boolean> {
    // Behind one that has to be looked at, the next of the same meter would be measured against the wrong figure.
    const stuck = new Set<string>();
    for (const reading of this.#readings) {
      if (reading.refused !== null || stuck.has(reading.meterId)) {
        stuck.add(reading.meterId);
        continue;
      }
      try {
        const fileIds: string[] = [];
        for (const file of await this.#world.files(reading.id))
          fileIds.push(await this.#world.upload(file, reading.scopeId, isQuiet, reading.actingId));
        await this.#world.record(reading, fileIds, isQuiet);
        for (const listener of this.#sentListeners) listener(reading);
        await this.discard(reading);
      } catch (error) {
        // No answer, or a session that ended: all of it waits for the next chance.
        if (isPassing(error) || !(error instanceof ApiProblem) || error.status === 401) return false;
        stuck.add(reading.meterId);
        // Read as somebody one is not at the moment: it waits until one is.
        if (error.code === 'auth.other_capacity') continue;
        const refused: WaitingReading = { ...reading, refused: { code: error.code, params: error.params } };
        await this.#world.save(refused);
        this.#set(this.#readings.map((one) => (one.id === reading.id ? refused : one)));
      }
    }
    return true;
  }

  #set(readings: readonly WaitingReading[]): void {
    this.#readings = readings;
    for (const listener of this.#listeners) listener();
  }
}

let shared: { accountId: string; queue: ReadingQueue; stop: () => void } | null = null;

/** One for all pages: two would send the same thing at once. From then on it sends by itself. */
export function readingQueueOf(accountId: string): ReadingQueue {
  if (shared?.accountId !== accountId) {
    shared?.stop();
    const queue = new ReadingQueue(accountId);
    shared = { accountId, queue, stop: keepSending(queue) };
  }
  return shared.queue;
}

const AGAIN_MS = 30_000;

function keepSending(queue: ReadingQueue): () => void {
  const send = (): void => {
    if (queue.read().some(({ refused }) => refused === null)) void queue.send(true);
  };
  queue.restore().then(send, () => undefined);
  const timer = setInterval(send, AGAIN_MS);
  window.addEventListener('online', send);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', send);
  };
}

const beginOf = (accountId: string): string => `${accountId}:waiting-reading:`;

/** How many of an account's readings lie on this phone. */
export const keptReadings = async (accountId: string): Promise<WaitingReading[]> =>
  ((await (await database())?.getAll('drafts')) ?? [])
    .filter(({ name }) => name.startsWith(beginOf(accountId)))
    .map(({ value }) => value as WaitingReading);

/** The phone and the server. Readings lie among the drafts, under a name of their own. */
const phone: ReadingWorld = {
  record: async ({ id, scopeId, meterId, value, answer, madeAt, actingId }, fileIds, isQuiet) => {
    await needToken();
    const body = {
      value,
      takenAt: new Date(madeAt).toISOString(),
      ...(answer === null ? {} : { answer }),
      ...(fileIds.length === 0 ? {} : { fileIds: [...fileIds] }),
    };
    await metersApi.record(scopeId, meterId, body, id, isQuiet, actingId);
  },
  upload: uploadKept,
  load: keptReadings,
  save: async (reading) => {
    const { accountId, id } = reading;
    const db = await database();
    await db?.put('drafts', {
      name: `${beginOf(accountId)}${id}`,
      accountId,
      value: reading,
      savedAt: Date.now(),
    });
  },
  drop: async ({ accountId, id }) => {
    await (await database())?.delete('drafts', `${beginOf(accountId)}${id}`);
    await dropFiles(id);
  },
  files: filesOf,
  handOver,
};
