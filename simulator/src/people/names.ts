import { avoidedNames, givenCharacters, givenNames, type Sex, surnames } from '../data/names.ts';
import type { Random } from '../random.ts';

const characters: Readonly<Record<Sex, readonly (readonly string[])[]>> = {
  f: givenCharacters.f.map((text) => [...text]),
  m: givenCharacters.m.map((text) => [...text]),
};
const surnameTotal = surnames.reduce((sum, [, weight]) => sum + weight, 0);

function surname(random: Random): string {
  let at = random.next() * surnameTotal;
  for (const [name, weight] of surnames) {
    at -= weight;
    if (at < 0) return name;
  }
  return '王';
}

/** A name that many could bear. `born` decides the fashion it follows. */
export function makeName(
  random: Random,
  born: number,
  sex: Sex = random.chance(0.5) ? 'f' : 'm',
  family = surname(random),
): string {
  for (;;) {
    const name = family + givenName(random, born, sex);
    if (!avoidedNames.has(name)) return name;
  }
}

function givenName(random: Random, born: number, sex: Sex): string {
  const generation = born < 1965 ? 0 : born < 1985 ? 1 : 2;
  if (random.chance(0.45)) return random.pick(givenNames[sex][generation]!);
  const [first, second] = characters[sex] as [readonly string[], readonly string[]];
  const last = random.pick(second);
  return random.chance(0.12) ? last : random.pick(first) + last;
}

export function familyNameOf(name: string): string {
  return surnames.some(([known]) => known.length === 2 && name.startsWith(known))
    ? name.slice(0, 2)
    : name.slice(0, 1);
}

/**
 * Numbers beginning with 169 have the form of a mobile number and are given out by no operator (libphonenumber
 * knows no such Chinese mobile number either), so no message of a demonstration can reach anybody.
 */
export function phoneNumber(serial: number): string {
  if (!Number.isInteger(serial) || serial < 0 || serial > 99_999_999)
    throw new RangeError(`no phone number ${serial}`);
  return `169${String(serial).padStart(8, '0')}`;
}

/** Neighbours' numbers do not follow each other: multiplying modulo a prime gives each serial another number. */
export function residentPhone(serial: number): string {
  return phoneNumber(20_000_000 + (((serial + 1) * 4_839_271) % 9_999_991));
}
