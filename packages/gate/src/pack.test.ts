import { createHmac } from 'node:crypto';
import { HOUR, localDate } from '@gongzhi/kernel';
import { beforeEach, describe, expect, it, test } from 'vitest';
import type { BundledPass } from './bundle.ts';
import { fromBase64, toBase64 } from './bytes.ts';
import { codeMessage, dayNumber, PHONE_CODE, STEP, stepOf, VISITOR_CODE, writeCode } from './code.ts';
import {
  type Asked,
  COUNT_HOLDS,
  decideHere,
  type Digests,
  markOf,
  markText,
  saidAs,
  type Tally,
} from './here.ts';
import {
  GateList,
  NotFitting,
  type PackedDifference,
  type PackedFull,
  type PackHead,
  packPasses,
} from './pack.ts';
import type { Policy } from './policy.ts';
import type { PassFacts } from './types.ts';

const now = Date.UTC(2026, 10, 23, 0, 30);
const today = localDate(now);
const tomorrow = '2026-11-24';
const markKey = Buffer.alloc(32, 7).toString('base64');
const visitorKey = Buffer.alloc(16, 9);

const head: PackHead = {
  v: 2,
  scopeId: 'scope',
  deviceId: 'device',
  gate: { id: 'north', kind: 'both', direction: 'both', buildingId: null, hours: [] },
  timeZone: 'Asia/Shanghai',
  version: 'v1',
  issuedAt: now,
  expiresAt: Date.UTC(2026, 10, 24, 16),
  policies: [],
  days: [today, tomorrow],
  visitorKeys: { [today]: visitorKey.toString('base64') },
  markKeys: { six_digits: markKey, card: markKey, plate: markKey },
  latest: { at: now, counts: null, plates: [], shifts: [] },
};

const refOf = (n: number): string => n.toString(16).padStart(16, '0');
const keyOf = (n: number, day: string): Buffer =>
  createHmac('sha256', `secret ${n}`).update(day).digest().subarray(0, 16);
const mark = (way: 'six_digits' | 'card' | 'plate', text: string): string =>
  `${way}:${markOf(createHmac('sha256', Buffer.from(markKey, 'base64')).update(markText(way, text)).digest())}`;

function aPass(n: number, more: Partial<PassFacts> = {}, rest: Partial<BundledPass> = {}): BundledPass {
  return {
    pass: {
      ref: refOf(n),
      kind: 'resident',
      status: 'active',
      validFrom: now - 1000 * HOUR,
      validTo: null,
      gateIds: null,
      buildingIds: null,
      homeBuildingId: null,
      hours: [],
      entriesAllowed: null,
      entriesUsed: 0,
      shifts: null,
      holdsSpace: false,
      ...more,
    },
    keys: { [today]: keyOf(n, today).toString('base64'), [tomorrow]: keyOf(n, tomorrow).toString('base64') },
    marks: [],
    lists: [],
    health: null,
    ...rest,
  };
}

const full = (passes: readonly BundledPass[], with_: Partial<PackHead> = {}): PackedFull => {
  const own = { ...head, ...with_ };
  return { ...own, kind: 'full', passes: packPasses(passes, own) };
};
/** As it comes over the line. */
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function phoneCode(n: number, at: number): string {
  const message = codeMessage(PHONE_CODE, refOf(n), stepOf(at));
  return writeCode(
    message,
    createHmac('sha256', keyOf(n, localDate(stepOf(at) * STEP)))
      .update(message)
      .digest(),
  );
}

const digests: Digests = {
  hmac: async (key, message) => createHmac('sha256', key).update(message).digest(),
};
let used: Set<string>;
let entries: Map<string, number>;
const tally: Tally = {
  isUsed: (ref, step) => used.has(`${ref} ${step}`),
  entries: (ref) => entries.get(ref) ?? 0,
};
beforeEach(() => {
  used = new Set();
  entries = new Map();
});
const nothing: Asked = {
  text: null,
  spoken: null,
  direction: 'in',
  urgent: null,
  temperatureTenths: null,
  wearsMask: null,
};
const ask = async (list: GateList, text: string | null, more: Partial<Asked> = {}, at = now) => {
  const { verdict, ref, way } = await decideHere(list, { ...nothing, text, ...more }, at, tally, digests);
  return { outcome: verdict.outcome, say: verdict.say, ref, way };
};

describe('bytes as text', () => {
  it.each([0, 1, 2, 3, 4, 31, 256])('%i bytes come back', (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) & 255);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect([...fromBase64(toBase64(bytes))]).toEqual([...bytes]);
  });
  it.each(['A', 'AAAAA', 'AA-A', 'ÄAAA', 'AA=A'])('%s is none', (text) => {
    expect(() => fromBase64(text)).toThrow(RangeError);
  });
});

