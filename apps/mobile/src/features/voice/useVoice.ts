import { newKey } from '@gongzhi/ui/client/index.ts';
import { useCallback, useEffect, useState } from 'react';
import { database, type StoredPhoto } from '../../app/store.ts';
import { uploadPhoto } from '../photos/upload.ts';

export interface Voice {
  /** An object URL to listen to; null: nothing is recorded. */
  url: string | null;
  keep: (blob: Blob) => Promise<void>;
  drop: () => Promise<void>;
  /** The id the server knows it by; null without one. Throws what stopped it. */
  settle: (scopeId: string) => Promise<string | null>;
  /** Reads again what is kept: it may have been handed over. */
  restore: () => Promise<void>;
}

/** The one voice note of a draft, kept in IndexedDB like its pictures, under an owner of its own. */
export function useVoice(owner: string, accountId: string): Voice {
  const [note, setNote] = useState<{ stored: StoredPhoto; url: string } | null>(null);
  const show = useCallback((stored: StoredPhoto | undefined): void => {
    setNote((before) => {
      if (before !== null) URL.revokeObjectURL(before.url);
      return stored === undefined ? null : { stored, url: URL.createObjectURL(stored.blob) };
    });
  }, []);
  const restore = useCallback(async (): Promise<void> => {
    const [kept] = (await (await database())?.getAllFromIndex('photos', 'owner', owner)) ?? [];
    show(kept);
  }, [owner, show]);
  useEffect(() => {
    restore().catch(() => undefined);
  }, [restore]);
  const drop = async (): Promise<void> => {
    const db = await database();
    for (const { id } of (await db?.getAllFromIndex('photos', 'owner', owner)) ?? [])
      await db?.delete('photos', id);
    show(undefined);
  };
  return {
    url: note?.url ?? null,
    restore,
    drop,
    keep: async (blob) => {
      await drop();
      const stored: StoredPhoto = {
        id: newKey(),
        owner,
        accountId,
        blob,
        order: Date.now(),
        fileId: null,
        scopeId: null,
      };
      await (await database())?.put('photos', stored);
      show(stored);
    },
    settle: async (scopeId) => {
      if (note === null) return null;
      const { stored } = note;
      if (stored.fileId !== null && stored.scopeId === scopeId) return stored.fileId;
      const fileId = await uploadPhoto(stored.blob, scopeId, `${stored.id}:${scopeId}`, () => undefined);
      await (await database())?.put('photos', { ...stored, fileId, scopeId });
      return fileId;
    },
  };
}
