/** An expired session: calls wait here while the person signs in over the page. */
let waiting: ((isBack: boolean) => void) | null = null;
const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

/** Given to the API client: true once the same person is back. */
export function askAgain(): Promise<boolean> {
  return new Promise((resolve) => {
    waiting = resolve;
    changed();
  });
}

export function answerAgain(isBack: boolean): void {
  const resolve = waiting;
  waiting = null;
  changed();
  resolve?.(isBack);
}

export const isAsking = (): boolean => waiting !== null;

export function subscribeAsking(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
