import { setTimeout as sleep } from 'node:timers/promises';
import { bookOf, seals } from '../../apps/server/src/modules/ledger/fixtures.ts';
import { readBacklog } from '../../apps/server/src/platform/events/backlog.ts';
import { figureFaults, moneyFaults } from '../books.ts';
import { Client } from '../server.ts';
import { type Finding, found } from './findings.ts';
import { meterFaults } from './meters.ts';
import { paymentFaults } from './payments.ts';
import type { Siege } from './siege.ts';

/** All there may be open at rest: two servers of all roles, and ourselves. */
const mostConnections = 60;

/** What is not as it was acknowledged; nothing, if all is well. */
export async function faultsFound(siege: Siege): Promise<Finding[]> {
  const all = [
    await orders(siege),
    await passages(siege),
    await paymentFaults(siege),
    // What was paid for a meter is put on it, and then in the books.
    await meterFaults(siege),
    await ledger(siege),
    await told(siege),
  ];
  return [...all.flat(), ...(await connections(siege))];
}

async function orders({ world, said }: Siege): Promise<Finding[]> {
  const rows = await world.ask<{ id: string; steps: number; events: number; told: number }>(
    `with s as (select work_order_id, count(*)::int as n from work_orders.step group by 1),
       e as (select work_order_id, count(*)::int as n from work_orders.event group by 1),
       x as (select object_id, count(*)::int as n from platform.outbox where kind = 'work_order.submitted' group by 1)
     select o.work_order_id as id, coalesce(s.n, 0) as steps, coalesce(e.n, 0) as events, coalesce(x.n, 0) as told
     from work_orders.work_order o left join s using (work_order_id) left join e using (work_order_id)
       left join x on x.object_id = o.work_order_id
     where o.reporter_account_id = $1`,
    [world.people.wang.accountId],
  );
  const there = new Set(rows.map(({ id }) => id));
  const lost = [...said.orders].filter((id) => !there.has(id));
  const more = rows.filter(({ id }) => !said.orders.has(id));
  const half = rows.filter(({ steps, events, told }) => steps < 1 || events < 1 || told !== 1);
  return [
    ...found('lost', lost.length, 'acknowledged orders are gone'),
    ...found('twice', more.length, 'orders are there twice'),
    ...found('half', half.length, 'orders are not whole'),
  ];
}

async function passages(siege: Siege): Promise<Finding[]> {
  const { world, said, gates } = siege;
  const rows = await world.ask<{ id: string; gate: string }>(
    'select passage_id as id, gate_id as gate from access.passage',
  );
  const { cookie, csrf } = world.people.manager.client;
  const faults: Finding[] = [];
  for (const { gate, scopeId } of gates) {
    const there = rows.filter((row) => row.gate === gate.id).map(({ id }) => id);
    const known = said.passages.get(gate.id)!;
    const ids = new Set(there);
    const lost = [...known].filter((id) => !ids.has(id)).length;
    faults.push(
      ...found('lost', lost, `of ${known.size} acknowledged passages of ${gate.code} are gone`),
      ...found('twice', there.length + lost - known.size, `passages of ${gate.code} are there twice`),
    );
    const chain = await new Client(siege.child().url, cookie, csrf).get(
      `/access/gates/${gate.id}/chain?scopeId=${scopeId}`,
    );
    if (chain.status !== 200 || chain.body.faults.length > 0)
      faults.push(
        ...found('chains', 1, `broken: ${gate.code}: ${chain.status} ${JSON.stringify(chain.body.faults)}`),
      );
  }
  return faults;
}

async function ledger(siege: Siege): Promise<Finding[]> {
  const { world, said } = siege;
  const rows = await world.ask<{ key: string }>(
    `select key from ledger.posting where scope_id = $1 and key like 'chaos:%'`,
    [bookOf(world).scopeId],
  );
  const keys = new Set(rows.map(({ key }) => key));
  const lost = [...said.postings.keys()].filter((key) => !keys.has(key)).length;
  const unsealed = await sealed(siege);
  const money = await moneyFaults(world.ask, world.worker, world.clock.now());
  const figures = await figureFaults(world.ask);
  return [
    ...found('lost', lost, 'acknowledged postings are gone'),
    ...found('twice', rows.length + lost - said.postings.size, 'postings are there twice'),
    ...unsealed,
    ...money.flatMap((text) => found('ledger', 1, text)),
    ...figures.flatMap((text) => found('rollups', 1, text)),
  ];
}

/** Events and seals wait for whatever was begun before them: a busy machine takes its time to end it. */
const patience = 150_000;

/** What lies below the oldest transaction is sealed; one that does not end is named. */
async function sealed({ world }: Siege): Promise<Finding[]> {
  const isDone = () =>
    seals(world).then(
      () => true,
      () => false,
    );
  for (const until = Date.now() + patience; Date.now() < until; await sleep(100))
    if (await isDone()) return [];
  const open = await world.ask<{ what: string }>(
    `select format('%s: %s, %s for %s', application_name, state, coalesce(wait_event, 'running'), now() - xact_start) as what
     from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid() order by xact_start limit 3`,
  );
  return found(
    'ledger',
    1,
    `book or more waits to be sealed; open are ${open.map(({ what }) => what).join('; ')}`,
  );
}

async function told({ world }: Siege): Promise<Finding[]> {
  for (const until = Date.now() + patience; Date.now() < until; await sleep(100)) {
    const lines = await readBacklog(world.worker);
    if (lines.some(({ deadLetters }) => deadLetters > 0))
      return found('outbox', 1, 'event or more was laid aside');
    if (lines.every(({ behind }) => behind === 0)) {
      const [{ missing }] = (await world.ask(
        `with told as (
           select params ->> 'number' as number, count(*) as n from platform.notification
           where template = 'work_order.submitted' and account_id = $2 group by 1)
         select count(*)::int as missing from work_orders.work_order o left join told using (number)
         where o.reporter_account_id = $1 and coalesce(told.n, 0) <> 1`,
        [world.people.wang.accountId, world.people.desk.accountId],
      )) as [{ missing: number }];
      return found('outbox', missing, 'orders of which the desk was not told once');
    }
  }
  return found('outbox', 1, 'event or more waits and waits');
}

async function connections({ world, proxy }: Siege): Promise<Finding[]> {
  const [row] = await world.ask<{ open: number; stuck: number }>(
    `select count(*)::int as open, count(*) filter (where state like 'idle in transaction%' and state_change < now() - interval '10 seconds')::int as stuck
     from pg_stat_activity where usename = 'gongzhi_app'`,
  );
  const { open, stuck } = row!;
  return [
    ...(open > mostConnections || proxy.count() > mostConnections
      ? found('connections', open, `connections are open, ${proxy.count()} on the wire`)
      : []),
    ...found('connections', stuck, 'connections wait in a transaction'),
  ];
}