describe('a list', () => {
  it('is the same after the line', () => {
    const health = {
      facts: {
        code: { colour: 'green' as const, asOf: now - HOUR },
        test: { result: 'negative' as const, sampledAt: now - 30 * HOUR, resultAt: now - 20 * HOUR },
        vaccination: { doses: 3, lastOn: null },
        travel: {
          stays: [],
          enteredCountryOn: '2026-11-01',
          hasTimeSpaceLink: false,
          isFromBorderCounty: true,
        },
      },
      asOf: now - HOUR,
      source: 'kept' as const,
    };
    const visitor = aPass(
      2,
      { kind: 'visitor', validTo: now + HOUR, entriesAllowed: 2, entriesUsed: 1 },
      {
        keys: {},
        marks: [mark('six_digits', '048213')],
      },
    );
    const listed = aPass(3, {}, { lists: [{ id: 'l', kind: 'watch' }], health });
    const list = new GateList(sent(full([aPass(1), visitor, listed])));
    expect(list.count).toBe(3);
    // What began before and ends later makes no difference here.
    expect(list.find(refOf(1))).toEqual(aPass(1, { validFrom: 0 }));
    expect(list.find(refOf(2))).toEqual({ ...visitor, pass: { ...visitor.pass, validFrom: 0 } });
    expect(list.find(refOf(3))).toEqual({ ...listed, pass: { ...listed.pass, validFrom: 0 } });
    expect(list.find(refOf(4))).toBeNull();
    expect(list.findMarked(mark('six_digits', '048213'))?.pass.ref).toBe(refOf(2));
  });

  it('says nothing that makes no difference at this gate', () => {
    const far = aPass(1, { gateIds: ['south', 'north'], buildingIds: ['b1'], homeBuildingId: 'b1' });
    const other = aPass(2, { gateIds: ['south'] });
    const list = new GateList(full([far, other]));
    expect(list.find(refOf(1))?.pass).toMatchObject({
      gateIds: null,
      buildingIds: null,
      homeBuildingId: null,
    });
    expect(list.find(refOf(2))?.pass.gateIds).toEqual([]);
    const measure = { buildingId: 'b1' } as Policy;
    expect(new GateList(full([far], { policies: [measure] })).find(refOf(1))?.pass.homeBuildingId).toBe('b1');
  });

  it('of twenty thousand people with two day keys, and under a measure that asks for health, is less than two megabytes', () => {
    const people = Array.from({ length: 20_000 }, (_, n) =>
      aPass(
        n,
        { kind: n % 9 === 0 ? 'tenant' : 'resident', validTo: n % 9 === 0 ? now + n * HOUR : null },
        {
          marks: [
            mark('six_digits', String(n).padStart(6, '0')),
            ...(n % 20 === 0 ? [mark('card', `C${n}`)] : []),
          ],
          health: {
            facts: {
              code: { colour: 'green', asOf: now - n * 1000 },
              test: { result: 'negative', sampledAt: now - n * 7000, resultAt: now - n * 3000 },
              vaccination: { doses: n % 4, lastOn: null },
              travel: {
                stays: [],
                enteredCountryOn: null,
                hasTimeSpaceLink: false,
                isFromBorderCounty: false,
              },
            },
            asOf: now - n * 1000,
            source: 'kept',
          },
        },
      ),
    );
    const text = JSON.stringify(full(people));
    expect(Buffer.byteLength(text)).toBeLessThan(2_000_000);
    expect(new GateList(JSON.parse(text) as PackedFull).find(refOf(19_999))?.pass.kind).toBe('resident');
  });

  const difference = (
    more: Partial<PackedDifference> = {},
    changed: readonly BundledPass[] = [],
  ): PackedDifference => ({
    ...head,
    version: 'v2',
    kind: 'difference',
    from: 'v1',
    passes: packPasses(changed, head),
    gone: [],
    count: 2,
    ...more,
  });

  it('takes what changed, what came and what went', () => {
    const list = new GateList(full([aPass(1, {}, { marks: [mark('card', 'A1')] }), aPass(2)]));
    list.apply(
      sent(
        difference({ gone: [refOf(2)], count: 2 }, [
          aPass(1, { status: 'revoked' }, { marks: [mark('card', 'A2')] }),
          aPass(3),
        ]),
      ),
    );
    expect([list.count, list.head.version]).toEqual([2, 'v2']);
    expect(list.find(refOf(1))?.pass.status).toBe('revoked');
    expect(list.find(refOf(2))).toBeNull();
    expect(list.find(refOf(3))).not.toBeNull();
    expect([list.findMarked(mark('card', 'A1')), list.findMarked(mark('card', 'A2'))?.pass.ref]).toEqual([
      null,
      refOf(1),
    ]);
  });

  it.each<[string, Partial<PackedDifference>]>([
    ['another version', { from: 'v0' }],
    ['another compound', { scopeId: 'other' }],
    ['another phone', { deviceId: 'other' }],
    ['another gate', { gate: { ...head.gate, id: 'south' } }],
    ['other days', { days: [tomorrow, '2026-11-25'] }],
    ['as many as there are not', { count: 3 }],
  ])('takes no difference from %s', (_, more) => {
    const list = new GateList(full([aPass(1), aPass(2)]));
    expect(() => list.apply(difference(more))).toThrow(NotFitting);
  });
});

