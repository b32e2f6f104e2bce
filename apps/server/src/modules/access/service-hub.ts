import type { House } from '../../platform/house.ts';
import { SAID_AGAIN_AFTER } from './domain.ts';
import { type OpenOrder, openOrders, storeSent } from './queries-barriers.ts';
import { actorOfGates } from './service-actor.ts';

/**
 * Barriers that listen in this process, and what they are to do. Whoever orders may be another process: so it is looked
 * for every half second while somebody listens, and at once when it was ordered here. What is not acknowledged is said
 * again under the same number until its time is over.
 */
export interface Listener {
  readonly scopeId: string;
  readonly deviceId: string;
  /** Of the key it came in with. */
  readonly credentialVersion: number;
  tell(orders: readonly OpenOrder[]): void;
  /** Its key is not its key any more. */
  putOut(): void;
}

export interface Hub {
  /** Gives how to stop. */
  listen(listener: Listener): () => void;
  wake(): void;
  /** How many listen. */
  count(): number;
  stop(): void;
}

const LOOKS_EVERY = 500;
/** In one question. */
const SOME = 500;

class BarrierHub implements Hub {
  readonly #house: House;
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;
  #isWoken = false;
  #isStopped = false;

  constructor(house: House) {
    this.#house = house;
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.wake(), LOOKS_EVERY);
    this.wake();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  count(): number {
    return this.#listeners.size;
  }

  wake(): void {
    this.#isWoken = true;
    if (this.#isLooking || this.#isStopped) return;
    this.#isLooking = true;
    void this.#look();
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
    this.#listeners.clear();
  }

  async #look(): Promise<void> {
    while (this.#isWoken && !this.#isStopped) {
      this.#isWoken = false;
      const all = [...this.#listeners];
      for (let at = 0; at < all.length; at += SOME)
        try {
          await this.#tell(all.slice(at, at + SOME));
        } catch (error) {
          // A database that is away comes back; the order is looked for again, or is void by then.
          this.#house.log.warn({ message: (error as Error).message }, 'orders to barriers could not be read');
        }
    }
    this.#isLooking = false;
  }

  async #tell(listeners: readonly Listener[]): Promise<void> {
    const now = this.#house.clock.now();
    const { db } = this.#house;
    const actor = actorOfGates([...new Set(listeners.map(({ scopeId }) => scopeId))]);
    const open = await db.read(actor, (q) => openOrders(q, listeners, now));
    const said = open.filter(
      ({ sentAt }) => sentAt === null || now.getTime() - sentAt.getTime() >= SAID_AGAIN_AFTER,
    );
    if (said.length === 0) return;
    await db.act(actor, async (tx) => storeSent(tx, said, now));
    for (const listener of listeners) {
      if (!this.#listeners.has(listener)) continue;
      const own = said.filter(
        ({ scopeId, deviceId }) => scopeId === listener.scopeId && deviceId === listener.deviceId,
      );
      if (own.length === 0) continue;
      if (own.some(({ credentialVersion }) => credentialVersion !== listener.credentialVersion))
        listener.putOut();
      else listener.tell(own);
    }
  }
}

const hubs = new WeakMap<House, Hub>();

/** One of a process. */
export function hubOf(house: House): Hub {
  let hub = hubs.get(house);
  if (hub === undefined) hubs.set(house, (hub = new BarrierHub(house)));
  return hub;
}

export const orderView = ({ id, holdSeconds, expiresAt }: OpenOrder, now: Date) => ({
  id,
  action: 'open' as const,
  holdSeconds,
  expiresAt: expiresAt.toISOString(),
  validForMs: Math.max(0, expiresAt.getTime() - now.getTime()),
});
