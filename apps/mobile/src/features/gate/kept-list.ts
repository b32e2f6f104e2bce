import {
  GateList,
  type Latest,
  NotFitting,
  PACK_VERSION,
  type Packed,
  type PackedDifference,
  type PackedFull,
} from '@gongzhi/gate';
import type { Vault } from './vault.ts';

/** More differences than this are one list too many to keep apart. */
const MOST_DIFFERENCES = 40;
const LATEST = 'latest';
const listName = (n: number): string => `list-${String(n).padStart(4, '0')}`;

const isOnlyLatest = ({ from, version, passes, gone }: PackedDifference): boolean =>
  from === version && passes.count === 0 && gone.length === 0;

/** What the gate may decide by, as it lies on this phone: the whole of one moment, the differences since, the minute. */
export class KeptList {
  readonly #vault: Vault;
  #list: GateList | null = null;
  #differences = 0;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  get list(): GateList | null {
    return this.#list;
  }

  /** Since when news are asked for; null: the whole. */
  get since(): string | null {
    return this.#list === null || this.#differences > MOST_DIFFERENCES ? null : this.#list.head.version;
  }

  async open(): Promise<void> {
    this.#list = null;
    this.#differences = 0;
    for (const name of await this.#vault.names('list-')) {
      const packed = await this.#vault.get<Packed>(name);
      // What an older page has kept is no list of this one's.
      if (packed === undefined || packed.v !== PACK_VERSION) return;
      try {
        if (packed.kind === 'full') this.#list = new GateList(packed);
        else this.#list?.apply(packed);
      } catch {
        // What does not fit together is no list; the whole is asked for.
        this.#list = null;
        return;
      }
      this.#differences++;
    }
    const latest = await this.#vault.get<Latest>(LATEST);
    if (latest !== undefined) this.#list?.hear(latest);
  }

  async forget(): Promise<void> {
    for (const name of await this.#vault.names('list-')) await this.#vault.delete(name);
    await this.#vault.delete(LATEST);
    this.#list = null;
    this.#differences = 0;
  }

  async take(packed: Packed): Promise<void> {
    if (packed.kind === 'full') await this.#takeFull(packed);
    else if (isOnlyLatest(packed)) await this.#takeLatest(packed.latest);
    else await this.#takeDifference(packed);
  }

  async #takeFull(packed: PackedFull): Promise<void> {
    // Read before the old one is given up: what does not open is never the only one.
    const list = new GateList(packed);
    const old = await this.#vault.names('list-');
    await this.#vault.put(listName(0), packed);
    for (const name of old) if (name !== listName(0)) await this.#vault.delete(name);
    this.#list = list;
    this.#differences = 1;
  }

  /** Nobody's pass has changed: what changes by the minute is kept by itself, over what it was. */
  async #takeLatest(latest: Latest): Promise<void> {
    this.#list?.hear(latest);
    await this.#vault.put(LATEST, latest);
  }

  async #takeDifference(packed: PackedDifference): Promise<void> {
    if (this.#list === null) return;
    try {
      this.#list.apply(packed);
    } catch (error) {
      if (!(error instanceof NotFitting)) throw error;
      // Half applied is not applied: what was kept is opened again, and the whole is asked for next time.
      await this.open();
      this.#differences = MOST_DIFFERENCES + 1;
      return;
    }
    await this.#vault.put(listName(this.#differences), packed);
    this.#differences++;
  }
}
