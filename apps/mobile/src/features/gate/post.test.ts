import { createHmac } from 'node:crypto';
import {
  codeMessage,
  markOf,
  type Packed,
  PHONE_CODE,
  STEP,
  stepOf,
  writeCode,
  proofOf,
} from '@gongzhi/gate';
import { localDate } from '@gongzhi/kernel';
import { beforeEach, describe, expect, it } from 'vitest';
import { digests } from './digests.ts';
import { GatePost } from './post.ts';
import { Altered, type Decision, type GateDevice, type GateServer, Revoked } from './post-types.ts';
import {
  aList as listOf,
  asking,
  device,
  nobody,
  refOf,
  Room,
  start,
  Vaulted,
  welcome,
} from './post-fixtures.ts';
import { Vault } from './vault.ts';

/*
 * The post against a server and a storage that fail on purpose: nothing that was decided is ever lost, and nothing is
 * sent out of its order.
 */
const keyOf = (n: number, day: string): Buffer =>
  createHmac('sha256', `secret ${n}`).update(day).digest().subarray(0, 16);
const aList = (version: string, ended = false) =>
  listOf(version, (n, day) => keyOf(n, day).toString('base64'), ended);

let wall: number;
let steady: number;
const ticks = { wall: () => wall, steady: () => steady };
const passes = (ms: number): void => {
  wall += ms;
  steady += ms;
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
  latest = this.packed.latest;
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
    const { packed, latest } = this;
    return {
      packed:
        since === packed.version
          ? {
              ...packed,
              latest,
              kind: 'difference' as const,
              from: since,
              passes: nobody,
              gone: [],
              count: 2,
            }
          : packed,
      now: wall + this.aheadMs,
    };
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

  it('keeps what changes by the minute by itself, and knows it again when the page is opened', async () => {
    const post = await opened();
    const key = new Uint8Array([0, 0, 0]);
    const plate = markOf(createHmac('sha256', key).update('京C70914').digest());
    const before = [...room.kept.keys()].filter((one) => one.startsWith('list-'));
    server.latest = { ...server.latest, at: start + 1000, plates: [[plate, { id: 'e', kind: 'deny' }]] };
    for (let i = 0; i < 3; i++) await post.sync();
    expect([...room.kept.keys()].filter((one) => one.startsWith('list-'))).toEqual(before);
    server.isDown = true;
    const again = await open();
    expect((await again.ask(asking('京C70914'))).verdict).toMatchObject({ outcome: 'refuse', say: 'denied' });
    expect((await again.ask(asking('京C70915'))).verdict).toMatchObject({ outcome: 'refer' });
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

describe('what was decided for one gate', () => {
  const sending = (): Decision[] => {
    const sent: Decision[] = [];
    const { upload } = server;
    server.upload = async (own, decisions) => {
      const answer = await upload(own, decisions);
      sent.push(...decisions);
      return answer;
    };
    return sent;
  };

  it('goes up as that gate’s when the phone has become another gate’s', async () => {
    const post = await opened();
    server.isDown = true;
    await post.ask(asking(code(1)));
    await settled(post);
    const sent = sending();
    server.isDown = false;
    const other = { ...device, gateId: 'south', deviceId: 'e', key: 'another' };
    const list = aList('w1');
    server.packed = { ...list, deviceId: 'e', gate: { ...list.gate, id: 'south' } };
    await post.pair(other);
    server.isDown = true;
    await post.ask(asking(code(2)));
    await settled(post);
    server.isDown = false;
    await post.sync();
    expect(sent.map(({ gateId, deviceId }) => [gateId, deviceId])).toEqual([
      ['north', 'd'],
      ['south', 'e'],
    ]);
    // Each proves whose it is, with the key that the phone had then.
    const keys = [device, other].map(({ key }) => new TextEncoder().encode(key));
    expect(sent.map(({ proof }) => proof)).toEqual(
      await Promise.all(sent.map((one, i) => proofOf(digests, keys[i]!, one))),
    );
    expect(post.read()).toMatchObject({ waiting: 0, elsewhere: 0 });
  });

  it('of another compound stays here, is said, hinders nothing, and goes up there', async () => {
    const post = await opened();
    server.isDown = true;
    const { id } = await post.ask(asking(code(1)));
    await settled(post);
    server.isDown = false;
    const far = { ...device, scopeId: 'far', gateId: 'east', deviceId: 'f' };
    await post.pair(far);
    expect(post.read()).toMatchObject({ waiting: 0, elsewhere: 1, line: 'up' });
    expect(server.taken).toEqual([]);
    // Whoever comes there is asked of the server, as ever.
    expect((await post.ask(asking(null))).isDecidedHere).toBe(false);
    expect((await open()).read()).toMatchObject({ waiting: 0, elsewhere: 1 });
    expect(await post.leave()).toBe(true);
    expect(post.read()).toMatchObject({ phase: 'unpaired', waiting: 1, elsewhere: 0 });
    await post.pair(device);
    expect(server.taken).toEqual([id]);
    expect(post.read()).toMatchObject({ waiting: 0, elsewhere: 0 });
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
