import {
  answer,
  encodeFrame,
  type Frame,
  FUNCTIONS,
  isAddressed,
  type Message,
  type MeterError,
  readMessage,
  writeValues,
} from '@gongzhi/kernel/dlt645/index.ts';

/** A meter of its own: what it counts, what it holds, whether its switch is open; and how it may misbehave. */
export type Mood =
  | 'well'
  /** Says nothing. */
  | 'silent'
  /** Says something that is no frame. */
  | 'garbage'
  /** Answers as another meter. */
  | 'wrong_address'
  /** Answers after everybody has given up. */
  | 'late'
  /** Its answer comes in pieces, with wake-up bytes and noise around it. */
  | 'pieces'
  /** Acknowledges and does nothing. */
  | 'lazy'
  /** Does it, and the answer is lost on the way: once. */
  | 'lost_once'
  /** Refuses with an error. */
  | 'refusing';

export interface MeterState {
  readonly address: string;
  readonly password: string;
  /** Hundredths of a unit. */
  energy: number;
  isOpen: boolean;
  isWarned: boolean;
  isProtected: boolean;
  mayClose: boolean;
  /** Null: it keeps no money. */
  fen: number | null;
  purchases: number;
  hoarding: number;
  mood: Mood;
  /** What it was told, in order. */
  readonly told: string[];
}

export function aMeter(
  address: string,
  more: Partial<Omit<MeterState, 'address' | 'told'>> = {},
): MeterState {
  return {
    address,
    password: '123456',
    energy: 0,
    isOpen: false,
    isWarned: false,
    isProtected: false,
    mayClose: false,
    fen: null,
    purchases: 0,
    hoarding: 0,
    mood: 'well',
    told: [],
    ...more,
  };
}

const number = (digits: number) => ({ is: 'number', value: { digits, decimals: 2 }, unit: '' }) as const;

function statusOf(meter: MeterState): number {
  const bits = [
    [4, meter.isOpen],
    [6, meter.isOpen],
    [7, meter.isWarned],
    [9, meter.fen !== null],
    [12, meter.isProtected],
  ] as const;
  return bits.reduce((sum, [bit, isOn]) => sum | (isOn ? 1 << bit : 0), 0);
}

function valueOf(meter: MeterState, di: string): Uint8Array | null {
  const money = meter.fen;
  const write = (values: Parameters<typeof writeValues>[1]) => {
    const written = writeValues(di, values);
    return written.ok ? written.value : null;
  };
  switch (di) {
    case '00010000':
    case '00000000':
      return write([number(meter.energy)]);
    case '04000503':
      return write([{ is: 'status', bits: statusOf(meter) }]);
    case '00900200':
      return money === null ? null : write([number(Math.max(0, money))]);
    case '00900201':
      return money === null ? null : write([number(Math.max(0, -money))]);
    case '03330201':
      return money === null ? null : write([{ is: 'count', count: meter.purchases }]);
    default:
      return null;
  }
}

const failed = (func: number, error: MeterError): Message => ({ type: 'failed', func, errors: [error] });

/** What it does and says to one question; null: it is not asked, or says nothing. */
export function respond(meter: MeterState, frame: Frame): Message | null {
  if (frame.isReply || !isAddressed(frame.address, meter.address)) return null;
  const read = readMessage(frame);
  if (!read.ok) return null;
  const message = read.value;
  if (meter.mood === 'refusing' && message.type !== 'set_time')
    return failed(frame.func, frame.func === FUNCTIONS.secure ? 'not_authenticated' : 'not_authorised');
  switch (message.type) {
    case 'read_address':
      return { type: 'address', address: meter.address };
    case 'read': {
      const data = valueOf(meter, message.di);
      return data === null
        ? failed(FUNCTIONS.read, 'no_such_data')
        : { type: 'data', di: message.di, data, hasMore: false };
    }
    case 'control': {
      meter.told.push(message.control);
      if (message.by.password !== meter.password) return failed(FUNCTIONS.control, 'not_authorised');
      if (meter.mood !== 'lazy') carryOut(meter, message.control);
      return { type: 'done', func: FUNCTIONS.control };
    }
    case 'purchase': {
      meter.told.push(`purchase ${message.count}`);
      if (meter.fen === null) return failed(FUNCTIONS.secure, 'other');
      if (message.count === meter.purchases) return failed(FUNCTIONS.secure, 'purchase_repeated');
      if (message.count !== meter.purchases + 1) return failed(FUNCTIONS.secure, 'wrong_purchase_count');
      if (meter.hoarding > 0 && meter.fen + message.amountFen > meter.hoarding)
        return failed(FUNCTIONS.secure, 'hoarding');
      meter.fen += message.amountFen;
      meter.purchases += 1;
      return { type: 'done', func: FUNCTIONS.secure };
    }
    default:
      return null;
  }
}

function carryOut(meter: MeterState, control: Extract<Message, { type: 'control' }>['control']): void {
  if (control === 'trip' && !meter.isProtected) meter.isOpen = true;
  if (control === 'close') meter.isOpen = false;
  if (control === 'allow_close') meter.mayClose = true;
  if (control === 'alarm_on' || control === 'alarm_off') meter.isWarned = control === 'alarm_on';
  if (control === 'protect_on' || control === 'protect_off') meter.isProtected = control === 'protect_on';
}

/** What goes over the line, piece by piece, each after so many milliseconds. */
export interface Piece {
  readonly afterMilliseconds: number;
  readonly bytes: Uint8Array;
}

const garbage = Uint8Array.from([0x68, 0x11, 0xfe, 0x68, 0x00, 0x16, 0x68, 0x29]);

export function say(meter: MeterState, message: Message, lateMilliseconds: number): Piece[] {
  const address = meter.mood === 'wrong_address' ? otherThan(meter.address) : meter.address;
  const frame = answer(address, message);
  const bytes = frame.ok ? encodeFrame(frame.value) : frame;
  if (!bytes.ok) return [];
  const whole = bytes.value;
  switch (meter.mood) {
    case 'silent':
      return [];
    case 'lost_once':
      meter.mood = 'well';
      return [];
    case 'garbage':
      return [{ afterMilliseconds: 0, bytes: garbage }];
    case 'late':
      return [{ afterMilliseconds: lateMilliseconds, bytes: whole }];
    case 'pieces':
      return [
        { afterMilliseconds: 0, bytes: Uint8Array.from([0xfe, 0xfe, 0x00, ...whole.subarray(0, 9)]) },
        { afterMilliseconds: 5, bytes: whole.subarray(9, 13) },
        { afterMilliseconds: 10, bytes: whole.subarray(13) },
      ];
    default:
      return [{ afterMilliseconds: 0, bytes: whole }];
  }
}

const otherThan = (address: string): string => `${address.slice(0, -1)}${(Number(address.at(-1)) + 1) % 10}`;
