/** A line taken back, or another put in its place: asked for by one, decided by another. */
export const CORRECTION_STATES = ['asked', 'declined', 'done'] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];

/**
 * Whether a second person decides. The difference counts from what was billed, or what a second person allowed since: many
 * small steps are no way round it, and nobody undoes alone what two decided. In both directions; what nothing takes the place
 * of is never small.
 */
export function takesTwo(
  { billedFen, amountFen }: { readonly billedFen: number; readonly amountFen: number | null },
  /** Up to so much one person corrects alone; 0: nothing. */
  aloneFen: number,
): boolean {
  return amountFen === null || aloneFen === 0 || Math.abs(billedFen - amountFen) > aloneFen;
}

export function mayDecideCorrection(
  correction: { readonly state: CorrectionState; readonly askedBy: string },
  by: string,
): 'billing.correction_over' | 'billing.needs_second_person' | null {
  if (correction.state !== 'asked') return 'billing.correction_over';
  return correction.askedBy === by ? 'billing.needs_second_person' : null;
}
