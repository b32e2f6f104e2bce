/** Who keeps it where: a compound's book of one company. */
export interface BookKey {
  readonly scopeId: string;
  readonly companyId: string | null;
}

/** Where a posting lies, and who was responsible when it was written. */
export interface LedgerWall extends BookKey {
  readonly cityId: string | null;
  readonly streetId: string | null;
}

/** The wall of an event that only the staff hears of. */
export const inside = (wall: LedgerWall) => ({
  cityId: wall.cityId,
  streetId: wall.streetId,
  companyId: wall.companyId,
  householdId: null,
  reporterAccountId: null,
  isPublic: false,
  isInternal: true,
});

/** A compound that nobody serves keeps its own. */
export function bookIdOf({ scopeId, companyId }: BookKey): string {
  return companyId ?? scopeId;
}

/** As of a place's day (what is booked until then), or as of an instant (what was recorded until then). */
export type At = { readonly day: string } | { readonly instant: Date };

export interface PostingRow {
  readonly id: string;
  readonly key: string;
  /** Account codes, owners included. */
  readonly debit: string;
  readonly credit: string;
  readonly amountFen: number;
  readonly bookedOn: string;
  readonly recordedAt: Date;
  readonly source: { readonly kind: string; readonly id: string };
  readonly householdId: string | null;
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  readonly recordedBy: string | null;
}
