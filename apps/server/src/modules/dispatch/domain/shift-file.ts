import { addDays, instantOn, isLocalDate, type LocalDate } from '@gongzhi/kernel';
import { type PatternDay, type Plan, type RosterKind, type ShiftDay, spansOf } from './shifts.ts';

/** Shifts of single days as a file brings them: who, which day, which shift; a row an own line. */

export const SHIFT_FIELDS = ['name', 'phone', 'date', 'shift'] as const;
export type ShiftField = (typeof SHIFT_FIELDS)[number];
/** Which column holds what: by the column's heading. */
export type ShiftColumns = Readonly<Partial<Record<ShiftField, string>>>;

export const missingFields = (columns: ShiftColumns): ShiftField[] => [
  ...(columns.name === undefined && columns.phone === undefined ? (['name'] as const) : []),
  ...(['date', 'shift'] as const).filter((field) => columns[field] === undefined),
];

export const SHIFT_FAULTS = [
  'required',
  'unreadable',
  'person_unknown',
  'person_twice',
  'person_other',
  'not_employed',
  'date_invalid',
  'date_past',
  'date_far',
  'shift_unknown',
  'shift_varies',
  'twice_in_file',
  'overlaps_in_file',
  'already_on',
  'on_leave',
  'day_off',
  'has_shift',
] as const;
export type ShiftFaultCode = (typeof SHIFT_FAULTS)[number];

