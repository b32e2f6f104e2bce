import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/**
 * What the gate knows and what it has decided, on this phone: sealed under a key that the browser keeps and gives to
 * nobody, this page's code included. A phone that is taken away and opened shows bytes.
 *
 * Nothing is lost silently: what the storage will not take (it is full, or forbidden) stays in memory, `state` says
 * so, and it is tried again with whatever is written next.
 */
export type VaultState = 'kept' | 'full' | 'memory';

/** Where sealed bytes lie; the tests bring their own. */
export interface Shelf {
  key(make: () => Promise<CryptoKey>): Promise<CryptoKey>;
  get(name: string): Promise<Sealed | undefined>;
  names(): Promise<string[]>;
  put(name: string, sealed: Sealed): Promise<void>;
  delete(name: string): Promise<void>;
}

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

interface Schema extends DBSchema {
  key: { key: string; value: CryptoKey };
  sealed: { key: string; value: Sealed };
}

const text = new TextEncoder();

export class Vault {
  readonly #shelf: Shelf | null;
  readonly #key: CryptoKey;
  /** What the storage has not taken. */
  readonly #held = new Map<string, Sealed>();
  readonly #gone = new Set<string>();
  #state: VaultState;
  #listeners = new Set<() => void>();

  private constructor(shelf: Shelf | null, key: CryptoKey) {
    this.#shelf = shelf;
    this.#key = key;
    this.#state = shelf === null ? 'memory' : 'kept';
  }

  static async open(openShelf: () => Promise<Shelf> = onThisPhone): Promise<Vault> {
    try {
      const shelf = await openShelf();
      return new Vault(shelf, await shelf.key(newKey));
    } catch {
      return new Vault(null, await newKey());
    }
  }

  get state(): VaultState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Undefined where there is nothing, and where there is something that was changed from outside. */
  async get<Value>(name: string): Promise<Value | undefined> {
    if (this.#gone.has(name)) return undefined;
    const sealed = this.#held.get(name) ?? (await this.#shelf?.get(name).catch(() => undefined));
    if (sealed === undefined) return undefined;
    try {
      const plain = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: sealed.iv, additionalData: text.encode(name) },
        this.#key,
        sealed.data,
      );
      return JSON.parse(new TextDecoder().decode(plain)) as Value;
    } catch {
      return undefined;
    }
  }

  /** Those that begin so, in order of their names. */
  async names(prefix: string): Promise<string[]> {
    const kept = (await this.#shelf?.names().catch((): string[] => [])) ?? [];
    const all = new Set([...kept, ...this.#held.keys()]);
    return [...all].filter((name) => name.startsWith(prefix) && !this.#gone.has(name)).sort();
  }

  async put(name: string, value: unknown): Promise<void> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: text.encode(name) },
      this.#key,
      text.encode(JSON.stringify(value)),
    );
    this.#gone.delete(name);
    this.#held.set(name, { iv, data });
    await this.#settle();
  }

  async delete(name: string): Promise<void> {
    this.#held.delete(name);
    this.#gone.add(name);
    await this.#settle();
  }

  /** Everything in memory goes to the storage, as far as it takes it. */
  async #settle(): Promise<void> {
    if (this.#shelf === null) return;
    try {
      // First what makes room.
      for (const name of this.#gone) {
        await this.#shelf.delete(name);
        this.#gone.delete(name);
      }
      for (const [name, sealed] of this.#held) {
        await this.#shelf.put(name, sealed);
        // Written anew meanwhile: the newer one is still to be kept.
        if (this.#held.get(name) === sealed) this.#held.delete(name);
      }
      this.#say('kept');
    } catch {
      this.#say('full');
    }
  }

  #say(state: VaultState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function newKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

async function onThisPhone(): Promise<Shelf> {
  const db: IDBPDatabase<Schema> = await openDB<Schema>('gongzhi-gate', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('key');
      fresh.createObjectStore('sealed');
    },
  });
  // Asked for, not insisted on: a browser that runs out of room may then not throw the gate's list away first.
  await (navigator as Partial<Navigator>).storage?.persist?.().catch(() => false);
  return {
    async key(make) {
      const kept = await db.get('key', 'own');
      if (kept !== undefined) return kept;
      const fresh = await make();
      // Two pages at once: the first one's key counts.
      const tx = db.transaction('key', 'readwrite');
      const first = await tx.store.get('own');
      if (first === undefined) await tx.store.put(fresh, 'own');
      await tx.done;
      return first ?? fresh;
    },
    get: (name) => db.get('sealed', name),
    names: () => db.getAllKeys('sealed'),
    put: async (name, sealed) => {
      await db.put('sealed', sealed, name);
    },
    delete: (name) => db.delete('sealed', name),
  };
}
