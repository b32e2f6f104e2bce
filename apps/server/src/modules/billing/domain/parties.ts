/**
 * What an organisation writes on its transfer to one compound, so that the bank's list says by itself whose it is. Made of
 * both ids: the same whoever asks, and nothing that has to be kept.
 */
export function referenceOf(scopeId: string, partyId: string): string {
  // FNV-1a, 64 bits: eight digits that a person can write down.
  let hash = 0xcbf29ce484222325n;
  for (const character of `${scopeId} ${partyId}`.toLowerCase())
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0)!)) * 0x100000001b3n);
  return `GZ${String(hash % 100_000_000n).padStart(8, '0')}`;
}
