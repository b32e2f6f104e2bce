import type { Tone } from './tone.ts';

/** What the app says by itself: spoken politely to who listens, and shown for a while to who looks. */
export interface Notice {
  id: number;
  text: string;
  tone: Tone;
  /** Stays until closed: something went wrong, or there is something to do. */
  isLasting: boolean;
}

interface State {
  notices: readonly Notice[];
  /** What the live regions hold. A changed `id` makes the same sentence be read again. */
  polite: { id: number; text: string };
  assertive: { id: number; text: string };
}

let state: State = { notices: [], polite: { id: 0, text: '' }, assertive: { id: 0, text: '' } };
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: State): void {
  state = next;
  for (const listener of listeners) listener();
}

export function subscribeNotices(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const readNotices = (): State => state;

/** Says it without showing anything: for what already changed on the page. */
export function announce(text: string, urgency: 'polite' | 'assertive' = 'polite'): void {
  set({ ...state, [urgency]: { id: nextId++, text } });
}

/** Shows it at the edge of the page and says it. */
export function notify(
  text: string,
  { tone = 'done', isLasting = false }: { tone?: Tone; isLasting?: boolean } = {},
): number {
  const id = nextId++;
  const urgency = tone === 'late' ? 'assertive' : 'polite';
  set({
    ...state,
    notices: [...state.notices.slice(-2), { id, text, tone, isLasting }],
    [urgency]: { id, text },
  });
  return id;
}

export function dismissNotice(id: number): void {
  set({ ...state, notices: state.notices.filter((notice) => notice.id !== id) });
}
