import { describe, expect, it } from 'vitest';
import { unwrap } from '../result.ts';
import { readBcd, readStatus3, writeBcd, writeScaled } from './data.ts';
import { ANYBODY, BROADCAST, decodeFrame, encodeFrame, fromHex, isAddressed, toHex } from './frame.ts';
import { fuzz } from './fuzz.ts';
import { answer, ask, type Message, readMessage, valuesOf, writeValues } from './message.ts';
import { FrameStream, type Heard } from './stream.ts';
import { decodeWords, encodeWords } from './words.ts';

const meter = '202107072529';
const by = { level: 2, password: '123456', operator: '1' };
const until = '2026-12-31 23:59:59';
const bytesOf = (hex: string) => fromHex(hex) ?? new Uint8Array(0);
const asked = (message: Message, address = meter) => {
  const frame = unwrap(ask(address, message));
  return toHex(unwrap(encodeFrame({ ...frame, wakeUps: 0 })));
};
const said = (message: Message) =>
  toHex(unwrap(encodeFrame({ ...unwrap(answer(meter, message)), wakeUps: 0 })));
const heard = (hex: string) => unwrap(readMessage(unwrap(decodeFrame(bytesOf(hex)))));

/** docs: rules.md §4, each computed and checked. */
const head = '68 29 25 07 07 21 20 68';
const control = (n1: string, sum: string) =>
  `${head} 1C 10 35 89 67 45 34 33 33 33 ${n1} 33 8C 8C 56 64 45 59 ${sum} 16`;
const requests: [string, Message, string?][] = [
  [`${head} 11 04 33 33 33 33 4E 16`, { type: 'read', di: '00000000' }],
  [`${head} 11 04 33 33 34 33 4F 16`, { type: 'read', di: '00010000' }],
  ['68 AA AA AA AA AA AA 68 13 00 DF 16', { type: 'read_address' }, ANYBODY],
  [control('4D', 'C0'), { type: 'control', control: 'trip', by, until }],
  [control('4E', 'C1'), { type: 'control', control: 'allow_close', by, until }],
  [control('4F', 'C2'), { type: 'control', control: 'close', by, until }],
  [control('5D', 'D0'), { type: 'control', control: 'alarm_on', by, until }],
  [control('5E', 'D1'), { type: 'control', control: 'alarm_off', by, until }],
  [control('6D', 'E0'), { type: 'control', control: 'protect_on', by, until }],
  [control('6E', 'E1'), { type: 'control', control: 'protect_off', by, until }],
  [`${head} 11 04 33 34 34 35 52 16`, { type: 'read', di: '02010100' }],
  [`${head} 11 04 36 38 33 37 5A 16`, { type: 'read', di: '04000503' }],
  [`${head} 11 04 33 35 C3 33 E0 16`, { type: 'read', di: '00900200' }],
  [
    '68 99 99 99 99 99 99 68 08 06 38 37 36 35 34 59 DB 16',
    { type: 'set_time', time: '2026-01-02 03:04:05' },
    BROADCAST,
  ],
  ['68 03 20 12 22 20 65 68 11 04 33 33 33 33 8D 16', { type: 'read', di: '00000000' }, '652022122003'],
  ['68 18 20 12 22 20 65 68 11 04 33 32 34 35 A4 16', { type: 'read', di: '0201FF00' }, '652022122018'],
  ['68 62 01 76 00 00 81 68 11 04 35 37 33 37 15 16', { type: 'read', di: '04000402' }, '810000760162'],
];
const replies: [string, string, string][] = [
  [`${head} 91 08 33 33 33 33 A9 4A 36 33 2E 16`, '00000000', '317.76'],
  [`${head} 91 08 33 33 34 33 78 56 34 33 08 16`, '00010000', '123.45'],
  [`${head} 91 06 33 34 34 35 38 55 61 16`, '02010100', '220.5'],
  [`${head} 91 08 33 35 C3 33 67 45 33 33 76 16`, '00900200', '12.34'],
];

