import { blank, type Cell, tableLimits } from './table.ts';
import type { NumberLook } from './xlsx-styles.ts';

export interface RawCell {
  readonly type: string;
  readonly style: number;
  value: string;
  inline: string;
  hasFormula: boolean;
  hasValue: boolean;
}

interface Book {
  readonly texts: readonly string[];
  readonly looks: readonly NumberLook[];
  readonly is1904: boolean;
}

const fault = (code: string, params: Record<string, unknown> = {}): Cell => ({
  text: '',
  kind: 'blank',
  fault: { code, params },
});

/** What a person sees in the cell, or why nobody can know. */
export function cellOf(raw: RawCell, book: Book): Cell {
  // A program that does not calculate wrote it: what it would come to is not in the file.
  if (raw.hasFormula && (!raw.hasValue || (raw.value === '' && raw.type !== 'str'))) return fault('formula');
  switch (raw.type) {
    case 's': {
      const text = book.texts[Number(raw.value)];
      return text === undefined ? fault('broken_cell') : textCell(text);
    }
    case 'str':
      return textCell(raw.value);
    case 'inlineStr':
      return textCell(raw.inline);
    case 'b':
      return { text: raw.value === '1' || raw.value === 'true' ? 'TRUE' : 'FALSE', kind: 'text' };
    case 'e':
      return fault('error_value', { value: raw.value });
    case 'd':
      return { text: raw.value.slice(0, 10), kind: 'date' };
    default:
      return raw.value === '' ? blank : numberCell(raw.value, book.looks[raw.style] ?? 'plain', book.is1904);
  }
}

function textCell(stored: string): Cell {
  const text = stored.includes('_x')
    ? stored.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : stored;
  if (text.length > tableLimits.cellCharacters)
    return fault('too_long', { most: tableLimits.cellCharacters });
  if (text.includes('\0')) return fault('zero_byte');
  return text.trim() === '' ? blank : { text, kind: 'text' };
}

function numberCell(stored: string, look: NumberLook, is1904: boolean): Cell {
  const number = Number(stored);
  if (!Number.isFinite(number)) return fault('broken_cell');
  if (look === 'date') return dateCell(number, is1904);
  if (Number.isInteger(number)) {
    // Excel keeps 15 digits and makes the others 0: a long number is not what was typed.
    if (Math.abs(number) >= 1e15) return fault('long_number');
    const text = number.toFixed(0);
    return { text: typeof look === 'object' ? text.padStart(look.digits, '0') : text, kind: 'number' };
  }
  // 89.499999999999996 is what a computer makes of 89.5; Excel shows 15 digits.
  const text = String(Number(number.toPrecision(15)));
  return text.includes('e') ? fault('long_number') : { text, kind: 'number' };
}

const day = 86_400_000;

function dateCell(serial: number, is1904: boolean): Cell {
  const text = dateOfSerial(serial, is1904);
  return text === null ? fault('no_date', { value: String(serial) }) : { text, kind: 'date' };
}

/** Excel counts days from 1900 with a 29 February that never was, or from 1904. Null for what is no day. */
export function dateOfSerial(serial: number, is1904: boolean): string | null {
  const days = Math.floor(serial);
  if (days < (is1904 ? 0 : 1) || days > 2_958_465 || (!is1904 && days === 60)) return null;
  const first = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  return new Date(first + days * day).toISOString().slice(0, 10);
}
