/** What a provider tells of a call. */
export const EVENT_KINDS = ['queued', 'ringing', 'answered', 'hung_up', 'missed'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export const DIRECTIONS = ['in', 'out'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** `lost`: nothing was heard of it any more. */
export const CALL_STATES = ['waiting', 'ringing', 'talking', 'ended', 'missed', 'lost'] as const;
export type CallState = (typeof CALL_STATES)[number];

/** How a task ended; the last two by themselves: the caller rang again and was answered, or was answered after all. */
export const OUTCOMES = ['reached', 'unreachable', 'not_needed', 'called_again', 'answered'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What a clerk says of a call back. */
export const SAID_OUTCOMES = ['reached', 'unreachable', 'not_needed'] as const satisfies readonly Outcome[];
export type SaidOutcome = (typeof SAID_OUTCOMES)[number];

export const FAULT_CODES = [
  'required',
  'type',
  'unknown',
  'too_long',
  'date_invalid',
  'in_future',
  'too_old',
  'phone_invalid',
  'other_number',
  'other_direction',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];