describe('the frames of the standard, byte for byte', () => {
  it.each(requests)('%s is written and read', (hex, message, address = meter) => {
    expect(asked(message, address)).toBe(hex);
    expect(unwrap(decodeFrame(bytesOf(hex))).address).toBe(address);
    const withBy = 'by' in message ? { ...message, by: { ...by, operator: '00000001' } } : message;
    expect(heard(hex)).toEqual(withBy);
  });

  it.each(replies)('%s is an answer, and its value', (hex, di, value) => {
    const message = heard(hex);
    if (message.type !== 'data') throw new Error(message.type);
    expect(message.di).toBe(di);
    const [first] = unwrap(valuesOf(di, message.data));
    if (first?.is !== 'number') throw new Error('no number');
    expect(writeScaled(first.value)).toBe(value);
    expect(said({ type: 'data', di, data: unwrap(writeValues(di, [first])), hasMore: false })).toBe(hex);
  });

  it('answers to commands, and errors with their bits', () => {
    expect(heard('68 29 25 07 07 21 20 68 93 06 5C 58 3A 3A 54 53 D5 16')).toEqual({
      type: 'address',
      address: meter,
    });
    expect(said({ type: 'address', address: meter })).toBe(
      '68 29 25 07 07 21 20 68 93 06 5C 58 3A 3A 54 53 D5 16',
    );
    expect(heard(`${head} 9C 00 09 16`)).toEqual({ type: 'done', func: 0x1c });
    expect(heard(`${head} D1 01 35 74 16`)).toEqual({ type: 'failed', func: 0x11, errors: ['no_such_data'] });
    expect(heard(`${head} DC 01 37 81 16`)).toEqual({
      type: 'failed',
      func: 0x1c,
      errors: ['not_authorised'],
    });
    expect(said({ type: 'failed', func: 0x1c, errors: ['not_authorised'] })).toBe(`${head} DC 01 37 81 16`);
    expect(said({ type: 'done', func: 0x1c })).toBe(`${head} 9C 00 09 16`);
    expect(heard(said({ type: 'failed', func: 0x03, errors: ['purchase_repeated', 'hoarding'] }))).toEqual({
      type: 'failed',
      func: 0x03,
      errors: ['purchase_repeated', 'hoarding'],
    });
  });

  it('a reply in the shape of a block keeps what it cannot name', () => {
    const found = '68 18 20 12 22 20 65 68 91 0A 33 32 34 35 33 33 33 33 C7 56 13 16';
    const message = heard(found);
    expect(message).toMatchObject({ type: 'data', di: '0201FF00' });
    expect(toHex(unwrap(encodeFrame(unwrap(decodeFrame(bytesOf(found))))))).toBe(found);
  });

  it('follow-up frames, purchases, writing', () => {
    const more: Message[] = [
      { type: 'read_more', di: '0001FF00', sequence: 1 },
      { type: 'purchase', operator: '00000007', amountFen: 10_000, count: 12 },
      {
        type: 'write',
        di: '04001001',
        by: { ...by, operator: '00000001' },
        data: Uint8Array.of(0, 0x20, 0, 0),
      },
    ];
    for (const message of more) expect(heard(asked(message))).toEqual(message);
    const frame = unwrap(
      answer(meter, { type: 'data', di: '0001FF00', data: new Uint8Array(20), hasMore: true }),
    );
    expect(unwrap(encodeFrame(frame)).subarray(4 + 8, 4 + 9)).toEqual(Uint8Array.of(0xb1));
    expect(unwrap(valuesOf('0001FF00', new Uint8Array(20)))).toHaveLength(5);
  });

  it('status word 3, bit by bit', () => {
    const none = {
      supply: 0,
      mayProgram: false,
      isOpen: false,
      isToldOpen: false,
      isWarned: false,
      prepaid: 0,
      isProtected: false,
    };
    expect(readStatus3(0)).toEqual(none);
    expect(readStatus3(1 << 4)).toEqual({ ...none, isOpen: true });
    expect(readStatus3(1 << 6)).toEqual({ ...none, isToldOpen: true });
    expect(readStatus3(1 << 7)).toEqual({ ...none, isWarned: true });
    expect(readStatus3(1 << 12)).toEqual({ ...none, isProtected: true });
    expect(readStatus3((2 << 8) | (2 << 1) | (1 << 3))).toEqual({
      ...none,
      prepaid: 2,
      supply: 2,
      mayProgram: true,
    });
  });
});

