/** The arithmetic of the small pictures. Pure. */

/** Of fewer the middle half says nothing. */
const LEAST_FOR_BOX = 4;

export interface Box {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** The quartiles, between two values where the place falls between them; null of too few. */
export function boxOf(values: readonly number[]): Box | null {
  if (values.length < LEAST_FOR_BOX) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
    return low + (high - low) * (place - Math.floor(place));
  };
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}

/** Lanes from the middle outwards: 0, 1, −1, 2, −2 … so that dots which would lie on each other lie side by side. */
export function lanesOf(places: readonly number[], apart: number, most = 4): number[] {
  const ends = new Map<number, number>();
  const lanes: number[] = Array.from({ length: places.length }, () => 0);
  const order = [...places.keys()].sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const all = Array.from({ length: 2 * most + 1 }, (_, step) =>
    step % 2 === 1 ? (step + 1) / 2 : step === 0 ? 0 : -step / 2,
  );
  for (const index of order) {
    const place = places[index] ?? 0;
    const free = all.find((lane) => {
      const end = ends.get(lane);
      return end === undefined || place - end >= apart;
    });
    const lane = free ?? 0;
    ends.set(lane, place);
    lanes[index] = lane;
  }
  return lanes;
}
