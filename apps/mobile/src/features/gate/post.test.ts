import { createHmac } from 'node:crypto';
import {
  type Asked,
  codeMessage,
  type Digests,
  type Packed,
  type PackedFull,
  type PackHead,
  packPasses,
  PHONE_CODE,
  STEP,
  stepOf,
  type Verdict,
  writeCode,
} from '@gongzhi/gate';
import { localDate } from '@gongzhi/kernel';
import { beforeEach, describe, expect, it } from 'vitest';
import { GatePost } from './post.ts';
import { Altered, type Decision, type GateDevice, type GateServer, Revoked } from './post-types.ts';
import { type Sealed, type Shelf, Vault } from './vault.ts';

/*
 * The post against a server and a storage that fail on purpose: nothing that was decided is ever lost, and nothing is
 * sent out of its order.
 */
const device: GateDevice = {
  scopeId: 's',
  gateId: 'north',
  gateName: '北门',
  deviceId: 'd',
  key: 'k',
  publicKey: {},
};
const start = Date.UTC(2026, 10, 23, 0, 30);
const refOf = (n: number): string => n.toString(16).padStart(16, '0');
const keyOf = (n: number, day: string): Buffer =>
  createHmac('sha256', `secret ${n}`).update(day).digest().subarray(0, 16);

let wall: number;
let steady: number;
const ticks = { wall: () => wall, steady: () => steady };
const passes = (ms: number): void => {
  wall += ms;
  steady += ms;
};
const digests: Digests = { hmac: async (key, message) => createHmac('sha256', key).update(message).digest() };

/** IndexedDB with as much room as one likes. */
class Room implements Shelf {
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

function aList(version: string, ended = false): PackedFull {
  const days = [localDate(start), '2026-11-24'];
  const head: PackHead = {
    v: 1,
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
    },
    keys: Object.fromEntries(days.map((day) => [day, keyOf(n, day).toString('base64')])),
    marks: [],
    lists: [],
    health: null,
  }));
  return { ...head, kind: 'full', passes: packPasses(people, head) };
}

const welcome: Verdict = {
  outcome: 'pass',
  findings: [],
  say: 'welcome',
  params: {},
  policies: [],
  overriders: [],
  urgent: null,
};

class Server implements GateServer {
  isDown = false;
  /** Arrives and is taken, but the answer is lost. */
  isMute = false;
  isRevoked = false;
  isAltering = false;
  refuses = new Set<string>();
  aheadMs = 0;
  packed: Packed = aList('v1');
  taken: string[] = [];
  asked = 0;
  flagsFor = new Set<string>();
  #line(): void {
    if (this.isRevoked) throw new Revoked();
    if (this.isDown) throw new Error('no line');
  }
  list = async (_: GateDevice, since: string | null) => {
    this.#line();
    if (this.isAltering) throw new Altered();
    return { packed: since === this.packed.version ? null : this.packed, now: wall + this.aheadMs };
  };
  check = async () => {
    this.asked++;
    this.#line();
    return { verdict: welcome, ref: refOf(1), way: 'code' as const, now: wall + this.aheadMs };
  };
  upload = async (_: GateDevice, decisions: readonly Decision[]) => {
    this.#line();
    const taken = decisions.filter(({ id }) => !this.refuses.has(id));
    for (const { id } of taken) if (!this.taken.includes(id)) this.taken.push(id);
    if (this.isMute) throw new Error('no answer');
    return {
      taken: taken.map(({ id }) => id),
      refused: decisions.filter(({ id }) => this.refuses.has(id)).map(({ id }) => ({ id, code: 'x' })),
      flags: taken
        .filter(({ id }) => this.flagsFor.has(id))
        .map(({ id, at }) => ({ id: `flag ${id}`, kind: 'used_twice', decidedAt: at })),
      now: wall + this.aheadMs,
    };
  };
}

let room: Room;
let server: Server;
const open = async (): Promise<GatePost> => {
  const vault = await Vault.open(async () => room);
  const post = new GatePost({ vault, server, digests, ticks, accountId: 'guard' });
  await post.restore();
  return post;
};
const opened = async (): Promise<GatePost> => {
  const post = await open();
  await post.pair(device);
  return post;
};
const code = (n: number, at = wall): string => {
  const message = codeMessage(PHONE_CODE, refOf(n), stepOf(at));
  const key = keyOf(n, localDate(stepOf(at) * STEP));
  return writeCode(message, createHmac('sha256', key).update(message).digest());
};
const asking = (text: string | null, more: Partial<Asked> = {}): Asked => ({
  text,
  spoken: null,
  direction: 'in',
  urgent: null,
  temperatureTenths: null,
  wearsMask: null,
  ...more,
});
/** What the calls of sync that nobody waits for have begun comes to its end. */
const settled = async (post: GatePost): Promise<void> => {
  await post.sync();
};