describe('decimal digits', () => {
  it('with sign, from end to end', () => {
    for (const [digits, bytes, isSigned, hex] of [
      [0, 4, true, '00 00 00 00'],
      [79_999_999, 4, true, '99 99 99 79'],
      [-79_999_999, 4, true, '99 99 99 F9'],
      [-1, 4, true, '01 00 00 80'],
      [99_999_999, 4, false, '99 99 99 99'],
    ] as const) {
      expect(toHex(unwrap(writeBcd(digits, bytes, isSigned)))).toBe(hex);
      expect(readBcd(bytesOf(hex), isSigned)).toEqual({ ok: true, value: digits });
    }
    expect(writeBcd(80_000_000, 4, true).ok).toBe(false);
    expect(writeBcd(-80_000_000, 4, true).ok).toBe(false);
    expect(writeBcd(-1, 4, false).ok).toBe(false);
    expect(writeBcd(100_000_000, 4, false).ok).toBe(false);
    expect(writeBcd(0.5, 4, false).ok).toBe(false);
  });
  it('are refused where they are none', () => {
    for (const hex of ['0A 00', '00 A0', 'FF FF']) expect(readBcd(bytesOf(hex), false).ok).toBe(false);
    expect(readBcd(bytesOf('00 80'), true).ok).toBe(false);
    expect([writeScaled({ digits: -5, decimals: 2 }), writeScaled({ digits: 7, decimals: 0 })]).toEqual([
      '-0.05',
      '7',
    ]);
  });
});

describe('what is no frame', () => {
  const good = `${head} 11 04 33 33 33 33 4E 16`;
  it.each([
    ['', 'too_short'],
    ['68 29', 'too_short'],
    [`FE FE FE FE FE ${good}`, 'too_many_wake_ups'],
    [good.replace('68 29', '69 29'), 'no_start'],
    [good.replace('20 68', '20 67'), 'no_start'],
    [good.replace('4E 16', '4F 16'), 'checksum'],
    [good.replace('4E 16', '4E 17'), 'no_end'],
    [`${good} 00`, 'size'],
    [good.replace(' 4E 16', ''), 'size'],
    [`${head} 11 C9 33 33 33 33 13 16`, 'length'],
    // Nobody answers a reading with a command nor commands with an answer's error.
    [`${head} 51 01 35 F4 16`, 'control'],
    [`${head} BC 00 29 16`, 'control'],
    [`${head} 1E 00 8B 16`, 'control'],
    [`${head} 9C 01 33 3D 16`, 'data'],
    ['68 2A 25 07 07 21 20 68 11 04 33 33 33 33 4F 16', 'address'],
    ['68 AA 25 07 07 21 20 68 13 00 01 16', 'address'],
  ])('%s: %s', (hex, code) => {
    const read = decodeFrame(bytesOf(hex));
    expect(read.ok ? 'accepted' : read.error.code).toBe(code);
  });
  it('wake-up bytes from none to four are read past and kept', () => {
    for (let wakeUps = 0; wakeUps <= 4; wakeUps += 1) {
      const hex = [...Array<string>(wakeUps).fill('FE'), good].join(' ');
      const frame = unwrap(decodeFrame(bytesOf(hex)));
      expect(frame.wakeUps).toBe(wakeUps);
      expect(toHex(unwrap(encodeFrame(frame)))).toBe(hex);
    }
  });
  it('a date that does not exist is no command', () => {
    const trip = control('4D', 'C0');
    const wrong = trip.replace('64 45 59 C0', '65 45 59 C1');
    expect(decodeFrame(bytesOf(wrong)).ok).toBe(true);
    expect(readMessage(unwrap(decodeFrame(bytesOf(wrong))))).toMatchObject({
      error: { code: 'no_such_day' },
    });
    expect(ask(meter, { type: 'control', control: 'trip', by, until: '2026-02-29 00:00:00' }).ok).toBe(false);
  });
});

