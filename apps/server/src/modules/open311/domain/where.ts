import { metresBetween, movedBy, type Point } from '@gongzhi/kernel';

/** Finding the place that is meant, among those the jurisdiction has. */
export interface Named {
  readonly name: string;
}

export interface Standing {
  readonly point: Point | null;
}

/** The nearest that is not farther than so many metres; exactly as far still counts. Of two equally near, the first. */
export function nearest<Thing extends Standing>(
  things: readonly Thing[],
  point: Point,
  within: number,
): Thing | null {
  let best: Thing | null = null;
  let least = within;
  for (const thing of things) {
    if (thing.point === null) continue;
    const metres = metresBetween(point, thing.point);
    if (metres < least || (best === null && metres === least)) [best, least] = [thing, metres];
  }
  return best;
}

/** The corners of a square that holds everything within so many metres. */
export function squareAround(point: Point, metres: number): { southWest: Point; northEast: Point } {
  // A little more than asked: the sphere is measured, the square is only for finding candidates by.
  const reach = metres * 1.01 + 1;
  return { southWest: movedBy(point, -reach, -reach), northEast: movedBy(point, reach, reach) };
}

/** As people type an address: widths, spaces and punctuation make no difference. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, '');
}

function isNamedIn(words: string, name: string): boolean {
  if (name === '') return false;
  for (let at = words.indexOf(name); at >= 0; at = words.indexOf(name, at + 1)) {
    // The third building is not named by the thirteenth.
    const isCut = /^\d/.test(name) && at > 0 && /\d/.test(words[at - 1]!);
    const isGoingOn = /\d$/.test(name) && /\d/.test(words[at + name.length] ?? '');
    if (!isCut && !isGoingOn) return true;
  }
  return false;
}

/** Whose name stands in the words: the longest; null for none, and for two of one length, which nobody can tell apart. */
export function namedIn<Thing extends Named>(things: readonly Thing[], address: string): Thing | null {
  const words = plainWords(address);
  let best: Thing | null = null;
  let length = 0;
  let isTie = false;
  for (const thing of things) {
    const name = plainWords(thing.name);
    if (name.length < length || !isNamedIn(words, name)) continue;
    isTie = name.length === length;
    [best, length] = [thing, name.length];
  }
  return isTie ? null : best;
}
