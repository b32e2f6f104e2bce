/**
 * What goes and what stays when a person asks to be erased. Personal Information Protection Law art. 47: data is deleted
 * when its purpose is reached or consent is withdrawn, unless a law sets a time for keeping it; art. 13: what a contract
 * or the law needs may be held meanwhile. Cybersecurity Law art. 21: logs are kept for six months at least. Civil Code
 * art. 188: claims from a service can be raised for three years, and its record is how they are judged.
 */
export const ERASURE_PARTS = [
  'name_and_phone',
  'search',
  'contacts',
  'account',
  'relations',
  'orders',
  'consents',
  'looks',
  'logs',
] as const;
export type ErasurePart = (typeof ERASURE_PARTS)[number];

export const ERASURE_REASONS = [
  /** Its purpose is reached. */
  'no_longer_needed',
  /** A matter is under way in which the person must be reached. */
  'open_orders',
  /** The service of the home goes on. */
  'lives_here',
  /** The account belongs to other places or to work, too. */
  'used_elsewhere',
  /** Days and areas without a name: who owned when is what votes and bills are counted by. */
  'register',
  /** What was done in the home, without name and phone. */
  'service_record',
  /** Who looked, who changed: kept as the law wants. */
  'log',
] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

export type ErasureVerdict = 'goes' | 'stays' | 'refused';

export interface ErasureLine {
  readonly part: ErasurePart;
  readonly verdict: ErasureVerdict;
  readonly reason: ErasureReason;
  /** How many rows it is about; null where there is one or none to count. */
  readonly count: number | null;
}

export interface ErasureFacts {
  readonly isErased: boolean;
  /** Relations of today and to come. */
  readonly livingRelations: number;
  readonly relations: number;
  readonly openOrders: number;
  readonly endedOrders: number;
  /** Orders that hold the person's name and phone as whom to call. */
  readonly contacts: number;
  readonly consents: number;
  readonly looks: number;
  readonly hasAccount: boolean;
  /** The account acts somewhere else, or works. */
  readonly isUsedElsewhere: boolean;
}

export interface ErasurePlan {
  /** Nothing can be erased while this is false; the refused lines say why. */
  readonly mayErase: boolean;
  readonly lines: readonly ErasureLine[];
}

/** Every part with its verdict; the parts that say who somebody is go together or not at all. */
export function planErasure(facts: ErasureFacts): ErasurePlan {
  const blocked: ErasureReason | null =
    facts.openOrders > 0 ? 'open_orders' : facts.livingRelations > 0 ? 'lives_here' : null;
  const who = (part: ErasurePart, count: number | null): ErasureLine =>
    blocked === null
      ? { part, verdict: 'goes', reason: 'no_longer_needed', count }
      : {
          part,
          verdict: 'refused',
          reason: blocked,
          count: blocked === 'open_orders' ? facts.openOrders : facts.livingRelations,
        };
  const account: ErasureLine[] = !facts.hasAccount
    ? []
    : facts.isUsedElsewhere
      ? [{ part: 'account', verdict: 'stays', reason: 'used_elsewhere', count: null }]
      : [who('account', null)];
  const stays = (part: ErasurePart, reason: ErasureReason, count: number): ErasureLine[] =>
    count === 0 ? [] : [{ part, verdict: 'stays', reason, count }];
  return {
    mayErase: blocked === null && !facts.isErased,
    lines: [
      who('name_and_phone', null),
      who('search', null),
      ...(facts.contacts === 0 ? [] : [who('contacts', facts.contacts)]),
      ...account,
      ...stays('relations', 'register', facts.relations),
      ...stays('orders', 'service_record', facts.openOrders + facts.endedOrders),
      ...stays('consents', 'log', facts.consents),
      ...stays('looks', 'log', facts.looks),
      { part: 'logs', verdict: 'stays', reason: 'log', count: null },
    ],
  };
}
