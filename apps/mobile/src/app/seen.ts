import { Unreachable } from '@gongzhi/ui/client/problem.ts';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Me } from '../api-types.ts';

/**
 * What was last seen, for when there is no network: a worker in a cellar still reads the job. Only this phone's
 * present account, for three days, gone with signing out. The storage is fetched when it is first wanted, so that
 * it is no part of the first page.
 */
const KEPT_MS = 3 * 24 * 60 * 60 * 1000;
const ME = 'me';

let accountId: string | null = null;

async function table() {
  const { database } = await import('./store.ts');
  return database();
}

export async function keep(key: string, data: unknown): Promise<void> {
  const owner = accountId;
  if (owner === null) return;
  // Storage that is full or forbidden costs the offline view and nothing else.
  await (await table())?.put('seen', { key, accountId: owner, data, at: Date.now() }).catch(() => undefined);
}

async function recall<Data>(key: string): Promise<Data | undefined> {
  const db = await table();
  const owner = accountId ?? (await db?.get('seen', ME))?.accountId;
  const kept = await db?.get('seen', key);
  const isOurs = kept !== undefined && kept.accountId === owner && Date.now() - kept.at < KEPT_MS;
  return isOurs ? (kept.data as Data) : undefined;
}

/** What a query's function is given; enough of it to see whether the page already has something. */
interface Asking {
  client: QueryClient;
  queryKey: QueryKey;
}

/**
 * Reads from the server and remembers; without a network gives what was seen last, but only to a page that has
 * nothing yet: what it has may be newer (an answer to a command).
 */
export async function remembered<Data>(
  key: string,
  { client, queryKey }: Asking,
  read: () => Promise<Data>,
): Promise<Data> {
  try {
    const data = await read();
    void keep(key, data);
    return data;
  } catch (error) {
    if (!(error instanceof Unreachable) || client.getQueryData(queryKey) !== undefined) throw error;
    const kept = await recall<Data>(key);
    if (kept === undefined) throw error;
    return kept;
  }
}

/** Who it is now. The token isn't kept: without a network nothing is written, and with one it comes anew. */
export function keepMe(me: Me): void {
  accountId = me.account.id;
  void keep(ME, { ...me, csrfToken: '' }).then(forgetOthers);
}

/** Who it was, for when the server can't be asked. */
export async function recallMe(): Promise<Me | undefined> {
  const kept = await recall<Me>(ME);
  if (kept !== undefined) accountId = kept.account.id;
  return kept;
}

/** Whoever used this phone before, and whatever is too old. */
async function forgetOthers(): Promise<void> {
  const db = await table();
  const tx = db?.transaction('seen', 'readwrite');
  if (tx === undefined) return;
  for await (const cursor of tx.store)
    if (cursor.value.accountId !== accountId || Date.now() - cursor.value.at > KEPT_MS) await cursor.delete();
  await tx.done;
}
