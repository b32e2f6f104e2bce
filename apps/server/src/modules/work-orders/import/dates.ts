import { DAY, type Instant, type LocalDateTime, offsetAt, parseIso, toInstant } from '@gongzhi/kernel';

/** Null: the text is no date of this format. `prefer` matters in the hour that happens twice in autumn. */
export type DateReader = (text: string, prefer?: 'earlier' | 'later') => Instant | null;

const tokens: Record<string, { field: keyof LocalDateTime | 'half'; pattern: string }> = {
  YYYY: { field: 'year', pattern: '\\d{4}' },
  MM: { field: 'month', pattern: '\\d{2}' },
  M: { field: 'month', pattern: '\\d{1,2}' },
  DD: { field: 'day', pattern: '\\d{2}' },
  D: { field: 'day', pattern: '\\d{1,2}' },
  hh: { field: 'hour', pattern: '\\d{2}' },
  h: { field: 'hour', pattern: '\\d{1,2}' },
  mm: { field: 'minute', pattern: '\\d{2}' },
  ss: { field: 'second', pattern: '\\d{2}(?:\\.\\d{1,6})?' },
  A: { field: 'half', pattern: '[AaPp]\\.?[Mm]\\.?' },
};

/** A reader for a format of the mapping, or one sentence on what is wrong with the format. */
export function dateReader(format: string, zone: string): DateReader | string {
  const local = localReader(zone);
  if (format === 'iso') {
    return (text, prefer) => {
      const utc = parseIso(text, 'UTC');
      if (utc === null) return null;
      return /(?:Z|[+-]\d{2}(?::?\d{2})?)$/i.test(text.trim().slice(10)) ? utc : local(utc, prefer);
    };
  }
  const fields: (keyof LocalDateTime | 'half')[] = [];
  let pattern = '';
  for (const [part, bracketed] of format.matchAll(
    /\[([^\]]*)\]|YYYY|MM?|DD?|hh?|mm|ss|A|[^A-Za-z]|[A-Za-z]/g,
  )) {
    const token = tokens[part];
    if (bracketed !== undefined) pattern += escape(bracketed);
    else if (token !== undefined) {
      if (fields.includes(token.field)) return `"${part}" stands in it twice; every part may stand once`;
      fields.push(token.field);
      pattern += `(${token.pattern})`;
    } else if (/[A-Za-z]/.test(part)) {
      return `"${part}" means nothing in it; use YYYY MM M DD D hh h mm ss A, and [brackets] around other letters`;
    } else pattern += escape(part);
  }
  for (const [field, name] of [
    ['year', 'YYYY'],
    ['month', 'MM or M'],
    ['day', 'DD or D'],
  ] as const) {
    if (!fields.includes(field)) return `${name} is missing in it`;
  }
  const expression = new RegExp(`^\\s*${pattern}\\s*$`);
  return (text, prefer) => {
    const found = expression.exec(text);
    if (found === null) return null;
    const read = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
    let half = '';
    fields.forEach((field, i) => {
      if (field === 'half') half = found[i + 1]!.charAt(0).toUpperCase();
      else read[field as keyof typeof read] = Number(found[i + 1]);
    });
    if (half !== '') {
      if (read.hour < 1 || read.hour > 12) return null;
      read.hour = (read.hour % 12) + (half === 'P' ? 12 : 0);
    }
    const { year, month, day, hour, minute, second } = read;
    if (hour > 23 || minute > 59 || second >= 60) return null;
    const naive = Date.UTC(year, month - 1, day, hour, minute, 0) + Math.round(second * 1000);
    const date = new Date(naive);
    // 31 April would silently be 1 May.
    if (year < 1000 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
    return local(naive, prefer);
  };
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/**
 * From a wall clock (as if it were UTC) to the instant. Asking Intl costs microseconds and a history asks for
 * every date in it: days whose offset does not change are remembered.
 */
function localReader(zone: string): (naive: number, prefer?: 'earlier' | 'later') => Instant {
  const calm = new Map<number, number | null>();
  return (naive, prefer = 'earlier') => {
    const day = Math.floor(naive / DAY);
    let offset = calm.get(day);
    if (offset === undefined) {
      const before = offsetAt(day * DAY - DAY, zone);
      offset = offsetAt(day * DAY + 2 * DAY, zone) === before ? before : null;
      if (calm.size > 20_000) calm.clear();
      calm.set(day, offset);
    }
    if (offset !== null) return naive - offset;
    const at = new Date(naive);
    return toInstant(
      {
        year: at.getUTCFullYear(),
        month: at.getUTCMonth() + 1,
        day: at.getUTCDate(),
        hour: at.getUTCHours(),
        minute: at.getUTCMinutes(),
        second: at.getUTCSeconds(),
        millisecond: at.getUTCMilliseconds(),
      },
      zone,
      // In the hour that spring skips both readings move forward; only autumn's repeated hour has two.
      prefer === 'later' ? 'later' : 'compatible',
    );
  };
}
