import { localDate } from '@gongzhi/kernel';
import { openCrypto } from '../../../platform/crypto/crypto.ts';
import { sql } from '../../../platform/db/sql.ts';
import { loaders } from '../../identity/index.ts';
import { namedId } from './ids.ts';
import type { LoaderTx } from '../../../platform/db/loader-database.ts';

/** The account that is to see the imported city: null when nobody has this number, undefined when it is none. */
export async function accountOfPhone(
  tx: LoaderTx,
  phone: string,
  keys: { dataDir: string; keyFile: string | undefined },
): Promise<string | null | undefined> {
  // Never makes keys: with new ones no number would be found.
  const crypto = await openCrypto(keys.dataDir, { mode: 'production', keyFile: keys.keyFile });
  let index: unknown;
  try {
    [index] = loaders.phoneRegistry.row({ accountId: '', phone }, crypto);
  } catch {
    return undefined;
  }
  const [row] = await tx.query<{ account_id: string }>(
    sql`select account_id from identity.phone_registry where phone_index = ${index}`,
  );
  return row?.account_id ?? null;
}

/** In a demonstration: whoever plays the city. */
export async function cityPersona(tx: LoaderTx): Promise<string | null> {
  const [row] = await tx.query<{ account_id: string }>(
    sql`select account_id from identity.persona where role = 'city' order by position limit 1`,
  );
  return row?.account_id ?? null;
}

/** A membership of the city's own office beside the ones the account has; one switches to it on the page. */
export async function letView(
  tx: LoaderTx,
  accountId: string,
  city: { id: string; timeZone: string },
  now: Date,
): Promise<void> {
  const { table, columns, row } = loaders.membership;
  const values = row(
    {
      scopeId: city.id,
      membershipId: namedId('import viewer', city.id, accountId),
      accountId,
      role: 'city',
      startsOn: localDate(now.getTime(), city.timeZone),
      endsOn: null,
    },
    // A membership holds nothing to encrypt.
    undefined as never,
  );
  const text = `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')}) on conflict do nothing`;
  await tx.query({ name: '', text, values });
}
