import { type Instant, MINUTE, SECOND } from '@gongzhi/kernel';
import type { UrgentTrip, Verdict } from '@gongzhi/gate';

/** Orders to barriers, and people who ask for one from their phone. */

/** An order that is older is void: whoever it was for has gone round by hand, and somebody else stands there. */
export const COMMAND_LASTS = 10 * SECOND;
/** Not acknowledged: said again under the same number, which opens once. */
export const SAID_AGAIN_AFTER = 2 * SECOND;
const USUAL_HOLD_SECONDS = 10;
/** An ambulance, and whoever runs beside it. */
const URGENT_HOLD_SECONDS = 90;

export const holdSecondsOf = (urgent: UrgentTrip | null): number =>
  urgent === null ? USUAL_HOLD_SECONDS : URGENT_HOLD_SECONDS;

export const COMMAND_OUTCOMES = ['opened', 'refused', 'failed'] as const;
export type CommandOutcome = (typeof COMMAND_OUTCOMES)[number];
export const COMMAND_STATES = ['waiting', ...COMMAND_OUTCOMES, 'unanswered'] as const;
export type CommandState = (typeof COMMAND_STATES)[number];

/** Why a person opens a barrier when nobody passes a check. */
export const OPEN_REASONS = ['urgent', 'let_through', 'stuck', 'test'] as const;
export type OpenReason = (typeof OPEN_REASONS)[number];

export function commandState(
  command: { readonly outcome: CommandOutcome | null; readonly expiresAt: Date },
  now: Instant,
): CommandState {
  if (command.outcome !== null) return command.outcome;
  return now < command.expiresAt.getTime() ? 'waiting' : 'unanswered';
}

/** Long enough to look up from the counter, short enough that whoever asked still stands there. */
export const OPENING_LASTS = 90 * SECOND;
export const MOST_OPENINGS = 6;
export const OPENINGS_WITHIN = 10 * MINUTE;

export const DECLINE_REASONS = ['show_code', 'not_seen', 'not_known', 'wrong_gate'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

export const OPENING_ANSWERS = ['consented', 'declined', 'withdrawn', 'unanswered'] as const;
export type OpeningAnswer = (typeof OPENING_ANSWERS)[number];
export const OPENING_STATES = [
  'waiting',
  'opening',
  'passed',
  'stopped',
  'declined',
  'withdrawn',
  'unanswered',
] as const;
export type OpeningState = (typeof OPENING_STATES)[number];

export function openingState(
  opening: {
    readonly answer: OpeningAnswer | null;
    readonly outcome: string | null;
    readonly expiresAt: Date;
  },
  now: Instant,
): OpeningState {
  const { answer, outcome, expiresAt } = opening;
  if (answer === null) return now < expiresAt.getTime() ? 'waiting' : 'unanswered';
  if (answer !== 'consented') return answer;
  if (outcome === null) return 'opening';
  return outcome === 'pass' || outcome === 'pass_report' ? 'passed' : 'stopped';
}

/**
 * What stands in the way is nothing but that somebody without a pass of a vehicle is at a gate for vehicles: the person who
 * keeps it sees whether they are on foot, or in a car it does not know, and has said yes.
 */
export function isForAPersonAtTheLane({ outcome, findings }: Pick<Verdict, 'outcome' | 'findings'>): boolean {
  const standing = findings.filter((one) => one.outcome === 'refer' || one.outcome === 'refuse');
  return outcome === 'refer' && standing.every(({ code }) => code === 'vehicle_gate_only');
}