export interface ShiftFault {
  readonly line: number;
  readonly field: ShiftField;
  readonly code: ShiftFaultCode;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface ShiftRow {
  readonly line: number;
  readonly cells: Readonly<Partial<Record<ShiftField, string>>>;
  /** Columns whose cell says something that could be read wrongly. */
  readonly unreadable: readonly ShiftField[];
}

export interface Employed {
  readonly accountId: string;
  readonly name: string;
  readonly startsOn: LocalDate;
  /** The first day on which they no longer work here. */
  readonly endsOn: LocalDate | null;
}

/** Who works there, what shifts are called there, and what is planned already. */
export interface ShiftReading {
  readonly people: readonly Employed[];
  /** Numbers as they stand in the file, of those who work here. */
  readonly phones: ReadonlyMap<string, string>;
  /** A shift's name to its hours; null where its days have different ones. */
  readonly shifts: ReadonlyMap<string, PatternDay | null>;
  readonly words: {
    readonly free: ReadonlySet<string>;
    readonly standby: readonly string[];
    readonly nextDay: readonly string[];
  };
  readonly plan: Plan;
  readonly zone: string;
  readonly today: LocalDate;
}

export const FARTHEST_DAYS = 400;

/** 2026-11-24, 2026/1/5, 2026.1.5, 20260105 and as people write it in Chinese; the year is never guessed. */
export function readDay(text: string): LocalDate | null {
  const [, year, month, day] =
    /^(\d{4})[-/.\u5e74](\d{1,2})[-/.\u6708](\d{1,2})\u65e5?(?: 0?0:00(?::00)?)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(date) ? date : null;
}

export const plainWord = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');

/** 8:00-17:00; 20:00-8:00 is a night, with a word for the next day or without; null when it is no span of hours. */
export function readHours(text: string, nextDay: readonly string[]): PatternDay | null {
  const plain = nextDay.reduce((left, word) => left.replaceAll(word, ''), plainWord(text));
  const found = /^(\d{1,2}):(\d{2})[-~\u2013\u2014\u81f3\u5230](\d{1,2}):(\d{2})$/.exec(plain);
  if (found === null) return null;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = found.slice(1).map(Number);
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  if (fromHour > 23 || toHour > 24 || fromMinute > 59 || toMinute > 59 || to > 1_440) return null;
  return { from, to: to > from ? to : to + 1_440 };
}

export interface CheckedShifts {
  /** What is to be entered. */
  readonly days: readonly (ShiftDay & { readonly line: number })[];
  /** Already planned with the same hours. */
  readonly known: number;
  /** Days on which somebody is free, and nothing says otherwise. */
  readonly free: number;
  readonly faults: readonly ShiftFault[];
}

type Said = { readonly hours: PatternDay; readonly kind: RosterKind } | 'free';

/** A whole file: what is right is entered, every row that is wrong stays out and says why. */
export function checkShifts(rows: readonly ShiftRow[], reading: ShiftReading): CheckedShifts {
  const faults: ShiftFault[] = [];
  const days: (ShiftDay & { line: number })[] = [];
  let [known, free] = [0, 0];
  for (const row of rows) {
    const before = faults.length;
    const fault = (field: ShiftField, code: ShiftFaultCode, params: ShiftFault['params'] = {}): null => {
      faults.push({ line: row.line, field, code, params });
      return null;
    };
    for (const field of row.unreadable) fault(field, 'unreadable');
    const onDate = readDate(row, reading, fault);
    const accountId = readPerson(row, onDate, reading, fault);
    const said = readShift(row, reading, fault);
    if (faults.length > before || accountId === null || onDate === null || said === null) continue;
    if (said === 'free') {
      const own = planned(reading, accountId, onDate).some(({ kind }) => kind === 'duty');
      if (own) fault('shift', 'has_shift');
      else free++;
      continue;
    }
    const day: ShiftDay = { accountId, onDate, ...said.hours, kind: said.kind };
    const there = stands(day, reading);
    if (there === 'known') {
      known++;
      continue;
    }
    if (there !== null) {
      fault(there === 'already_on' ? 'shift' : 'date', there);
      continue;
    }
    const other = days.find(
      (one) => one.accountId === day.accountId && one.kind === day.kind && meet(one, day, reading),
    );
    if (other !== undefined) {
      fault('shift', isSameDay(other, day) ? 'twice_in_file' : 'overlaps_in_file', { other: other.line });
      continue;
    }
    days.push({ ...day, line: row.line });
  }
  return { days, known, free, faults };
}

type Refuse = (field: ShiftField, code: ShiftFaultCode, params?: ShiftFault['params']) => null;

const worksOn = ({ startsOn, endsOn }: Employed, date: LocalDate): boolean =>
  startsOn <= date && (endsOn === null || date < endsOn);

/** Whose account it is. Of two who bear a name, who works here on that day; one person may stand in several records. */
function readPerson(
  { cells, unreadable }: ShiftRow,
  onDate: LocalDate | null,
  { people, phones }: ShiftReading,
  fault: Refuse,
): string | null {
  const [name, phone] = [(cells.name ?? '').trim(), (cells.phone ?? '').trim()];
  if (unreadable.includes('name') || unreadable.includes('phone')) return null;
  if (name === '' && phone === '') return fault(cells.name === undefined ? 'phone' : 'name', 'required');
  const called = people.filter((one) => name !== '' && plainWord(one.name) === plainWord(name));
  const meant = phone === '' ? called : people.filter(({ accountId }) => accountId === phones.get(phone));
  if (meant.length === 0) return fault(phone === '' ? 'name' : 'phone', 'person_unknown');
  // A number and a name that belong to two people: which is meant is not ours to choose.
  if (phone !== '' && name !== '' && !meant.some((one) => called.includes(one)))
    return fault('name', 'person_other');
  const there = onDate === null ? meant : meant.filter((one) => worksOn(one, onDate));
  const [only, another] = new Set(there.map(({ accountId }) => accountId));
  if (only === undefined) return fault('date', 'not_employed');
  return another === undefined ? only : fault('name', 'person_twice');
}

function readDate({ cells, unreadable }: ShiftRow, { today }: ShiftReading, fault: Refuse): LocalDate | null {
  if (unreadable.includes('date')) return null;
  const text = (cells.date ?? '').trim();
  if (text === '') return fault('date', 'required');
  const date = readDay(text);
  if (date === null) return fault('date', 'date_invalid');
  if (date < today) return fault('date', 'date_past', { today });
  const last = addDays(today, FARTHEST_DAYS);
  return date > last ? fault('date', 'date_far', { last }) : date;
}

function readShift(
  { cells, unreadable }: ShiftRow,
  { shifts, words }: ShiftReading,
  fault: Refuse,
): Said | null {
  if (unreadable.includes('shift')) return null;
  const text = plainWord(cells.shift ?? '');
  if (text === '') return fault('shift', 'required');
  if (words.free.has(text)) return 'free';
  // A pattern may be called whatever it likes; only what is none is taken apart.
  const standby = shifts.has(text) ? undefined : words.standby.find((word) => text.startsWith(word));
  const rest = standby === undefined ? text : text.slice(standby.length);
  const hours = readHours(rest, words.nextDay) ?? shifts.get(rest);
  if (hours === null) return fault('shift', 'shift_varies');
  if (hours === undefined) return fault('shift', 'shift_unknown');
  return { hours, kind: standby === undefined ? 'duty' : 'standby' };
}

const isSameDay = (a: ShiftDay, b: ShiftDay): boolean =>
  a.accountId === b.accountId &&
  a.onDate === b.onDate &&
  a.from === b.from &&
  a.to === b.to &&
  a.kind === b.kind;

const instants = (day: Pick<ShiftDay, 'onDate' | 'from' | 'to'>, zone: string) => ({
  from: instantOn(day.onDate, day.from, zone),
  to: instantOn(addDays(day.onDate, Math.floor(day.to / 1_440)), day.to % 1_440, zone),
});

function meet(a: ShiftDay, b: ShiftDay, { zone }: ShiftReading): boolean {
  const [one, other] = [instants(a, zone), instants(b, zone)];
  return one.from < other.to && other.from < one.to;
}

/** What begins on that day for somebody, as far as it is planned. */
function planned({ plan, zone }: ShiftReading, accountId: string, onDate: LocalDate) {
  const from = instantOn(onDate, 0, zone);
  const to = instantOn(addDays(onDate, 1), 0, zone);
  return spansOf(plan, from, to, zone).filter((span) => span.accountId === accountId && span.from >= from);
}

/** How the shift stands to what is planned: the same, in each other's way, or free to be entered. */
function stands(
  day: ShiftDay,
  reading: ShiftReading,
): 'known' | 'already_on' | 'on_leave' | 'day_off' | null {
  const { plan, zone } = reading;
  const { from, to } = instants(day, zone);
  // Entered before; what was changed about it since then stays.
  if (plan.days?.some((one) => isSameDay(one, day)) === true) return 'known';
  for (const change of plan.changes) {
    if (change.accountId !== day.accountId) continue;
    if ((change.kind === 'off' || change.kind === 'swap') && change.onDate === day.onDate) return 'day_off';
    if (change.kind === 'leave' && change.from < to && from < change.to) return 'on_leave';
  }
  const own = spansOf(plan, from, to, zone).filter(
    (span) => span.accountId === day.accountId && (span.kind === 'standby') === (day.kind === 'standby'),
  );
  if (own.some((span) => span.from === from && span.to === to && span.kind === day.kind)) return 'known';
  return own.length > 0 ? 'already_on' : null;
}
