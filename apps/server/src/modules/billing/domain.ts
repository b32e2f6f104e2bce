/** The pure rules of billing, by what they are about. */
export * from './domain/accounts.ts';
export * from './domain/basis.ts';
export * from './domain/charges.ts';
export * from './domain/corrections.ts';
export * from './domain/formula.ts';
export * from './domain/homes.ts';
export * from './domain/ladder.ts';
export * from './domain/letters.ts';
export * from './domain/months.ts';
export * from './domain/parties.ts';
export * from './domain/payers.ts';
export * from './domain/pricing.ts';
export * from './domain/runs.ts';
export * from './domain/settling.ts';
export * from './domain/tariffs.ts';
export * from './domain/uses.ts';