describe('without a network', () => {
  const visitorCode = (n: number, key = visitorKey): string => {
    const message = codeMessage(VISITOR_CODE, refOf(n), dayNumber(today));
    return writeCode(message, createHmac('sha256', key).update(message).digest());
  };
  const list = () =>
    new GateList(
      full([
        aPass(1),
        aPass(2, { kind: 'visitor', entriesAllowed: 1 }, { keys: {}, marks: [mark('six_digits', '483920')] }),
        aPass(3, { status: 'revoked' }),
        aPass(4, { kind: 'vehicle' }, { keys: {}, marks: [mark('plate', '京A12345')] }),
        aPass(5, { kind: 'card' }, { keys: {}, marks: [mark('card', 'AB 77')] }),
        aPass(6, { validTo: now + 1 }),
        aPass(7, { kind: 'visitor' }, { lists: [{ id: 'x', kind: 'deny' }] }),
      ]),
    );

  test.each<[string, () => string | null, { outcome: string; say: string }]>([
    ['the code of this half minute', () => phoneCode(1, now), { outcome: 'pass', say: 'welcome' }],
    ['the one before', () => phoneCode(1, now - STEP), { outcome: 'pass', say: 'welcome' }],
    ['two before', () => phoneCode(1, now - 2 * STEP), { outcome: 'refuse', say: 'code_expired' }],
    ['one ahead', () => phoneCode(1, now + STEP), { outcome: 'pass', say: 'welcome' }],
    ['two ahead', () => phoneCode(1, now + 2 * STEP), { outcome: 'refuse', say: 'code_not_yet' }],
    ['yesterday’s', () => phoneCode(1, now - 24 * HOUR), { outcome: 'refuse', say: 'code_expired' }],
    [
      'somebody else’s key',
      () => phoneCode(1, now).replace(/.(?=.$)/, (c) => (c === 'A' ? 'B' : 'A')),
      { outcome: 'refuse', say: 'code_forged' },
    ],
    ['nobody’s', () => phoneCode(99, now), { outcome: 'refer', say: 'pass_unknown' }],
    ['of a stopped pass', () => phoneCode(3, now), { outcome: 'refuse', say: 'pass_revoked' }],
    ['of who is kept out', () => phoneCode(7, now), { outcome: 'refuse', say: 'denied' }],
    ['a visitor’s', () => visitorCode(2), { outcome: 'pass', say: 'welcome' }],
    [
      'a forged visitor’s',
      () => visitorCode(2, Buffer.alloc(16, 8)),
      { outcome: 'refuse', say: 'code_forged' },
    ],
    ['a visitor’s six digits', () => '483 920', { outcome: 'pass', say: 'welcome' }],
    ['other digits', () => '483921', { outcome: 'refer', say: 'pass_unknown' }],
    ['a plate', () => '京a·12345', { outcome: 'pass', say: 'welcome' }],
    ['a card', () => ' ab 77', { outcome: 'pass', say: 'welcome' }],
    ['an address of the web', () => 'https://example.org/x', { outcome: 'refuse', say: 'code_malformed' }],
    ['nothing', () => null, { outcome: 'refer', say: 'no_pass' }],
  ])('%s', async (_, text, expected) => {
    expect(await ask(list(), text())).toMatchObject(expected);
  });

  it('takes a code once, and lets out whoever shows it again as one without', async () => {
    used.add(`${refOf(1)} ${stepOf(now)}`);
    expect(await ask(list(), phoneCode(1, now))).toMatchObject({ outcome: 'refuse', say: 'code_replayed' });
    expect(await ask(list(), phoneCode(1, now), { direction: 'out' })).toMatchObject({
      outcome: 'pass_report',
      say: 'goodbye',
    });
  });

  it('counts what this gate let in since', async () => {
    entries.set(refOf(2), 1);
    expect(await ask(list(), visitorCode(2))).toMatchObject({ outcome: 'refuse', say: 'pass_used_up' });
    // And out is never refused for it.
    expect(await ask(list(), visitorCode(2), { direction: 'out' })).toMatchObject({ outcome: 'pass' });
  });

  it('ends a pass to the millisecond', async () => {
    expect(await ask(list(), phoneCode(6, now))).toMatchObject({ outcome: 'pass' });
    expect(await ask(list(), phoneCode(6, now), {}, now + 1)).toMatchObject({
      outcome: 'refuse',
      say: 'pass_over',
    });
  });

  it('lets a dialysis through whoever it is, from whatever list', async () => {
    expect(await ask(list(), null, { urgent: 'dialysis', direction: 'out' })).toMatchObject({
      outcome: 'pass_report',
      say: 'urgent',
    });
  });

  it('turns away a plate on a list though no pass bears it, from the moment it was told', async () => {
    const known = list();
    const bare = mark('plate', '京C70914').slice('plate:'.length);
    expect(await ask(known, '京C70914')).toMatchObject({ outcome: 'refer', say: 'pass_unknown' });
    const latest = {
      at: now + 1,
      counts: null,
      plates: [[bare, { id: 'e', kind: 'deny' }]],
      shifts: [],
    } as const;
    known.hear(sent(latest));
    expect(await ask(known, ' 京c·70914')).toMatchObject({ outcome: 'refuse', say: 'denied', way: 'plate' });
    expect(await ask(known, '京C70915')).toMatchObject({ outcome: 'refer' });
    // What is older than that is no news.
    known.hear({ ...latest, at: now, plates: [] });
    expect(await ask(known, '京C70914')).toMatchObject({ say: 'denied' });
  });

  it('knows who is at work by the roster it was told last', async () => {
    const staff = new GateList(full([aPass(8, { kind: 'staff', shifts: [{ from: 0, to: 1 }] })]));
    const shown = { spoken: { passId: 'p', ref: refOf(8) } };
    expect(await ask(staff, null, shown)).toMatchObject({ outcome: 'refer', say: 'off_shift' });
    staff.hear({ at: now, counts: null, plates: [], shifts: [[refOf(8), now, now + 1]] });
    expect(await ask(staff, null, shown)).toMatchObject({ outcome: 'pass' });
    expect(await ask(staff, null, shown, now + 1)).toMatchObject({ outcome: 'refer', say: 'off_shift' });
    expect(await ask(staff, null, { ...shown, direction: 'out' }, now + 1)).toMatchObject({
      outcome: 'pass',
    });
  });

  it('counts on from the last count for half an hour, and then counts nothing', async () => {
    const policy = (checks: Policy['checks']): Policy => ({
      id: 'full',
      version: 1,
      buildingId: null,
      from: now - HOUR,
      to: now + 10 * HOUR,
      checks,
      onNoAnswer: { kind: 'refer' },
      answerWithinMilliseconds: 500,
      answerHoldsMinutes: 30,
    });
    const rules = { capacity: { most: 5, otherwise: 'refer' }, vehicle: { otherwise: 'refuse' } } as const;
    const own = {
      policies: [policy(rules)],
      latest: {
        at: now,
        counts: { inside: [{ buildingId: null, count: 4 }], freeSpaces: 1 },
        plates: [],
        shifts: [],
      },
    };
    const plate = aPass(4, { kind: 'vehicle' }, { keys: {}, marks: [mark('plate', '京A12345')] });
    const counted = new GateList(full([aPass(2, { kind: 'visitor' }), plate], own));
    let balance = { people: 0, vehicles: 0 };
    const asks = async (text: string, at = now) =>
      (await decideHere(counted, { ...nothing, text }, at, { ...tally, balance: () => balance }, digests))
        .verdict;
    expect(await asks(phoneCode(2, now))).toMatchObject({ outcome: 'pass' });
    expect(await asks('京A12345')).toMatchObject({ outcome: 'pass' });
    balance = { people: 1, vehicles: 1 };
    expect(await asks(phoneCode(2, now))).toMatchObject({ outcome: 'refer', say: 'inside_full' });
    expect(await asks('京A12345')).toMatchObject({ outcome: 'refuse', say: 'spaces_full' });
    const late = now + COUNT_HOLDS;
    expect(await asks('京A12345', late)).toMatchObject({ outcome: 'refuse' });
    const unknown = await asks('京A12345', late + 1);
    expect([unknown.outcome, unknown.say]).toEqual(['pass_report', 'welcome']);
    expect(unknown.findings.flatMap(({ code }) => code ?? [])).toEqual(['inside_unknown', 'spaces_unknown']);
  });

  it('knows whom a person vouches for', async () => {
    expect(await ask(list(), null, { spoken: { passId: 'p', ref: refOf(1) } })).toMatchObject({
      outcome: 'pass',
      way: 'spoken',
      ref: refOf(1),
    });
    expect(await ask(list(), null, { spoken: { passId: 'p', ref: refOf(9) } })).toMatchObject({
      outcome: 'refer',
    });
  });
});

test.each([
  [phoneCode(1, now), 'code'],
  ['48 39 20', 'code'],
  ['京A·12345', 'plate'],
  ['0012345678', 'card'],
])('%s is said as a %s', (text, way) => {
  expect(Object.keys(saidAs(text))).toEqual([way]);
});
