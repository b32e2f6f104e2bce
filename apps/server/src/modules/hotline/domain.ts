/** The heart of the room: pure. No clock, no I/O, no SQL; time is passed in. */
export { decide, markDue, startCase } from './domain/decide.ts';
export * from './domain/density.ts';
export * from './domain/draft-reply.ts';
export * from './domain/intake.ts';
export * from './domain/periods.ts';
export * from './domain/rates.ts';
export { handDue, isLower, levelsBelow } from './domain/shares.ts';
export {
  aboveOf,
  type ActionState,
  allowedActions,
  holderOf,
  nextDueOf,
  openJoints,
  refusalOf,
  TRANSITIONS,
} from './domain/transitions.ts';
export * from './domain/types.ts';
