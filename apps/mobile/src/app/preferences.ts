import type { Locale } from '../api-types.ts';

/** Language and large type, kept on the phone so that the sign-in page speaks rightly too; the account's own win. */
export interface Preferences {
  locale: Locale;
  isLargeType: boolean;
}

const KEY = 'gongzhi.preferences';

let current: Preferences = read();
const listeners = new Set<() => void>();

function read(): Preferences {
  const guess: Preferences = {
    locale: navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh-CN',
    isLargeType: false,
  };
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>;
    return {
      locale: kept.locale === 'en' || kept.locale === 'zh-CN' ? kept.locale : guess.locale,
      isLargeType: kept.isLargeType === true,
    };
  } catch {
    // Storage may be forbidden; the page works without.
    return guess;
  }
}

export const readPreferences = (): Preferences => current;

export function subscribePreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setPreferences(next: Partial<Preferences>): void {
  current = { ...current, ...next };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // As above: then they last as long as the page.
  }
  applyPreferences();
  for (const listener of listeners) listener();
}

/** Onto the document, before the first paint and at every change. */
export function applyPreferences(): void {
  const root = document.documentElement;
  root.lang = current.locale;
  if (current.isLargeType) root.dataset['type'] = 'large';
  else delete root.dataset['type'];
}
