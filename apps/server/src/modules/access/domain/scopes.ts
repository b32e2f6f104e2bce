/** Whose measures bind a compound: its own, its community's, its street's; a measure is read by these ids and no join. */
export const scopesOver = ({
  scopeId,
  communityId,
  streetId,
}: {
  readonly scopeId: string;
  readonly communityId: string | null;
  readonly streetId: string | null;
}): string[] => [...new Set([scopeId, communityId, streetId].filter((id): id is string => id !== null))];
