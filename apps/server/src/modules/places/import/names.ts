import { type CellProblem, plainText, problem } from './columns.ts';

/**
 * Things found by what people call them: by the very name, or by the figure in it, "3" being Building 3 as long as
 * nothing else is 3.
 */
export class Names<Item> {
  readonly #exact = new Map<string, Item>();
  readonly #byFigure = new Map<string, string[]>();

  add(name: string, item: Item): void {
    const plain = plainText(name).toLowerCase();
    if (this.#exact.has(plain)) return;
    this.#exact.set(plain, item);
    const figure = figureOf(plain);
    if (figure !== null) this.#byFigure.set(figure, [...(this.#byFigure.get(figure) ?? []), plain]);
  }

  get size(): number {
    return this.#exact.size;
  }

  /** What bears this name, or the one thing with this figure. */
  get(name: string): Item | undefined {
    const plain = plainText(name).toLowerCase();
    const exact = this.#exact.get(plain);
    if (exact !== undefined || !/^\d+$/.test(plain)) return exact;
    const same = this.#byFigure.get(String(Number(plain))) ?? [];
    return same.length === 1 ? this.#exact.get(same[0]!) : undefined;
  }

  /** Why nothing was found, with what comes near. */
  lacks(name: string): CellProblem {
    const plain = plainText(name).toLowerCase();
    const figure = figureOf(plain);
    const same = figure === null ? [] : (this.#byFigure.get(figure) ?? []);
    if (same.length > 1 && /^\d+$/.test(plain))
      return problem('ambiguous', { choices: same.slice(0, 5).join(', ') });
    const near = new Set(same);
    for (const known of this.#exact.keys()) {
      if (near.size >= 3) break;
      if (Math.abs(known.length - plain.length) <= 1 && isNear(known, plain)) near.add(known);
    }
    return problem('unknown', { near: [...near].slice(0, 3).join(', ') });
  }

  *values(): Iterable<Item> {
    yield* this.#exact.values();
  }
}

/** 'Building 3' and '03' have the figure 3. */
export function figureOf(name: string): string | null {
  const digits = /\d+/.exec(name)?.[0];
  return digits === undefined ? null : String(Number(digits));
}

/** One letter more, less or another. */
function isNear(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return Math.max(a.length, b.length) - start - end <= 1;
}
