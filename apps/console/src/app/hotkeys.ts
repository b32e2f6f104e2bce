import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { DeskKey } from './keys.ts';

/** Single keys can be switched off: speech input types them by accident (WCAG 2.1.4). Kept per browser. */
const KEPT = 'gongzhi.hotkeys';
const listeners = new Set<() => void>();
let areOn = localStorage.getItem(KEPT) !== 'off';

export function setHotkeys(isOn: boolean): void {
  areOn = isOn;
  localStorage.setItem(KEPT, isOn ? 'on' : 'off');
  for (const listener of listeners) listener();
}

export function useHotkeysOn(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => areOn,
  );
}

export type Keys = Readonly<Partial<Record<DeskKey, (event: KeyboardEvent) => void>>>;

const TYPING =
  'input, textarea, select, [contenteditable="true"], [role="listbox"], [role="menu"], [role="dialog"], [role="alertdialog"]';

/** Keys of a page. Silent while somebody types, in a list of choices, and under an open dialog. */
export function useHotkeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const isControl = event.ctrlKey || event.metaKey;
      if (!areOn && !isControl && event.key.length === 1) return;
      const name = isControl ? `Ctrl+${event.key}` : event.key;
      const handler = (
        latest.current as Readonly<Record<string, ((event: KeyboardEvent) => void) | undefined>>
      )[name];
      if (handler === undefined) return;
      const at = event.target instanceof Element ? event.target : null;
      const isTyping = at?.closest(TYPING) != null;
      if (isTyping || document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
      handler(event);
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, []);
}
