import type { Locale } from '@gongzhi/i18n/console-app.ts';
import { useSyncExternalStore } from 'react';

const KEPT = 'gongzhi.locale';
const listeners = new Set<() => void>();
let locale: Locale = first();

/** Before anybody is signed in: what this browser last showed, else what it asks for. */
function first(): Locale {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'zh-CN' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export function setLocale(next: Locale): void {
  document.documentElement.lang = next;
  if (next === locale) return;
  locale = next;
  localStorage.setItem(KEPT, next);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useChosenLocale(): Locale {
  return useSyncExternalStore(subscribe, () => locale);
}

document.documentElement.lang = locale;
