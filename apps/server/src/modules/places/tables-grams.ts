import { pinyin } from 'pinyin-pro';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import { partsOfName, plainName } from './domain-people.ts';

/**
 * The blind indexes of a person's name (docs/architecture.md, rule 10): HMACs under keys of the scope and the kind, so
 * that neither the table nor another compound's table tells who is meant. What they do tell whoever holds the whole
 * database is how often some character occurs in a compound, and no more.
 */

/** Grows when names are indexed differently: rows of an older making are done again by the sweep. */
export const indexVersion = 1;

/** 128 bits find a person as surely as 256, at half the room. */
const gramBytes = 16;

export type GramKind = 'character' | 'initials';

export function gramOf(crypto: Crypto, scopeId: string, kind: GramKind, part: string): Buffer {
  return crypto.scopeIndex(scopeId, `name_${kind}`, part).subarray(0, gramBytes);
}

export function nameIndexOf(crypto: Crypto, scopeId: string, name: string): Buffer {
  return crypto.scopeIndex(scopeId, 'name', plainName(name));
}

/** A few thousand characters are in any name; looking one up takes longer than the rest of it. */
const readings = new Map<string, readonly string[]>();

function readingsOfCharacter(character: string): readonly string[] {
  let known = readings.get(character);
  if (known === undefined) {
    known = pinyin(character, { multiple: true, toneType: 'none', type: 'array' });
    // What is no character of the language is remembered for nobody.
    if (/^\p{Script=Han}$/u.test(character)) readings.set(character, known);
  }
  return known;
}

/** Each character's readings, and at the head those as a surname, which often are others. */
function readingsOf(name: string): (readonly string[])[] {
  const asName = pinyin(name, { surname: 'head', toneType: 'none', type: 'array' });
  return [...name].map((character, i) => {
    const others = readingsOfCharacter(character);
    const own = asName[i];
    return own === undefined ? others : [own, ...others];
  });
}

/** Every gram of a name, each once. */
export function gramsOf(crypto: Crypto, scopeId: string, name: string): Buffer[] {
  const { characters, initials } = partsOfName(name, readingsOf);
  return [
    ...characters.map((part) => gramOf(crypto, scopeId, 'character', part)),
    ...initials.map((part) => gramOf(crypto, scopeId, 'initials', part)),
  ];
}
