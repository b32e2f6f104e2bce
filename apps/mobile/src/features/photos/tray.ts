import { ApiProblem, newKey, Unreachable } from '@gongzhi/ui/client/index.ts';
import { database, type StoredPhoto } from '../../app/store.ts';
import { NotAPicture, shrink } from './shrink.ts';
import { uploadPhoto } from './upload.ts';

/** As many as an order may carry. */
export const MOST_PHOTOS = 9;

export type PhotoState = 'shrinking' | 'waiting' | 'sending' | 'sent' | 'failed' | 'broken';

export interface Photo {
  id: string;
  /** An object URL; empty until the picture has been made small. */
  url: string;
  state: PhotoState;
  /** 0 to 1 while it is on its way. */
  progress: number;
}

interface Held extends Photo {
  stored: StoredPhoto | null;
}

/** What a tray works with; the tests, which have no canvas, no server and no storage, bring their own. */
interface Tools {
  shrink: typeof shrink;
  send: typeof uploadPhoto;
  database: () => Promise<Shelf | null>;
}

/** Where pictures are kept: IndexedDB, or what a test has instead. */
export interface Shelf {
  put: (store: 'photos', photo: StoredPhoto) => Promise<unknown>;
  delete: (store: 'photos', id: string) => Promise<unknown>;
  getAllFromIndex: (store: 'photos', index: 'owner', owner: string) => Promise<StoredPhoto[]>;
}

/**
 * The pictures of one draft: made small, kept in IndexedDB, sent one by one. Pictures outlive the page, so they
 * are also what a worker's waiting act takes along.
 */
export class PhotoTray {
  readonly owner: string;
  readonly #accountId: string;
  readonly #tools: Tools;
  #held: readonly Held[] = [];
  #listeners = new Set<() => void>();
  #sending: Promise<void> | null = null;
  #scopeId: string | null = null;

  constructor(owner: string, accountId: string, tools: Tools = { shrink, send: uploadPhoto, database }) {
    this.owner = owner;
    this.#accountId = accountId;
    this.#tools = tools;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): readonly Photo[] => this.#held;

  /** Brings back what was kept. */
  async restore(): Promise<void> {
    const db = await this.#tools.database();
    const kept = (await db?.getAllFromIndex('photos', 'owner', this.owner)) ?? [];
    const known = new Set(this.#held.map(({ id }) => id));
    const back = kept
      .filter(({ id }) => !known.has(id))
      .sort((a, b) => a.order - b.order)
      .map<Held>((stored) => ({
        id: stored.id,
        url: URL.createObjectURL(stored.blob),
        state: stored.fileId === null ? 'waiting' : 'sent',
        progress: 0,
        stored,
      }));
    if (back.length > 0) this.#set([...back, ...this.#held]);
  }

  /** Where they go. A picture sent for another compound is sent again for this one. */
  aim(scopeId: string | null): void {
    this.#scopeId = scopeId;
    this.#set(
      this.#held.map((photo) =>
        photo.state === 'sent' && photo.stored?.scopeId !== scopeId ? { ...photo, state: 'waiting' } : photo,
      ),
    );
    this.#start();
  }

  async add(files: readonly Blob[]): Promise<void> {
    const room = MOST_PHOTOS - this.#held.length;
    const taken = files
      .slice(0, Math.max(0, room))
      .map<[Held, Blob]>((file) => [
        { id: newKey(), url: '', state: 'shrinking', progress: 0, stored: null },
        file,
      ]);
    this.#set([...this.#held, ...taken.map(([photo]) => photo)]);
    // One after the other: nine camera pictures decoded at once are more than a cheap phone holds.
    for (const [photo, file] of taken) await this.#prepare(photo.id, file);
  }

