import { useCallback, useMemo, useState } from 'react';
import type { OrderRow } from '../../api-types.ts';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Marked rows that are in the list, in its order. */
  readonly rows: readonly OrderRow[];
  set: (id: string, isOn: boolean) => void;
  toggle: (id: string) => void;
  all: () => void;
  clear: () => void;
}

/** Which rows are marked. What leaves the list is no longer meant, though it is remembered should it come back. */
export function useSelection(rows: readonly OrderRow[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const chosen = useMemo(() => rows.filter((row) => ids.has(row.id)), [rows, ids]);
  const set = useCallback((id: string, isOn: boolean) => {
    setIds((before) => {
      const next = new Set(before);
      if (isOn) next.add(id);
      else next.delete(id);
      return next;
    });
  }, []);
  return {
    ids,
    rows: chosen,
    set,
    toggle: (id) => {
      set(id, !ids.has(id));
    },
    all: () => {
      setIds(new Set(rows.map((row) => row.id)));
    },
    clear: () => {
      setIds(new Set());
    },
  };
}