beforeEach(() => {
  wall = start;
  steady = 0;
  room = new Room();
  server = new Server();
});

describe('with a line', () => {
  it('asks the server and keeps nothing', async () => {
    const post = await opened();
    const shown = await post.ask(asking(code(1)));
    expect(shown).toMatchObject({ outcome: 'pass', isDecidedHere: false });
    expect([server.asked, post.read().waiting, server.taken]).toEqual([1, 0, []]);
    expect(post.read().today.count).toBe(1);
  });
});

describe('without one', () => {
  it('decides from its list, keeps it, and sends it in order when the line is back', async () => {
    const post = await opened();
    server.isDown = true;
    const outcomes = [];
    for (const text of [code(1), code(1), 'nonsense!', code(2), code(2, wall + STEP)]) {
      const { verdict, isDecidedHere } = await post.ask(asking(text));
      outcomes.push([verdict.say, isDecidedHere]);
    }
    expect(outcomes).toEqual([
      ['welcome', true],
      // The same half minute once more: shown by somebody else.
      ['code_replayed', true],
      ['code_malformed', true],
      ['welcome', true],
      // A visitor with one entry has had it.
      ['pass_used_up', true],
    ]);
    await settled(post);
    expect(post.read()).toMatchObject({ line: 'down', waiting: 5 });
    server.isDown = false;
    await post.sync();
    expect(post.read()).toMatchObject({ line: 'up', waiting: 0 });
    expect(server.taken).toHaveLength(5);
    expect(await new Vaulted(room).names('decision-')).toEqual([]);
  });

  it('asks the server once, and not again for everybody in the queue', async () => {
    const post = await opened();
    server.isDown = true;
    for (let i = 0; i < 4; i++) await post.ask(asking(code(1, wall - (i % 2) * STEP)));
    expect(server.asked).toBe(1);
  });

  it('goes on after the page was closed, and no code counts twice', async () => {
    const before = await opened();
    server.isDown = true;
    await before.ask(asking(code(1)));
    await settled(before);
    const post = await open();
    expect(post.read()).toMatchObject({ phase: 'ready', waiting: 1, list: { count: 2 } });
    expect((await post.ask(asking(code(1)))).verdict.say).toBe('code_replayed');
    await settled(post);
    server.isDown = false;
    await post.sync();
    expect(server.taken).toHaveLength(2);
  });

  it('sends the same number again when the answer was lost, and only then forgets', async () => {
    const post = await opened();
    server.isDown = true;
    const { id } = await post.ask(asking(code(1)));
    await settled(post);
    server.isDown = false;
    server.isMute = true;
    await post.sync();
    expect([server.taken, post.read().waiting]).toEqual([[id], 1]);
    server.isMute = false;
    await post.sync();
    expect([server.taken, post.read().waiting]).toEqual([[id], 0]);
  });

  it('keeps what the server refuses, says so, and goes on with the rest', async () => {
    const post = await opened();
    server.isDown = true;
    const first = await post.ask(asking(code(1)));
    await post.ask(asking(null));
    server.refuses.add(first.id);
    await settled(post);
    server.isDown = false;
    await post.sync();
    expect(post.read()).toMatchObject({ waiting: 0, refused: [{ code: 'x', decision: { id: first.id } }] });
    expect((await open()).read().refused).toHaveLength(1);
  });

  it('says what only the server could know, until it was seen', async () => {
    const post = await opened();
    server.isDown = true;
    const { id } = await post.ask(asking(code(1)));
    server.flagsFor.add(id);
    await settled(post);
    server.isDown = false;
    await post.sync();
    expect((await open()).read().flags).toEqual([{ id: `flag ${id}`, kind: 'used_twice', decidedAt: start }]);
    await post.seen(`flag ${id}`);
    expect((await open()).read().flags).toEqual([]);
  });

  it('waves nobody through by a list that has ended, and stops no dialysis', async () => {
    server.packed = aList('v1', true);
    const post = await opened();
    server.isDown = true;
    expect((await post.ask(asking(code(1)))).verdict).toMatchObject({ outcome: 'refer', say: 'no_list' });
    expect((await post.ask(asking(null, { urgent: 'dialysis' }))).verdict).toMatchObject({
      outcome: 'pass_report',
      say: 'urgent',
    });
    expect(post.read().waiting).toBe(2);
  });

  it('writes a reason to what was let through all the same, behind what was answered', async () => {
    const post = await opened();
    server.isDown = true;
    const shown = await post.ask(asking(null));
    expect(shown.verdict.overriders).toContain('guard');
    await post.override(shown, '住户当面确认');
    await settled(post);
    let sent: readonly Decision[] = [];
    const { upload } = server;
    server.upload = (own, decisions) => {
      sent = decisions;
      return upload(own, decisions);
    };
    server.isDown = false;
    await post.sync();
    expect(sent.map(({ verdict, override }) => [verdict.outcome, override])).toEqual([
      ['refer', null],
      ['pass_report', { of: shown.id, reason: '住户当面确认' }],
    ]);
  });
});

