import { uuidv7 } from '@gongzhi/kernel';
import type { World } from '../../../../../test/world.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { until } from '../../platform/events/fixtures.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import type { NewPosting } from './domain.ts';
import { due } from './due.ts';
import type { LedgerWall } from './tables.ts';

/** The near compound's book, as its company keeps it. */
export function bookOf(world: World): LedgerWall {
  return {
    scopeId: world.near.compound,
    cityId: world.city,
    streetId: world.near.street,
    companyId: world.near.company,
  };
}

/** What sealing needs of a world. */
interface Sealing extends Pick<World, 'worker'> {
  readonly clock: Clock;
  readonly server: Pick<World['server'], 'house'>;
  readonly admin: { query(text: string): Promise<{ readonly rows: readonly unknown[] }> };
}

const waiting = `
  select from ledger.book b join ledger.posting p on p.scope_id = b.scope_id and p.xid >= b.sealed_to and p.book_id = b.book_id
  union all select from ledger.period m where m.state = 'closing' limit 1`;

/**
 * Everything recorded is sealed, and months that wait for it are closed. What is sealed lies below the oldest transaction
 * of the whole test server, another file's included: so it is asked for until it is done.
 */
export async function seals(world: Sealing): Promise<void> {
  await until(async () => {
    await runDueOnce({
      worker: world.worker,
      sweeps: due,
      house: world.server.house,
      clock: world.clock,
      log: world.server.house.log,
    });
    return (await world.admin.query(waiting)).rows.length === 0;
  }, 30_000);
}

let count = 0;
/** Somebody owes for the month, unless said otherwise. */
export function aPosting(given: Partial<NewPosting> = {}): NewPosting {
  count++;
  return {
    key: `test:${count}`,
    debit: 'bank:main',
    credit: 'income:property_fee',
    amountFen: 100,
    bookedOn: '2026-11-23',
    source: { kind: 'test.source', id: uuidv7(1_760_000_000_000 + count) },
    ...given,
  };
}
