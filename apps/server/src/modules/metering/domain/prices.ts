/** What a unit costs from when on, in ten-thousandths of a yuan, and what was used at it. Instants are milliseconds. */
export interface DatedPrice {
  readonly price: number;
  /** In force from this instant until the next one's. */
  readonly from: number;
}

export interface Charged {
  /** Thousandths of a unit. */
  readonly milli: number;
  readonly price: number;
}

const inOrder = (prices: readonly DatedPrice[]): DatedPrice[] => prices.toSorted((a, b) => a.from - b.from);

/** The one in force; before the first of all, that one. */
export function priceAt(prices: readonly DatedPrice[], at: number): number {
  const sorted = inOrder(prices);
  const found = sorted.findLast(({ from }) => from <= at) ?? sorted[0];
  if (found === undefined) throw new RangeError('a meter without a price');
  return found.price;
}

/** The next one that is known already. */
export const nextPrice = (prices: readonly DatedPrice[], at: number): DatedPrice | null =>
  inOrder(prices).find(({ from }) => from > at) ?? null;

/** Another price from then on; whatever was announced for later is not any more. What was in force stays. */
export function withPrice(
  prices: readonly DatedPrice[],
  next: DatedPrice,
  now: number,
): readonly DatedPrice[] {
  const kept = inOrder(prices).filter(({ from }) => from <= now && from < next.from);
  return kept.at(-1)?.price === next.price ? kept : [...kept, next];
}

/**
 * What was used between two readings, at the prices of the time between them: nobody knows when in it, so it is divided by
 * time. The parts add up to all of it; what was used before a change never costs what it costs after it.
 */
export function partsOf(
  usedMilli: number,
  from: number | null,
  to: number,
  prices: readonly DatedPrice[],
): Charged[] {
  const begin = from === null || from >= to ? to : from;
  const cuts = inOrder(prices)
    .map((one) => one.from)
    .filter((at) => at > begin && at < to);
  const parts: Charged[] = [];
  let [since, taken] = [begin, 0];
  for (const until of [...cuts, to]) {
    const upTo =
      until === to ? usedMilli : Math.round(usedMilli * ((until - begin) / Math.max(1, to - begin)));
    const milli = upTo - taken;
    // A reading of the very instant of a change ended before it.
    const price = since === to ? priceAt(prices, to - 1) : priceAt(prices, since);
    const last = parts.at(-1);
    if (milli > 0 && last?.price === price) parts[parts.length - 1] = { price, milli: last.milli + milli };
    else if (milli > 0) parts.push({ milli, price });
    [since, taken] = [until, upTo];
  }
  return parts;
}

/** What goes back: the same amounts at the same prices. */
export const backOf = (parts: readonly Charged[]): Charged[] =>
  parts.map(({ milli, price }) => ({ milli: -milli, price }));
