import { addDays, type Instant, instantOn, localDate, SECOND, toLocal } from '@gongzhi/kernel';
import type { Condition, QuietHours, Rule } from './rules.ts';

/**
 * One rule watching one device. The same history gives the same alarms whenever the clock is looked at: what time has
 * brought is settled first, at the instants when it came about, and only then what came in is taken.
 */
export interface Watch {
  /** Since when the condition holds without a break; null: it does not. */
  readonly badSince: Instant | null;
  /** Since when all is well; null while it isn't, or before anything was heard. */
  readonly goodSince: Instant | null;
  /** An alarm is open: nothing opens a second one. */
  readonly isOpen: boolean;
  /** The open alarm's condition has been clear for long enough, which was said once; its order is still going on. */
  readonly isCleared: boolean;
  /** Nothing opens before. */
  readonly restUntil: Instant | null;
  /** The connection broke off and was not taken up since. */
  readonly goneAt: Instant | null;
}

export const unwatched: Watch = {
  badSince: null,
  goodSince: null,
  isOpen: false,
  isCleared: false,
  restUntil: null,
  goneAt: null,
};

export type WatchInput =
  | {
      readonly type: 'reading';
      readonly at: Instant;
      readonly value: number;
      /** It came after what was judged, though it says that it was measured before; `at` is when it came. */
      readonly isBackwards?: boolean;
    }
  /** The last will of a connection that broke off, and its being back. */
  | { readonly type: 'gone'; readonly at: Instant }
  | { readonly type: 'back'; readonly at: Instant }
  | { readonly type: 'time'; readonly at: Instant }
  /** The alarm's order came to its end, by people or because it had cleared. */
  | { readonly type: 'order_ended'; readonly at: Instant };

/** raise: open an order; clear: close it if nobody has gone; return: the condition is back while the order goes on. */
export type WatchAct = 'raise' | 'clear' | 'return';

export interface Watched {
  readonly watch: Watch;
  readonly acts: readonly WatchAct[];
  /** When time alone will change something; null: never. */
  readonly dueAt: Instant | null;
}

/** `lastAt`: when the device was heard last before this input; null: never. */
export function decide(
  watch: Watch,
  input: WatchInput,
  rule: Rule,
  lastAt: Instant | null,
  timeZone: string,
): Watched {
  const draft: Draft = { watch, acts: [], rule, timeZone };
  if (!rule.isActive) return retire(draft, input);
  elapse(draft, lastAt, input.at);
  switch (input.type) {
    case 'reading':
      // What was measured before what we have judged already changes nothing any more.
      if (lastAt !== null && input.at < lastAt) break;
      // A clock that was put back, or a word that was held up, and nobody can tell which: trouble is believed, its end is not.
      if (input.isBackwards === true && !isTrouble(rule.condition, input.value)) break;
      heard(draft, verdictOf(rule.condition, input.value), input.at);
      elapse(draft, input.at, input.at);
      return { ...draft, dueAt: dueOf(draft.watch, rule, input.at, timeZone) };
    case 'gone':
      if (rule.condition.is === 'silent') set(draft, { goneAt: draft.watch.goneAt ?? input.at });
      elapse(draft, lastAt, input.at);
      break;
    case 'back':
      set(draft, { goneAt: null });
      break;
    case 'order_ended':
      // Only the alarm that was open before: one that time has just opened has an order of its own.
      if (watch.isOpen) end(draft, input.at);
      break;
    case 'time':
      break;
  }
  return { ...draft, dueAt: dueOf(draft.watch, rule, lastAt, timeZone) };
}

interface Draft {
  watch: Watch;
  readonly acts: WatchAct[];
  readonly rule: Rule;
  readonly timeZone: string;
}

function set(draft: Draft, changes: Partial<Watch>): void {
  draft.watch = { ...draft.watch, ...changes };
}

/** A rule that was switched off raises nothing; what it had opened clears at once. */
function retire(draft: Draft, input: WatchInput): Watched {
  if (input.type === 'order_ended') end(draft, input.at);
  else if (draft.watch.isOpen && !draft.watch.isCleared) {
    set(draft, { isCleared: true });
    draft.acts.push('clear');
  }
  set(draft, { badSince: null, goodSince: null });
  return { ...draft, dueAt: null };
}

