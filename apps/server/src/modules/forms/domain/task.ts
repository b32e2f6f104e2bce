import { addDays, type LocalDate, type Result, err, ok } from '@gongzhi/kernel';

/** A form before one compound or community: filled, handed over, taken or sent back. */

export const TASK_STATES = ['open', 'submitted', 'returned', 'accepted', 'withdrawn'] as const;
export type TaskState = (typeof TASK_STATES)[number];
export type TaskAction = 'submit' | 'return' | 'accept' | 'withdraw';

const moves: Readonly<Record<TaskAction, { from: readonly TaskState[]; to: TaskState }>> = {
  submit: { from: ['open', 'returned'], to: 'submitted' },
  return: { from: ['submitted'], to: 'returned' },
  accept: { from: ['submitted'], to: 'accepted' },
  // What was taken stays taken.
  withdraw: { from: ['open', 'submitted', 'returned'], to: 'withdrawn' },
};

export const isFillable = (state: TaskState): boolean => moves.submit.from.includes(state);

export interface Deciding {
  readonly state: TaskState;
  /** Required questions without an answer that holds. */
  readonly missing: number;
  readonly submittedBy: string | null;
  readonly by: string;
}

export type Refusal = 'wrong_state' | 'missing' | 'own_hand';

/** The second step is a second person's. */
export function decide(task: Deciding, action: TaskAction): Result<TaskState, Refusal> {
  const { from, to } = moves[action];
  if (!from.includes(task.state)) return err('wrong_state');
  if (action === 'submit' && task.missing > 0) return err('missing');
  if ((action === 'return' || action === 'accept') && task.submittedBy === task.by) return err('own_hand');
  return ok(to);
}

export const TELLINGS = ['given', 'soon', 'late'] as const;
export type Telling = (typeof TELLINGS)[number] | 'returned';

/** Who fills it in hears of it when it comes, the day before it is due and the day after; never of a day that has gone. */
export function tellingAfter(
  told: Telling,
  dueOn: LocalDate,
  today: LocalDate,
): { readonly telling: Telling; readonly day: LocalDate } | null {
  if (told === 'late') return null;
  const comes = [
    { telling: 'soon', day: addDays(dueOn, -1) },
    { telling: 'late', day: addDays(dueOn, 1) },
  ] as const;
  return comes.find(({ telling, day }) => day > today && !(told === 'soon' && telling === 'soon')) ?? null;
}

/** A page says every minute or two how long it was worked on; more than this at once, it slept. */
export const MOST_AT_ONCE = 300;
/** Of one task, by all who fill it in together. */
export const MOST_A_DAY = 8 * 3_600;

/** Seconds that count, of those a page claims. Nobody's name stands beside them. */
export function credited(claimed: number, countedToday: number): number {
  const whole = Math.floor(claimed);
  if (!Number.isFinite(whole) || whole <= 0) return 0;
  return Math.max(0, Math.min(whole, MOST_AT_ONCE, MOST_A_DAY - countedToday));
}
