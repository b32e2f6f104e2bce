import type { Acting } from '../../platform/sessions/sessions.ts';

/**
 * Who worked for a company that no longer serves the place reads its own history and does nothing there any more:
 * `companyId` bears the order, `servedBy` is who serves its place now.
 */
export function isPredecessor(acting: Acting, companyId: string | null, servedBy: string | null): boolean {
  const { kind, regionId } = acting.actor;
  return (
    (kind === 'scope' || kind === 'company') &&
    regionId !== null &&
    companyId === regionId &&
    servedBy !== null &&
    servedBy !== regionId
  );
}