function end(draft: Draft, at: Instant): void {
  const { isOpen, badSince } = draft.watch;
  if (!isOpen) return;
  set(draft, {
    isOpen: false,
    isCleared: false,
    // It still holds though people have done with it: a while of rest, or the order would be back the next second.
    restUntil: badSince === null ? null : at + draft.rule.restSeconds * SECOND,
  });
}

type Verdict = 'bad' | 'good' | 'between';

function verdictOf(condition: Condition, value: number): Verdict {
  switch (condition.is) {
    case 'above':
      return value >= condition.raiseAt ? 'bad' : value <= condition.clearAt ? 'good' : 'between';
    case 'below':
      return value <= condition.raiseAt ? 'bad' : value >= condition.clearAt ? 'good' : 'between';
    case 'silent':
      // Whatever it says, it speaks.
      return 'good';
  }
}

export function isTrouble(condition: Condition, value: number): boolean {
  return verdictOf(condition, value) === 'bad';
}

function heard(draft: Draft, verdict: Verdict, at: Instant): void {
  set(draft, { goneAt: null });
  if (verdict === 'bad') turnBad(draft, at);
  if (verdict === 'good') set(draft, { badSince: null, goodSince: draft.watch.goodSince ?? at });
}

function turnBad(draft: Draft, at: Instant): void {
  const { badSince, isOpen, isCleared } = draft.watch;
  if (badSince !== null) return;
  set(draft, { badSince: at, goodSince: null });
  if (isOpen && isCleared) {
    set(draft, { isCleared: false });
    draft.acts.push('return');
  }
}

/** What time has brought up to `now`, in the order in which it came about. */
function elapse(draft: Draft, lastAt: Instant | null, now: Instant): void {
  const { rule, timeZone } = draft;
  // Clearing, falling silent again, and raising can follow one another in one long look away.
  for (let turn = 0; turn < 4; turn++) {
    const dueAt = dueOf(draft.watch, rule, lastAt, timeZone);
    if (dueAt === null || dueAt > now) return;
    const { badSince, isOpen, isCleared, goodSince } = draft.watch;
    if (isOpen && !isCleared && goodSince !== null && dueAt === goodSince + rule.clearForSeconds * SECOND) {
      set(draft, { isCleared: true });
      draft.acts.push('clear');
    } else if (badSince === null) {
      turnBad(draft, dueAt);
    } else if (!isOpen) {
      set(draft, { isOpen: true, isCleared: false, restUntil: null });
      draft.acts.push('raise');
    }
  }
}

/** The next instant at which time alone changes something. */
export function dueOf(watch: Watch, rule: Rule, lastAt: Instant | null, timeZone: string): Instant | null {
  const { badSince, goodSince, isOpen, isCleared } = watch;
  const dues: Instant[] = [];
  if (isOpen && !isCleared && goodSince !== null) dues.push(goodSince + rule.clearForSeconds * SECOND);
  if (!isOpen && badSince !== null) dues.push(raiseAt(watch, badSince, rule, timeZone));
  if (rule.condition.is === 'silent' && badSince === null) {
    if (lastAt !== null) dues.push(lastAt + rule.condition.afterSeconds * SECOND);
    if (watch.goneAt !== null) dues.push(watch.goneAt + rule.condition.goneAfterSeconds * SECOND);
  }
  return dues.length === 0 ? null : Math.min(...dues);
}

/** The window has passed, the rest too, and the quiet hours are over. */
function raiseAt(watch: Watch, badSince: Instant, rule: Rule, timeZone: string): Instant {
  const at = Math.max(badSince + rule.forSeconds * SECOND, watch.restUntil ?? 0);
  return rule.quiet === null ? at : afterQuiet(at, rule.quiet, timeZone);
}

/** The instant itself, or the end of the quiet hours that it falls into. The first minute is quiet, the last is not. */
export function afterQuiet(at: Instant, { from, to }: QuietHours, timeZone: string): Instant {
  const { hour, minute } = toLocal(at, timeZone);
  const now = hour * 60 + minute;
  const today = localDate(at, timeZone);
  if (from < to) return now >= from && now < to ? instantOn(today, to, timeZone) : at;
  if (now >= from) return instantOn(addDays(today, 1), to, timeZone);
  return now < to ? instantOn(today, to, timeZone) : at;
}
