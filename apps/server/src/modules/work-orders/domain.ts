/**
 * The heart of the room: pure. No clock, no I/O, no SQL; time is passed in. Others of this module import from here.
 *
 * decide(order, command, ctx)   one command: next state, events, step rows, notices, or the reason why not
 * submitOrder(submission, ctx)  the first state of a new order
 * markDue(order, ctx)           what a due claim does
 * allowedActions(order, who, …) every action with its reason: what pages enable
 */
export * from './domain/callbacks.ts';
export * from './domain/charges.ts';
export * from './domain/clocks.ts';
export { type CalendarVersion, calendarFaults, composeCalendar } from './domain/calendar.ts';
export { type ActionState, allowedActions, decide, markDue } from './domain/decide.ts';
export * from './domain/duty.ts';
export { gramsOf, soughtIn } from '@gongzhi/kernel';
export * from './domain/figures.ts';
export * from './domain/stretches.ts';
export * from './domain/times.ts';
export * from './domain/number.ts';
export { explainClocks, type JudgedOrder, lateUnder, reasonOf, whatIf } from './domain/preview.ts';
export * from './domain/rates.ts';
export { movedIn, passOver, STAYING_KINDS } from './domain/passing.ts';
export { recountDues } from './domain/recount.ts';
export { type Correction, learn, LEAST_EVIDENCE, type LearntWord } from './domain/learning.ts';
export { likeness, MOST_SIMILAR, mostSimilar, overlap, type Spot } from './domain/similar.ts';
export * from './domain/safety.ts';
export { ask, type Answer, type Example, type Model, teach } from './domain/triage.ts';
export { pack, type Packed, unpack } from './domain/triage-bytes.ts';
export { type Submission, submitOrder, submitPart } from './domain/submit.ts';
export * from './domain/transitions.ts';
export * from './domain/types.ts';
export * from './domain/view.ts';
export { MOST_WINDOWS } from './domain/visits.ts';
export * from './domain/warranty.ts';
export * from './domain/working.ts';
export * from './domain/working-words.ts';
export * from './domain/personal.ts';
