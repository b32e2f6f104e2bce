import { CHINA, type Instant, localDate } from '@gongzhi/kernel';

/**
 * The number people say on the phone: 20261121-7K4QM-X. The date, five characters, and a check character.
 * 31 characters without I, L, O, U (read as digits) and V (heard as B). 31 is prime, so the check finds every single
 * wrong character and every exchange of two neighbours. Nothing is counted: five characters are 28.6 million a day
 * in one scope, a unique constraint catches the rare repetition, and the caller tries another random number.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTWXYZ';
const BASE = ALPHABET.length;
const SPACE = BASE ** 5;

function checkOf(characters: string): string {
  let sum = 0;
  for (let i = 0; i < characters.length; i++) sum += (i + 1) * ALPHABET.indexOf(characters[i]!);
  return ALPHABET[sum % BASE]!;
}

/** `random` is any whole number from 0 to 2^32 - 1, from a random source of the caller's. */
export function numberOf(createdAt: Instant, random: number, zone: string = CHINA): string {
  let left = Math.floor(random) % SPACE;
  let tail = '';
  for (let i = 0; i < 5; i++) {
    tail = ALPHABET[left % BASE]! + tail;
    left = Math.floor(left / BASE);
  }
  const date = localDate(createdAt, zone).replaceAll('-', '');
  return `${date}-${tail}-${checkOf(date + tail)}`;
}

/**
 * Reads a number as typed or heard: case, spaces and dashes don't matter, O is 0, I and L are 1.
 * Null when it is none, or when its check character says that something was misheard.
 */
export function readNumber(text: string): string | null {
  const plain = text
    .toUpperCase()
    .replace(/[\s\-–—]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (plain.length !== 14 || !/^\d{8}/.test(plain)) return null;
  const body = plain.slice(0, 13);
  if ([...plain].some((character) => !ALPHABET.includes(character)) || checkOf(body) !== plain[13])
    return null;
  return `${plain.slice(0, 8)}-${plain.slice(8, 13)}-${plain[13]}`;
}

/**
 * The beginning of a number as the list looks for it, however it is typed: at least the year and month. Null: no number
 * begins so.
 */
export function numberBeginning(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—]/g, '');
  const [date, tail] = [plain.slice(0, 8), plain.slice(8)];
  if (!/^20\d{2}(?:0\d|1[0-2])(?:[0-3]\d?)?$/.test(date)) return null;
  const rest = tail.replaceAll('O', '0').replace(/[IL]/g, '1');
  if (rest.length > 6 || (date.length < 8 && rest !== '') || [...rest].some((one) => !ALPHABET.includes(one)))
    return null;
  if (rest === '') return date;
  return rest.length <= 5 ? `${date}-${rest}` : `${date}-${rest.slice(0, 5)}-${rest.slice(5)}`;
}
