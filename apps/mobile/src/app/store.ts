import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Act } from '../api-types.ts';

/** What a person typed, under the name of where it was typed; nothing typed is ever only in memory. */
export interface StoredDraft {
  name: string;
  accountId: string;
  value: unknown;
  savedAt: number;
}

export interface StoredPhoto {
  id: string;
  /** The draft or the waiting act it belongs to. */
  owner: string;
  accountId: string;
  blob: Blob;
  order: number;
  /** Set once the server has it, together with the scope it was sent for. */
  fileId: string | null;
  scopeId: string | null;
}

/** An act of a worker that the server has not answered yet. Its id is the idempotency key. */
export interface WaitingAct {
  id: string;
  accountId: string;
  /** In which capacity it was pressed: it goes out in no other. */
  actingId: string;
  scopeId: string;
  orderId: string;
  orderNumber: string;
  command: Act;
  /** What the page showed when it was decided; null: whatever the act before it left. */
  expectedVersion: number | null;
  madeAt: number;
  /** Set when the server refused: it stays, explained, until the person decides. */
  refused: { code: string; params: Record<string, unknown> } | null;
}

interface Schema extends DBSchema {
  drafts: { key: string; value: StoredDraft };
  photos: { key: string; value: StoredPhoto; indexes: { owner: string } };
  outbox: { key: string; value: WaitingAct };
  /** What was last seen, for when there is no network. */
  seen: { key: string; value: { key: string; accountId: string; data: unknown; at: number } };
}

type Database = IDBPDatabase<Schema>;

let opened: Promise<Database | null> | null = null;

/** Null where the browser forbids storage (some private windows): then the page works, and keeps nothing. */
export function database(): Promise<Database | null> {
  opened ??= open().catch(() => null);
  return opened;
}

async function open(): Promise<Database> {
  return openDB<Schema>('gongzhi-mobile', 1, {
    upgrade(db) {
      db.createObjectStore('drafts', { keyPath: 'name' });
      db.createObjectStore('photos', { keyPath: 'id' }).createIndex('owner', 'owner');
      db.createObjectStore('outbox', { keyPath: 'id' });
      db.createObjectStore('seen', { keyPath: 'key' });
    },
    terminated() {
      opened = null;
    },
  });
}

/** Forgets all that one account left on this phone. */
export async function forgetAccount(accountId: string): Promise<void> {
  const db = await database();
  if (db === null) return;
  for (const name of ['drafts', 'photos', 'outbox', 'seen'] as const) {
    const tx = db.transaction(name, 'readwrite');
    for await (const cursor of tx.store)
      if ((cursor.value as { accountId: string }).accountId === accountId) await cursor.delete();
    await tx.done;
  }
}
