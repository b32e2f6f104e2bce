/**
 * Whether a neighbour has already reported the very thing. Judged by where it is first: the same facility, the same
 * building, or nearly the same words for the spot; then by what it is called. Pure; the caller brings the open, public
 * orders of the same group of categories.
 */

export interface Spot {
  readonly facilityId: string | null;
  readonly buildingId: string | null;
  /** As people name the place. */
  readonly placeLabel: string;
  readonly categoryCode: string;
  readonly description: string;
}

/** As many as are shown before a report is sent. */
export const MOST_SIMILAR = 3;
/** Below this two reports have the neighbourhood in common and nothing else. */
const LEAST = 50;

function gramsOf(text: string): Set<string> {
  const plain = text
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll(/[\s\p{P}]+/gu, '');
  const characters = [...plain];
  const grams = new Set<string>();
  for (let i = 0; i + 1 < characters.length; i++) grams.add(characters[i]! + characters[i + 1]!);
  return grams;
}

/** How much of the shorter text is in the other, 0 to 1. */
export function overlap(a: string, b: string): number {
  const [one, other] = [gramsOf(a), gramsOf(b)];
  const least = Math.min(one.size, other.size);
  if (least === 0) return 0;
  let shared = 0;
  for (const gram of one) if (other.has(gram)) shared++;
  return shared / least;
}

/** 0 to 200; at least 50 is worth showing. */
export function likeness(report: Spot, other: Spot): number {
  const sameFacility = report.facilityId !== null && report.facilityId === other.facilityId;
  // Two lifts of one building are two lifts.
  const otherFacility =
    report.facilityId !== null && other.facilityId !== null && report.facilityId !== other.facilityId;
  if (otherFacility) return 0;
  const sameBuilding = report.buildingId !== null && report.buildingId === other.buildingId;
  const otherBuilding =
    report.buildingId !== null && other.buildingId !== null && report.buildingId !== other.buildingId;
  if (otherBuilding) return 0;
  const spots = overlap(report.placeLabel, other.placeLabel);
  const place = sameFacility ? 100 : sameBuilding ? 40 : spots >= 0.5 ? 30 * spots : 0;
  if (place === 0) return 0;
  const same = report.categoryCode === other.categoryCode ? 30 : 0;
  return place + same + 20 * spots + 30 * overlap(report.description, other.description);
}

export function mostSimilar<S extends Spot>(report: Spot, others: readonly S[]): S[] {
  return others
    .map((other, index) => ({ other, index, score: likeness(report, other) }))
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, MOST_SIMILAR)
    .map(({ other }) => other);
}
