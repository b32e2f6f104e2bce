import { useCallback, useEffect, useState } from 'react';

const PREFIX = 'gongzhi.draft.';
/** Said in the window when a draft was written from beside its form. */
const WRITTEN = 'gongzhi-draft';

/**
 * What somebody is typing, kept until it is sent: through a reload, an expired session, another order opened in
 * between. Session storage belongs to one tab and ends with it; `local` outlives the browser.
 */
export function useDraft<Draft extends object>(
  key: string,
  empty: Draft,
  where: 'session' | 'local' = 'session',
): [Draft, (change: Partial<Draft>) => void, () => void] {
  const store = where === 'local' ? localStorage : sessionStorage;
  const name = PREFIX + key;
  const [held, setHeld] = useState({ name, draft: read(store, name, empty) });
  // Another order's form in the same place: its own draft, at once.
  const draft = held.name === name ? held.draft : read(store, name, empty);
  if (held.name !== name) setHeld({ name, draft });

  useEffect(() => {
    const hear = (event: Event): void => {
      if ((event as CustomEvent<string>).detail === name) setHeld({ name, draft: read(store, name, empty) });
    };
    window.addEventListener(WRITTEN, hear);
    return () => {
      window.removeEventListener(WRITTEN, hear);
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [name, store]);

  const change = useCallback(
    (part: Partial<Draft>) => {
      setHeld((before) => {
        const next = { ...(before.name === name ? before.draft : read(store, name, empty)), ...part };
        keep(store, name, next);
        return { name, draft: next };
      });
    },
    // `empty` is a constant of the caller's, even when written inline.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [name, store],
  );
  const clear = useCallback(() => {
    store.removeItem(name);
    setHeld({ name, draft: empty });
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [name, store]);
  return [draft, change, clear];
}

/** A draft that outlives the browser, from beside its form: as it is kept, and with a part of it changed. */
export function readDraft<Draft extends object>(key: string, empty: Draft): Draft {
  return read(localStorage, PREFIX + key, empty);
}

export function writeDraft<Draft extends object>(key: string, empty: Draft, part: Partial<Draft>): void {
  keep(localStorage, PREFIX + key, { ...readDraft(key, empty), ...part });
  window.dispatchEvent(new CustomEvent(WRITTEN, { detail: PREFIX + key }));
}

/** On signing out: a desk's computer is shared, and a draft may hold a caller's number. */
export function forgetDrafts(): void {
  for (const store of [localStorage, sessionStorage])
    for (const name of Object.keys(store)) if (name.startsWith(PREFIX)) store.removeItem(name);
}

function read<Draft extends object>(store: Storage, name: string, empty: Draft): Draft {
  try {
    const kept: unknown = JSON.parse(store.getItem(name) ?? 'null');
    return typeof kept === 'object' && kept !== null ? { ...empty, ...kept } : empty;
  } catch {
    return empty;
  }
}

function keep(store: Storage, name: string, draft: object): void {
  try {
    store.setItem(name, JSON.stringify(draft));
  } catch {
    // The store is full or forbidden: the draft still lives as long as the page.
  }
}
