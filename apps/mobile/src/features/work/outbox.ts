import { ApiProblem, isPassing, newKey } from '@gongzhi/ui/client/index.ts';
import { api } from '../../api.ts';
import { type Act, isWorkingAct, type Order } from '../../api-types.ts';
import { database, type StoredPhoto, type WaitingAct } from '../../app/store.ts';
import { uploadPhoto } from '../photos/upload.ts';

/** What the outbox needs of the world; the tests give it another. */
export interface World {
  /** Quiet: nobody is looking, so an ended session asks nobody to sign in. */
  command: (act: WaitingAct, version: number, command: Act, isQuiet: boolean) => Promise<Order>;
  version: (act: WaitingAct) => Promise<number>;
  upload: (photo: StoredPhoto, act: WaitingAct) => Promise<string>;
  load: (accountId: string) => Promise<WaitingAct[]>;
  save: (act: WaitingAct) => Promise<void>;
  drop: (act: WaitingAct) => Promise<void>;
  photos: (act: WaitingAct) => Promise<StoredPhoto[]>;
}

export type Outcome =
  | { state: 'sent'; order: Order }
  | { state: 'waiting' }
  | { state: 'refused'; code: string };

/**
 * Every act of a worker goes through here, with or without a network: kept on the phone first, then sent, in order,
 * each once. An act's id is its idempotency key, so an answer that was lost is asked for again and not done twice.
 * What the server refuses stays, with its reason, until the worker decides; what follows it on the same order waits.
 */
export class Outbox {
  readonly #accountId: string;
  readonly #actingId: string;
  readonly #world: World;
  readonly #onSent: (order: Order) => void;
  #acts: readonly WaitingAct[] = [];
  #listeners = new Set<() => void>();
  #restoring: Promise<void> | null = null;
  #sending: Promise<void> | null = null;
  #again = false;

