/** How a place is looked for: what the words name, and what stands inside it. */

/** A number of a building, a unit, a room, in this order; a single one may be either end of it. */
export interface HomeWords {
  /** Words of the compound's name; none where one looks in all one has. */
  readonly name: readonly string[];
  readonly numbers: readonly string[];
}

/**
 * What people say between the numbers of a home, in Chinese (building, unit, gate, floor, room) or English. No word is two
 * others in a row: what could be read in two ways would be tried in all of them, and a long text has no end of ways.
 */
const between =
  /^[\s\-–—/.,#]*(?:(?:\u680b|\u5e62|\u5ea7|\u697c|\u53f7|\u5355\u5143|\u95e8|\u5c42|\u5ba4|bldg|building|unit|room)[\s\-–—/.,#]*)*$/;

/**
 * The home that a text names: "3-1-502", "syj 3-1-5" as one types, with the words for building, unit and room or
 * without. Where a number can begin a home and the rest says nothing else, it does; what stands before is the
 * compound's. Null: no home is named.
 */
export function readHome(text: string): HomeWords | null {
  const plain = text.normalize('NFKC').toLowerCase().trim();
  // The number of a lane belongs to the name, for something else is said behind it.
  for (const { index } of plain.matchAll(/(?<![0-9])[0-9]/g)) {
    const inner = plain.slice(index);
    const numbers = inner.match(/[0-9]+[a-z]?(?![a-z])/g) ?? [];
    if (numbers.length === 0 || numbers.length > 3 || numbers.some((one) => one.length > 5)) continue;
    if (!inner.split(/[0-9]+[a-z]?(?![a-z])/).every((part) => between.test(part))) continue;
    const before = plain.slice(0, index);
    // Numbers and nothing else before: more of them than a home has.
    if (/[0-9]/.test(before) && !/\p{L}/u.test(before)) return null;
    return { name: nameWords(before), numbers };
  }
  return null;
}

export const nameWords = (text: string): string[] =>
  text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

/**
 * A home's label holds these numbers in this order, the last as far as it is typed; after a building the unit may be left
 * out. As a pattern of PostgreSQL.
 */
export function homePattern(numbers: readonly string[]): string {
  const [building, ...inner] = numbers.slice(0, -1);
  const last = numbers.at(-1) ?? '';
  const before = building === undefined ? '' : `^[^0-9]*0*${building}[^0-9](.*[^0-9])?`;
  const units = inner.map((unit) => `(0*${unit})[^0-9]+`).join('');
  return building === undefined ? `(^|[^0-9])${last}` : `${before}${units}${last}[^ ]*$`;
}

/** A building's name has this number as its own: 3 is not 13. */
export const buildingPattern = (number: string): string => `(^|[^0-9])${number}([^0-9]|$)`;

/** A name as it is looked through: itself, its initials, its syllables; in small letters. */
export function foundBy(name: string, syllablesOf: (name: string) => readonly string[]): string {
  const plain = name.normalize('NFKC').toLowerCase();
  const syllables = syllablesOf(plain).map((one) => one.trim().toLowerCase());
  const spoken = syllables.filter((one) => /^[a-z0-9]+$/.test(one));
  const initials = spoken.map((one) => (/^[a-z]/.test(one) ? one.charAt(0) : one)).join('');
  return [...new Set([plain, initials, spoken.join('')])].join(' ');
}