describe('an address', () => {
  it('reaches whom it names, who it leaves open, and everybody', () => {
    expect(isAddressed(meter, meter)).toBe(true);
    expect(isAddressed('202107072530', meter)).toBe(false);
    expect(isAddressed(ANYBODY, meter)).toBe(true);
    expect(isAddressed('AAAAAAAA2529', meter)).toBe(true);
    expect(isAddressed('AAAAAAAA2528', meter)).toBe(false);
    expect(isAddressed(BROADCAST, meter)).toBe(true);
  });
});

describe('a stream', () => {
  const one = `${head} 91 08 33 33 33 33 A9 4A 36 33 2E 16`;
  const two = `${head} 9C 00 09 16`;
  const frames = (all: readonly Heard[]) => all.filter(({ type }) => type === 'frame').length;
  it('gives joined frames one by one, and a broken one when its rest comes', () => {
    const stream = new FrameStream();
    expect(frames(stream.push(bytesOf(`FE FE ${one} FE ${two}`)))).toBe(2);
    const bytes = bytesOf(`FE FE FE FE ${one}`);
    const counts = Array.from(bytes, (byte) => frames(stream.push(Uint8Array.of(byte))));
    expect([counts.reduce((sum, n) => sum + n, 0), counts.at(-1)]).toEqual([1, 1]);
    expect(stream.waiting).toBe(0);
  });
  it('finds the frame behind noise, behind a broken one and behind a length that lies', () => {
    for (const noise of [
      '00 11 22',
      'FE FE FE FE FE FE FE',
      one.replace('2E 16', '2F 16'),
      `${head} 91 C8`,
      '68 68 68',
    ]) {
      const stream = new FrameStream();
      const all = [...stream.push(bytesOf(`${noise} ${one}`)), ...stream.push(bytesOf('00 '.repeat(220)))];
      expect([noise, frames(all)]).toEqual([noise, 1]);
    }
  });
  it('says what was noise, and keeps no more than a frame', () => {
    const stream = new FrameStream();
    const [noise] = stream.push(bytesOf(`${one.replace('2E 16', '2F 16')} ${two}`));
    expect(noise).toMatchObject({ type: 'noise', fault: { code: 'checksum' } });
    for (let i = 0; i < 100; i += 1) stream.push(bytesOf('68 00 00 00 00 00 00'));
    expect(stream.waiting).toBeLessThanOrEqual(216);
    stream.flush();
    expect(stream.waiting).toBe(0);
  });
});

describe('in words', () => {
  it('decodes, and fails with the reason', () => {
    expect(decodeWords(`${head} 91 08 33 33 34 33 78 56 34 33 08 16`)).toMatchObject({
      ok: true,
      value: { address: meter, name: 'forward_energy', values: [{ value: '123.45', unit: 'kWh' }] },
    });
    expect(decodeWords('68zz')).toEqual({ ok: false, error: { code: 'not_hex' } });
    expect(decodeWords('6829').ok).toBe(false);
  });
  it('encodes what is asked for, and nothing else', () => {
    expect(encodeWords({ address: meter, read: '00010000' })).toMatchObject({
      value: { hex: `${head} 11 04 33 33 34 33 4F 16` },
    });
    expect(
      encodeWords({ address: meter, control: 'trip', password: '123456', operator: '1', until }),
    ).toMatchObject({
      value: { hex: control('4D', 'C0') },
    });
    for (const wrong of [
      { read: 'zz' },
      { control: 'explode' },
      { control: 'trip' },
      {},
      { read: '00000000', wakeUps: 5 },
    ])
      expect([wrong, encodeWords({ address: meter, ...wrong }).ok]).toEqual([wrong, false]);
    expect(encodeWords({ address: '12', read: '00000000' }).ok).toBe(false);
  });
});

describe('random and mutated frames', () => {
  it('are never accepted wrongly, never lost in a stream, and nothing throws', () => {
    const done = fuzz(40_000, 645);
    expect(done.wrong.slice(0, 3)).toEqual([]);
    expect(done.accepted).toBeGreaterThan(10_000);
    expect(done.found).toBe(20_000);
  });
});
