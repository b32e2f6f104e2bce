import { type Asked, type PackedFull, type PackHead, packPasses, type Verdict } from '@gongzhi/gate';
import { localDate } from '@gongzhi/kernel';
import type { GateDevice } from './post-types.ts';
import type { Sealed, Shelf } from './vault.ts';

/** A gate's list, a storage, and who stands there. */

export const device: GateDevice = {
  scopeId: 's',
  gateId: 'north',
  gateName: 'North gate',
  deviceId: 'd',
  key: 'k',
  publicKey: {},
};
export const start = Date.UTC(2026, 10, 23, 0, 30);
export const refOf = (n: number): string => n.toString(16).padStart(16, '0');

/** IndexedDB with as much room as one likes. */
export class Room implements Shelf {
  kept = new Map<string, Sealed>();
  own: CryptoKey | undefined;
  isFull = false;
  key = async (make: () => Promise<CryptoKey>) => (this.own ??= await make());
  get = async (name: string) => this.kept.get(name);
  names = async () => [...this.kept.keys()];
  put = async (name: string, sealed: Sealed) => {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.kept.set(name, sealed);
  };
  delete = async (name: string) => {
    this.kept.delete(name);
  };
}

/** What lies in the storage, whoever opens it. */
export class Vaulted {
  readonly #room: Room;
  constructor(of: Room) {
    this.#room = of;
  }
  names = async (prefix: string): Promise<string[]> =>
    [...this.#room.kept.keys()].filter((name) => name.startsWith(prefix));
}

/** `keyOf`: in base64. */
export function aList(version: string, keyOf: (n: number, day: string) => string, ended = false): PackedFull {
  const days = [localDate(start), '2026-11-24'];
  const head: PackHead = {
    v: 2,
    scopeId: 's',
    deviceId: 'd',
    gate: { id: 'north', kind: 'both', direction: 'both', buildingId: null, hours: [] },
    timeZone: 'Asia/Shanghai',
    version,
    issuedAt: start,
    expiresAt: ended ? start : Date.UTC(2026, 10, 24, 16),
    policies: [],
    days,
    visitorKeys: {},
    markKeys: { six_digits: 'AAAA', card: 'AAAA', plate: 'AAAA' },
    latest: { at: start, counts: null, plates: [], shifts: [] },
  };
  const people = [1, 2].map((n) => ({
    pass: {
      ref: refOf(n),
      kind: n === 1 ? ('resident' as const) : ('visitor' as const),
      status: 'active' as const,
      validFrom: 0,
      validTo: null,
      gateIds: null,
      buildingIds: null,
      homeBuildingId: null,
      hours: [],
      entriesAllowed: n === 1 ? null : 1,
      entriesUsed: 0,
      shifts: null,
      holdsSpace: false,
    },
    keys: Object.fromEntries(days.map((day) => [day, keyOf(n, day)])),
    marks: [],
    lists: [],
    health: null,
  }));
  return { ...head, kind: 'full', passes: packPasses(people, head) };
}

export const welcome: Verdict = {
  outcome: 'pass',
  findings: [],
  say: 'welcome',
  params: {},
  policies: [],
  overriders: [],
  urgent: null,
};

export const nobody = packPasses(
  [],
  aList('v1', () => ''),
);

/** Whoever stands there. */
export const asking = (text: string | null, more: Partial<Asked> = {}): Asked => ({
  text,
  spoken: null,
  direction: 'in',
  urgent: null,
  temperatureTenths: null,
  wearsMask: null,
  ...more,
});
