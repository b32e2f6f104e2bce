import { startTransition, useCallback, useEffect, useRef, useState } from 'react';
import { database } from './store.ts';

export interface Draft<Value> {
  value: Value;
  /** False until what was kept has been read: before that the form isn't shown, so that nothing is overwritten. */
  isReady: boolean;
  change: (part: Partial<Value>) => void;
  /** After it was sent: forgets it and begins a new one. */
  clear: () => Promise<void>;
}

/**
 * A form's state, kept in IndexedDB at every keystroke: it survives a reload, an expired session and a dead
 * battery. `fresh` makes an empty one, its idempotency key included.
 */
export function useDraft<Value extends object>(
  name: string,
  accountId: string,
  fresh: () => Value,
): Draft<Value> {
  const [value, setValue] = useState<Value>(fresh);
  const [isReady, setReady] = useState(false);
  const latest = useRef(value);
  const makeFresh = useRef(fresh);

  useEffect(() => {
    let isGone = false;
    setReady(false);
    const restore = async (): Promise<void> => {
      // Unreadable storage must not keep the form from being used.
      const kept = await readDraft<Value>(name).catch(() => undefined);
      if (isGone) return;
      // A field that a newer version of the page added is filled from the fresh one.
      latest.current = { ...makeFresh.current(), ...kept };
      // The form is large for a slow phone: it is drawn in slices, and the page stays answerable meanwhile.
      startTransition(() => {
        setValue(latest.current);
        setReady(true);
      });
    };
    void restore();
    return () => {
      isGone = true;
    };
  }, [name]);

  const change = useCallback(
    (part: Partial<Value>) => {
      latest.current = { ...latest.current, ...part };
      setValue(latest.current);
      void writeDraft(name, accountId, latest.current);
    },
    [name, accountId],
  );

  const clear = useCallback(async () => {
    latest.current = makeFresh.current();
    setValue(latest.current);
    await dropDraft(name);
  }, [name]);

  return { value, isReady, change, clear };
}

export async function writeDraft(name: string, accountId: string, value: unknown): Promise<void> {
  await (await database())?.put('drafts', { name, accountId, value, savedAt: Date.now() });
}

export async function dropDraft(name: string): Promise<void> {
  await (await database())?.delete('drafts', name);
}

export async function readDraft<Value>(name: string): Promise<Value | undefined> {
  const kept = await (await database())?.get('drafts', name);
  return kept?.value as Value | undefined;
}
