import { HOUR, type Instant, MINUTE } from '@gongzhi/kernel';
import type { CallState, EventKind } from './words.ts';

/** One thing that happened to a call, as its provider tells it. */
export interface CallEvent {
  readonly key: string;
  readonly kind: EventKind;
  readonly at: Instant;
  /** Who answered. */
  readonly extension: string | null;
  /** Which telephones ring. */
  readonly extensions: readonly string[];
  readonly queue: string | null;
}

interface Said<T> {
  readonly at: Instant;
  readonly key: string;
  readonly value: T;
}

/**
 * What is known of a call. Webhooks come late, twice and out of order: each fact is the first or the last of its kind by
 * the provider's own clock, so that whatever order they come in, the same is known in the end.
 */
export interface CallFacts {
  readonly beganAt: Instant;
  readonly queue: Said<string> | null;
  /** The last word on which telephones ring. */
  readonly ringing: Said<readonly string[]> | null;
  readonly firstAnsweredAt: Instant | null;
  /** The last who answered holds the call; before that somebody may have put it through. */
  readonly answered: Said<string> | null;
  readonly endedAt: Instant | null;
}

const least = (a: Instant | null, b: Instant): Instant => (a === null ? b : Math.min(a, b));

/** The later one; at the same instant the one whose key sorts first, so that everybody comes to the same. */
function later<T>(a: Said<T> | null, b: Said<T>): Said<T> {
  if (a === null || b.at > a.at) return b;
  return b.at === a.at && b.key < a.key ? b : a;
}

export const nothingKnown = (at: Instant): CallFacts => ({
  beganAt: at,
  queue: null,
  ringing: null,
  firstAnsweredAt: null,
  answered: null,
  endedAt: null,
});

/** Adds one event: in any order and any number of times it comes to the same. */
export function heard(facts: CallFacts, event: CallEvent): CallFacts {
  const { at, key, kind } = event;
  const said = <T>(value: T): Said<T> => ({ at, key, value });
  const known: CallFacts = {
    ...facts,
    beganAt: Math.min(facts.beganAt, at),
    queue: event.queue === null ? facts.queue : later(facts.queue, said(event.queue)),
  };
  switch (kind) {
    case 'queued':
      return known;
    case 'ringing':
      return { ...known, ringing: later(facts.ringing, said([...new Set(event.extensions)].sort())) };
    case 'answered':
      return {
        ...known,
        firstAnsweredAt: least(facts.firstAnsweredAt, at),
        answered: later(facts.answered, said(event.extension ?? '')),
      };
    case 'hung_up':
    case 'missed':
      return { ...known, endedAt: least(facts.endedAt, at) };
  }
}

/** An end ends, whatever is heard afterwards; whoever was answered was not missed, whatever the provider says. */
export function stateOf(facts: CallFacts): Exclude<CallState, 'lost'> {
  if (facts.endedAt !== null) return facts.firstAnsweredAt === null ? 'missed' : 'ended';
  if (facts.firstAnsweredAt !== null) return 'talking';
  return facts.ringing === null ? 'waiting' : 'ringing';
}

export const isOpen = (state: CallState): boolean => ['waiting', 'ringing', 'talking'].includes(state);

/** Whose telephone it is at now: all that ring, or the one that speaks. */
export function extensionsOf(facts: CallFacts): readonly string[] {
  switch (stateOf(facts)) {
    case 'ringing':
      return facts.ringing?.value ?? [];
    case 'talking':
      return facts.answered === null ? [] : [facts.answered.value];
    default:
      return [];
  }
}

/** Nobody rings for half an hour, or talks for twelve: the end of it was never told. */
export const silentAfter = { waiting: 30 * MINUTE, ringing: 30 * MINUTE, talking: 12 * HOUR } as const;
