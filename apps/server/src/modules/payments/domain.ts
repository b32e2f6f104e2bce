export * from './domain/bank-file.ts';
export * from './domain/capital.ts';
export * from './domain/deduction.ts';
export * from './domain/deposits.ts';
export * from './domain/matching.ts';
export * from './domain/refunds.ts';
export * from './domain/states.ts';
export * from './domain/till.ts';