  async #prepare(id: string, file: Blob): Promise<void> {
    try {
      const blob = await this.#tools.shrink(file);
      const stored: StoredPhoto = {
        id,
        owner: this.owner,
        accountId: this.#accountId,
        blob,
        order: Date.now(),
        fileId: null,
        scopeId: null,
      };
      // Removed while it was being made small.
      if (!this.#held.some((photo) => photo.id === id)) return;
      await (await this.#tools.database())?.put('photos', stored);
      this.#change(id, { state: 'waiting', url: URL.createObjectURL(blob), stored });
      this.#start();
    } catch (error) {
      if (!(error instanceof NotAPicture)) throw error;
      this.#change(id, { state: 'broken' });
    }
  }

  async remove(id: string): Promise<void> {
    const photo = this.#held.find((one) => one.id === id);
    this.#set(this.#held.filter((one) => one.id !== id));
    if (photo !== undefined && photo.url !== '') URL.revokeObjectURL(photo.url);
    await (await this.#tools.database())?.delete('photos', id);
  }

  retry(id: string): void {
    this.#change(id, { state: 'waiting' });
    this.#start();
  }

  /** The server no longer knows what it was sent (an attached or long unused upload is swept): all go out again. */
  async forgetSent(): Promise<void> {
    for (const photo of this.#held) {
      if (photo.stored === null) continue;
      const stored: StoredPhoto = { ...photo.stored, id: newKey(), fileId: null, scopeId: null };
      const db = await this.#tools.database();
      await db?.delete('photos', photo.id);
      await db?.put('photos', stored);
      this.#change(photo.id, { id: stored.id, stored, state: 'waiting' });
    }
  }

  /** Sends what isn't sent yet and gives the ids the server knows them by. Throws what stopped it. */
  async settle(): Promise<string[]> {
    for (const photo of this.#held)
      if (photo.state === 'failed') this.#change(photo.id, { state: 'waiting' });
    this.#start();
    await this.#sending;
    const usable = this.#held.filter((photo) => photo.state !== 'broken');
    if (usable.some((photo) => photo.state !== 'sent')) throw new Unreachable('photos');
    return usable.map((photo) => photo.stored?.fileId ?? '');
  }

  /**
   * Hands the pictures over to another owner, such as a waiting act. They leave the tray first: one that is just
   * being sent is then not written back under the old owner when its answer comes.
   */
  async giveTo(owner: string): Promise<void> {
    const db = await this.#tools.database();
    const given = this.#held;
    this.#set([]);
    try {
      for (const { stored } of given) if (stored !== null) await db?.put('photos', { ...stored, owner });
    } catch (error) {
      // No room left, or storage closed: nothing was handed over, so they are still the draft's.
      this.#set([...given, ...this.#held]);
      throw error;
    }
    for (const { url } of given) if (url !== '') URL.revokeObjectURL(url);
  }

  async clear(): Promise<void> {
    const db = await this.#tools.database();
    for (const { id } of this.#held) await db?.delete('photos', id);
    this.#empty();
  }

  #empty(): void {
    for (const { url } of this.#held) if (url !== '') URL.revokeObjectURL(url);
    this.#set([]);
  }

  #start(): void {
    if (this.#scopeId === null || this.#sending !== null) return;
    this.#sending = this.#sendAll().finally(() => {
      this.#sending = null;
    });
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      const next = this.#held.find((photo) => photo.state === 'waiting' && photo.stored !== null);
      const scopeId = this.#scopeId;
      if (next?.stored == null || scopeId === null) return;
      if (!navigator.onLine) {
        this.#change(next.id, { state: 'failed' });
        continue;
      }
      this.#change(next.id, { state: 'sending', progress: 0 });
      try {
        // Another compound is another upload, so another key.
        const key = `${next.id}:${scopeId}`;
        const fileId = await this.#tools.send(next.stored.blob, scopeId, key, (progress) => {
          this.#change(next.id, { progress });
        });
        const stored: StoredPhoto = { ...next.stored, fileId, scopeId };
        const db = await this.#tools.database();
        // Taken away while it was on its way (the server sweeps what nothing uses), or handed over to a waiting act,
        // which must not lose it again. Nothing may come between this look and the writing.
        if (!this.#held.some(({ id }) => id === next.id)) continue;
        await db?.put('photos', stored);
        this.#change(next.id, { state: 'sent', stored });
      } catch (error) {
        const isRefused =
          error instanceof ApiProblem &&
          (error.status === 415 || error.status === 413 || error.status === 422);
        this.#change(next.id, { state: isRefused ? 'broken' : 'failed' });
      }
    }
  }

  #change(id: string, part: Partial<Held>): void {
    this.#set(this.#held.map((photo) => (photo.id === id ? { ...photo, ...part } : photo)));
  }

  #set(held: readonly Held[]): void {
    this.#held = held;
    for (const listener of this.#listeners) listener();
  }
}