describe('the list', () => {
  it('that was altered on the way is not taken; the one before stays', async () => {
    const post = await opened();
    server.isAltering = true;
    await post.sync();
    expect(post.read()).toMatchObject({ isListAltered: true, list: { count: 2 }, line: 'up' });
    server.isAltering = false;
    await post.sync();
    expect(post.read().isListAltered).toBe(false);
  });

  it('that was altered on the phone is not opened; the whole is asked for', async () => {
    await opened();
    const [name = ''] = [...room.kept.keys()].filter((one) => one.startsWith('list-'));
    const bytes = new Uint8Array(room.kept.get(name)!.data);
    bytes[bytes.length >> 1]! ^= 1;
    server.isDown = true;
    const post = await open();
    expect(post.read()).toMatchObject({ phase: 'ready', list: null });
    expect((await post.ask(asking(code(1)))).verdict.say).toBe('no_list');
    server.isDown = false;
    await post.sync();
    expect(post.read().list).toMatchObject({ count: 2 });
  });

  it('a difference that does not fit brings the whole', async () => {
    const post = await opened();
    const whole = aList('v2');
    server.packed = { ...whole, kind: 'difference', from: 'v0', gone: [], count: 2 };
    await post.sync();
    expect(post.read().list).toMatchObject({ count: 2 });
    server.packed = whole;
    await post.sync();
    expect(post.read().list).toMatchObject({ count: 2 });
    server.isDown = true;
    expect((await post.ask(asking(code(1)))).verdict.say).toBe('welcome');
  });

  it('is gone at once when the phone is stopped; what was decided stays', async () => {
    const post = await opened();
    server.isDown = true;
    await post.ask(asking(code(1)));
    await settled(post);
    server.isDown = false;
    server.isRevoked = true;
    await post.sync();
    expect(post.read()).toMatchObject({ phase: 'revoked', device: null, list: null, waiting: 1 });
    const names = await new Vaulted(room).names('');
    expect(names.filter((one) => one.startsWith('list-') || one === 'device')).toEqual([]);
    // Registered again, what waited goes up.
    server.isRevoked = false;
    const again = await open();
    expect(again.read()).toMatchObject({ phase: 'unpaired', waiting: 1 });
    await again.pair({ ...device, deviceId: 'd' });
    expect([again.read().waiting, server.taken.length]).toEqual([0, 1]);
  });
});

describe('the phone', () => {
  it('that is full says so, goes on in memory, and loses nothing when there is room again', async () => {
    const post = await opened();
    server.isDown = true;
    room.isFull = true;
    await post.ask(asking(code(1)));
    await settled(post);
    expect(post.read()).toMatchObject({ storage: 'full', waiting: 1 });
    room.isFull = false;
    passes(STEP);
    await post.ask(asking(code(1)));
    await settled(post);
    expect(post.read()).toMatchObject({ storage: 'kept', waiting: 2 });
    expect((await open()).read().waiting).toBe(2);
    room.isFull = true;
    server.isDown = false;
    await post.sync();
    expect([post.read().waiting, server.taken.length]).toEqual([0, 2]);
  });

  it('that may keep nothing works and says so', async () => {
    const vault = await Vault.open(() => Promise.reject(new Error('forbidden')));
    const post = new GatePost({ vault, server, digests, ticks, accountId: 'guard' });
    await post.restore();
    await post.pair(device);
    server.isDown = true;
    expect((await post.ask(asking(code(1)))).verdict.say).toBe('welcome');
    expect(post.read()).toMatchObject({ storage: 'memory', waiting: 1 });
  });

  it('whose clock is a day ahead decides by the server’s time and says so', async () => {
    const right = wall;
    wall += 24 * 3_600_000;
    server.aheadMs = right - wall;
    const post = await opened();
    expect(post.read().skewMs).toBe(right - wall);
    server.isDown = true;
    passes(STEP);
    expect((await post.ask(asking(code(1, right + STEP)))).verdict.say).toBe('welcome');
    expect((await post.ask(asking(code(1)))).verdict.say).toBe('code_not_yet');
  });

  it('shows to nobody who opens it what it holds', async () => {
    await opened();
    const all = [...room.kept.values()].map(({ data }) => Buffer.from(data).toString('latin1')).join('');
    expect(all).not.toContain('north');
    expect(room.own?.extractable).toBe(false);
  });
});

/** What lies in the storage, whoever opens it. */
class Vaulted {
  readonly #room: Room;
  constructor(of: Room) {
    this.#room = of;
  }
  names = async (prefix: string): Promise<string[]> =>
    [...this.#room.kept.keys()].filter((name) => name.startsWith(prefix));
}
