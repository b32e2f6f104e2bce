/** The heart of the room: pure. No clock, no I/O, no SQL; time is passed in. Others of this module import from here. */
export * from './domain/shifts.ts';
export * from './domain/shift-file.ts';
export * from './domain/rank.ts';
export * from './domain/offers.ts';
export * from './domain/escalate.ts';
export * from './domain/estimate.ts';
export * from './domain/plan.ts';
export * from './domain/rules.ts';
