import pg from 'pg';
import type { SimulatedDevice } from './device.ts';
import type { GateWorld } from './world.ts';

/** From the database, when everything is over: was anything lost, was anything doubled? */
export interface Counted {
  /** Checks that the devices made, each with its number. */
  readonly said: number;
  readonly passages: number;
  readonly lost: number;
  readonly doubled: number;
  /** Gaps in a gate's numbers. */
  readonly gaps: number;
  readonly decidedOffline: number;
  /** Codes that let somebody through twice. */
  readonly usedTwice: number;
  readonly orders: number;
  readonly ordersOpened: number;
  /** What the barriers counted themselves. */
  readonly openings: number;
}

export const isWhole = ({
  lost,
  doubled,
  gaps,
  usedTwice,
  orders,
  ordersOpened,
  openings,
}: Counted): boolean =>
  lost + doubled + gaps + usedTwice === 0 && orders === ordersOpened && orders === openings;

async function asLoader<T>(adminUrl: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('set role gongzhi_loader');
    return await run(client);
  } finally {
    await client.end();
  }
}

export const openOrders = (adminUrl: string): Promise<number> =>
  asLoader(adminUrl, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::integer as count from access.barrier_command where outcome is null',
    );
    return rows[0]!.count;
  });

export function countAll(
  adminUrl: string,
  { scopeId }: GateWorld,
  said: ReadonlySet<string>,
  barriers: readonly SimulatedDevice[],
): Promise<Counted> {
  return asLoader(adminUrl, async (client) => {
    const { rows } = await client.query<{ id: string; by: string }>(
      'select passage_id as id, decided_by as by from access.passage where scope_id = $1',
      [scopeId],
    );
    const known = new Set(rows.map(({ id }) => id));
    const { rows: chains } = await client.query<{ gaps: number }>(
      `select (c.seq - (select count(*) from access.passage p where p.scope_id = c.scope_id and p.gate_id = c.gate_id))::integer as gaps
       from access.gate_chain c where c.scope_id = $1`,
      [scopeId],
    );
    const { rows: uses } = await client.query<{ twice: number }>(
      `select count(*)::integer as twice from access.passage_flag where scope_id = $1 and kind = 'used_twice'`,
      [scopeId],
    );
    const { rows: orders } = await client.query<{ orders: number; opened: number }>(
      `select count(*)::integer as orders, count(*) filter (where outcome = 'opened')::integer as opened
       from access.barrier_command where scope_id = $1`,
      [scopeId],
    );
    return {
      said: said.size,
      passages: rows.length,
      lost: [...said].filter((id) => !known.has(id)).length,
      doubled: rows.length - known.size,
      gaps: chains.reduce((sum, { gaps }) => sum + Math.abs(gaps), 0),
      decidedOffline: rows.filter(({ by }) => by === 'offline').length,
      usedTwice: uses[0]!.twice,
      orders: orders[0]!.orders,
      ordersOpened: orders[0]!.opened,
      openings: barriers.reduce((sum, barrier) => sum + barrier.openings, 0),
    };
  });
}