  constructor(
    { accountId, actingId }: { accountId: string; actingId: string },
    onSent: (order: Order) => void,
    world: World = phone,
  ) {
    this.#accountId = accountId;
    this.#actingId = actingId;
    this.#onSent = onSent;
    this.#world = world;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): readonly WaitingAct[] => this.#acts;

  restore(): Promise<void> {
    this.#restoring ??= this.#world.load(this.#accountId).then((kept) => {
      this.#set(kept.sort((a, b) => a.madeAt - b.madeAt));
    });
    return this.#restoring;
  }

  /** Keeps the act, then tries to send it. `waiting`: it will go out later by itself. */
  async submit(
    order: Pick<Order, 'id' | 'scopeId' | 'number' | 'version'>,
    command: Act,
    takeAlong?: (owner: string) => Promise<void>,
  ): Promise<Outcome> {
    // On a slow phone one presses before it is known what waits from earlier, and that goes first.
    await this.#restoring?.catch(() => undefined);
    const isFirst = !this.#acts.some(({ orderId }) => orderId === order.id);
    const act: WaitingAct = {
      id: newKey(),
      accountId: this.#accountId,
      actingId: this.#actingId,
      scopeId: order.scopeId,
      orderId: order.id,
      orderNumber: order.number,
      command,
      // Behind another act of the same order the version is whatever that one leaves.
      expectedVersion: isFirst ? order.version : null,
      madeAt: Date.now(),
      refused: null,
    };
    await takeAlong?.(act.id);
    await this.#world.save(act);
    this.#set([...this.#acts, act]);
    let answer: Order | null = null;
    const stop = this.#listenFor(act.id, (sent) => {
      answer = sent;
    });
    await this.send();
    stop();
    if (answer !== null) return { state: 'sent', order: answer };
    const left = this.#acts.find(({ id }) => id === act.id);
    return left?.refused == null ? { state: 'waiting' } : { state: 'refused', code: left.refused.code };
  }

  #sentListeners = new Map<string, (order: Order) => void>();

  #listenFor(id: string, listener: (order: Order) => void): () => void {
    this.#sentListeners.set(id, listener);
    return () => this.#sentListeners.delete(id);
  }

  /** Sends what can be sent. Calls that come meanwhile make one more round. */
  send(isQuiet = false): Promise<void> {
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
      await this.#round(isQuiet);
    } while (this.#again);
  }

  async #round(isQuiet: boolean): Promise<void> {
    const stuck = new Set<string>();
    for (const act of this.#acts) {
      if (stuck.has(act.orderId)) continue;
      if (act.refused !== null) {
        stuck.add(act.orderId);
        continue;
      }
      try {
        await this.#sendOne(act, isQuiet);
      } catch (error) {
        // No answer, or a session that ended: everything waits for the next chance.
        if (isPassing(error) || !(error instanceof ApiProblem) || error.status === 401) return;
        // Pressed as somebody one is not at the moment: it waits until one is.
        if (error.code === 'auth.other_capacity') {
          stuck.add(act.orderId);
          continue;
        }
        await this.#change(act, { refused: { code: error.code, params: error.params } });
        stuck.add(act.orderId);
      }
    }
  }

  async #sendOne(act: WaitingAct, isQuiet: boolean): Promise<void> {
    const { command } = act;
    const version = act.expectedVersion ?? (await this.#world.version(act));
    if (act.expectedVersion === null) await this.#change(act, { expectedVersion: version });
    const photoIds: string[] = [];
    for (const photo of await this.#world.photos(act)) photoIds.push(await this.#world.upload(photo, act));
    const whole: Act =
      'signatureFileId' in command
        ? { ...command, signatureFileId: photoIds[0]! }
        : 'photoIds' in command
          ? { ...command, photoIds }
          : command;
    const order = await this.#world.command(act, version, whole, isQuiet);
    await this.#world.drop(act);
    // What waits behind it on the same order goes on from the version this one left.
    let isNext = true;
    this.#set(
      this.#acts
        .filter(({ id }) => id !== act.id)
        .map((other) => {
          if (!isNext || other.orderId !== act.orderId || other.expectedVersion !== null) return other;
          isNext = false;
          const next = { ...other, expectedVersion: order.version };
          void this.#world.save(next);
          return next;
        }),
    );
    this.#sentListeners.get(act.id)?.(order);
    this.#onSent(order);
  }

  /** The worker gives it up, and what was to follow it. */
  async discard(act: WaitingAct): Promise<void> {
    const gone = this.#acts.filter(({ orderId, madeAt }) => orderId === act.orderId && madeAt >= act.madeAt);
    for (const one of gone) await this.#world.drop(one);
    this.#set(this.#acts.filter((one) => !gone.includes(one)));
  }

  /** The worker has seen what changed and still means it: sent as a new act on what is there now. */
  async insist(act: WaitingAct, version: number): Promise<void> {
    const renewed: WaitingAct = { ...act, expectedVersion: version, refused: null };
    await this.#world.save(renewed);
    this.#set(this.#acts.map((one) => (one.id === act.id ? renewed : one)));
    await this.send();
  }

  async #change(act: WaitingAct, part: Partial<WaitingAct>): Promise<void> {
    const next = { ...act, ...part };
    await this.#world.save(next);
    this.#set(this.#acts.map((one) => (one.id === act.id ? next : one)));
  }

  #set(acts: readonly WaitingAct[]): void {
    this.#acts = acts;
    for (const listener of this.#listeners) listener();
  }
}

/** The phone and the server. */
const phone: World = {
  command: async (act, version, command, isQuiet) =>
    // Meant again on a changed order is another request, so another key.
    isWorkingAct(command)
      ? (
          await api.working(
            act.scopeId,
            act.orderId,
            { ...command, expectedVersion: version },
            `${act.id}:${version}`,
            isQuiet,
            act.actingId,
          )
        ).order
      : api.command(
          act.scopeId,
          act.orderId,
          version,
          command,
          `${act.id}:${version}`,
          isQuiet,
          act.actingId,
        ),
  version: async (act) => (await api.order(act.scopeId, act.orderId)).version,
  upload: async (photo, { scopeId, actingId }) => {
    if (photo.fileId !== null && photo.scopeId === scopeId) return photo.fileId;
    const fileId = await uploadPhoto(
      photo.blob,
      scopeId,
      `${photo.id}:${scopeId}`,
      () => undefined,
      true,
      actingId,
    );
    await (await database())?.put('photos', { ...photo, fileId, scopeId });
    return fileId;
  },
  load: async (accountId) =>
    ((await (await database())?.getAll('outbox')) ?? []).filter((act) => act.accountId === accountId),
  save: async (act) => {
    await (await database())?.put('outbox', act);
  },
  drop: async (act) => {
    const db = await database();
    await db?.delete('outbox', act.id);
    for (const { id } of (await db?.getAllFromIndex('photos', 'owner', act.id)) ?? [])
      await db?.delete('photos', id);
  },
  photos: async (act) =>
    ((await (await database())?.getAllFromIndex('photos', 'owner', act.id)) ?? []).sort(
      (a, b) => a.order - b.order,
    ),
};
