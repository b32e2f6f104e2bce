/**
 * A root-cause project: proposed by the house, taken up or declined by people, its steps done by whom and until when, then
 * watched: did it help? Pure; time is passed in.
 */

export const STATES = ['proposed', 'accepted', 'declined', 'watched', 'closed'] as const;
export type State = (typeof STATES)[number];
export const ACTIONS = [
  'accept',
  'decline',
  'add_step',
  'finish_step',
  'drop_step',
  'finish',
  'take_up_again',
] as const;
export type Action = (typeof ACTIONS)[number];

export interface Step {
  readonly no: number;
  readonly state: 'open' | 'done' | 'dropped';
}

export interface Project {
  readonly state: State;
  readonly steps: readonly Step[];
}

/** From which states, to which; null: it stays. */
const table: Readonly<Record<Action, { readonly from: readonly State[]; readonly to: State | null }>> = {
  accept: { from: ['proposed', 'declined'], to: 'accepted' },
  decline: { from: ['proposed', 'accepted'], to: 'declined' },
  add_step: { from: ['accepted'], to: null },
  finish_step: { from: ['accepted'], to: null },
  drop_step: { from: ['accepted'], to: null },
  finish: { from: ['accepted'], to: 'watched' },
  take_up_again: { from: ['watched', 'closed'], to: 'accepted' },
};

export const MOST_STEPS = 30;

export type Refusal = 'wrong_state' | 'no_step' | 'step_open' | 'nothing_done' | 'too_many_steps';

/** The next state, or why not. */
export function decide(
  project: Project,
  action: Action,
  stepNo: number | null = null,
): { readonly to: State } | { readonly refusal: Refusal } {
  const { from, to } = table[action];
  if (!from.includes(project.state)) return { refusal: 'wrong_state' };
  const open = project.steps.filter(({ state }) => state === 'open');
  if (action === 'add_step' && project.steps.length >= MOST_STEPS) return { refusal: 'too_many_steps' };
  if ((action === 'finish_step' || action === 'drop_step') && !open.some(({ no }) => no === stepNo))
    return { refusal: 'no_step' };
  if (action === 'finish') {
    if (open.length > 0) return { refusal: 'step_open' };
    // "Done" without anything done is how problems come back.
    if (!project.steps.some(({ state }) => state === 'done')) return { refusal: 'nothing_done' };
  }
  return { to: to ?? project.state };
}

export function allowedActions(project: Project): Action[] {
  return ACTIONS.filter((action) => {
    const [open] = project.steps.filter(({ state }) => state === 'open');
    return 'to' in decide(project, action, open?.no ?? null);
  });
}

/** Matters that come while it is open are attached to it; once it is over a new one may be proposed. */
export const isOpen = (state: State): boolean =>
  state === 'proposed' || state === 'accepted' || state === 'watched';
