import { toHalfWidth } from './domain.ts';

/** How a person is looked for: what the words at the desk mean, and which parts of a name find it. */

export type PersonSearch =
  | { readonly by: 'phone'; readonly phone: string }
  | { readonly by: 'last_four'; readonly digits: string }
  /** Every character stands somewhere in the name; all of them together are the whole name, too. */
  | { readonly by: 'characters'; readonly characters: readonly string[] }
  /** The name begins with these initials in pinyin, or is these letters. */
  | { readonly by: 'initials'; readonly letters: string; readonly name: string }
  | { readonly by: 'name'; readonly name: string };

/** Beginnings of initials are indexed up to this length: longer names are rare, and found by eight all the same. */
export const longestInitials = 8;
/** Of a name with several polyphonic characters not every combination is worth a row. */
const mostReadings = 24;

const isHan = (character: string): boolean => /^\p{Script=Han}$/u.test(character);

/** One spelling for what people write in several: full-width letters, spaces and the dot of Uighur or foreign names. */
export function plainName(name: string): string {
  return toHalfWidth(name)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·•.'-]/g, '');
}

/** Null when nothing can be found by it: three digits, nothing but dots. */
export function readSearch(words: string): PersonSearch | null {
  const text = toHalfWidth(words).normalize('NFKC').trim();
  if (/^\+?[\d\s-]+$/.test(text)) {
    const digits = text.replace(/\D/g, '').replace(/^86(?=1\d{10}$)/, '');
    if (digits.length === 4) return { by: 'last_four', digits };
    return digits.length >= 7 ? { by: 'phone', phone: digits } : null;
  }
  const name = plainName(text);
  if (name === '') return null;
  const characters = [...name];
  if (characters.every(isHan)) return { by: 'characters', characters: [...new Set(characters)] };
  if (/^[a-z]+$/.test(name)) {
    return name.length <= longestInitials ? { by: 'initials', letters: name, name } : { by: 'name', name };
  }
  return { by: 'name', name };
}

export interface NameParts {
  readonly characters: readonly string[];
  /** Beginnings of every plausible row of initials: w, wx, wxy. */
  readonly initials: readonly string[];
}

/**
 * What a name is found by. `readingsOf` gives each character's plausible readings (a polyphonic one has several, and a
 * surname one of its own); a name in letters has the initials of its words.
 */
export function partsOfName(
  name: string,
  readingsOf: (name: string) => readonly (readonly string[])[],
): NameParts {
  const plain = plainName(name);
  const characters = [...new Set([...plain].filter(isHan))];
  const rows =
    characters.length === 0
      ? toHalfWidth(name)
          .normalize('NFKC')
          .toLowerCase()
          .split(/[\s·•.'-]+/)
          .filter((word) => /^[a-z]/.test(word))
          .map((word) => [word.charAt(0)])
      : readingsOf(plain).map((readings) => [
          ...new Set(readings.map((reading) => reading.charAt(0)).filter((letter) => /[a-z]/.test(letter))),
        ]);
  let combined: string[] = rows.length === 0 ? [] : [''];
  const initials = new Set<string>();
  for (const letters of rows.slice(0, longestInitials)) {
    if (letters.length === 0) break;
    combined = combined.flatMap((start) => letters.map((letter) => start + letter)).slice(0, mostReadings);
    for (const start of combined) initials.add(start);
  }
  return { characters, initials: [...initials] };
}

/** Why a name and phone are shown in plain text. Those of an order's contact are among them. */
export const PURPOSES = [
  'callback',
  'visit',
  'clarify',
  'verify_identity',
  'correct_record',
  'emergency',
  'authority',
  /** At the person's own request: everything held about them. */
  'export',
  'other',
] as const;
export type Purpose = (typeof PURPOSES)[number];
