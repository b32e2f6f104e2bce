import { prove } from '../apps/server/src/modules/ledger/service-proof.ts';
import { differences } from '../apps/server/src/modules/work-orders/index.ts';
import type { WorkerDatabase } from '../apps/server/src/platform/db/database.ts';
import type { Json } from './server.ts';

/** Behind the wall. */
export type Ask = <Row extends object = Json>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/**
 * Whatever lies in a database has to agree, whoever wrote it and whatever happened meanwhile: books with their seals, bills
 * with what was paid, meters with the ledger and with what was read, sums with the orders. What does not is said; nothing, if all is well.
 */
export async function bookFaults(ask: Ask, worker: WorkerDatabase, now: Date): Promise<string[]> {
  return [...(await moneyFaults(ask, worker, now)), ...(await figureFaults(ask))];
}

export async function moneyFaults(ask: Ask, worker: WorkerDatabase, now: Date): Promise<string[]> {
  const books = await ask(
    `select scope_id as "scopeId", book_id as "bookId", company_id as "companyId", city_id as "cityId", street_id as "streetId", blocks, head from ledger.book`,
  );
  const faults: string[] = [];
  for (const { bookId, ...book } of books) {
    const proof = await worker.work((tx) => prove(tx, book as Parameters<typeof prove>[1], null, now));
    if (proof.brokenBlock !== null)
      faults.push(`block ${proof.brokenBlock} of the ledger is broken (${bookId})`);
    if (!proof.areDaysRight || !proof.areBalancesRight)
      faults.push(`the ledger does not add up (${bookId}): ${JSON.stringify(proof)}`);
  }
  return [...faults, ...(await sumFaults(ask))];
}

/** Of a meter that is paid for ahead: what the ledger holds but for what is not put on yet, and what was bought but for what was used. */
const meterSums = `
  select p.meter_id as id, p.balance_fen as ours, p.rest,
    (select coalesce(sum(b.balance_fen), 0)::bigint from ledger.balance b
     where b.scope_id = p.scope_id and b.account = 'meter:prepaid' and b.owner_id = p.meter_id) as ledger,
    coalesce(sum(u.amount_fen) filter (where u.state = 'waiting' or u.state = 'failed' and u.purchase is null), 0)::bigint as waiting,
    coalesce(sum(u.amount_fen) filter (where u.state in ('sent', 'confirmed') or u.state = 'failed' and u.purchase is not null), 0)::bigint as bought,
    (select coalesce(sum((part ->> 'milli')::bigint * (part ->> 'price')::bigint), 0)::bigint
     from metering.reading r cross join jsonb_array_elements(r.charged) part
     where r.scope_id = p.scope_id and r.meter_id = p.meter_id and r.is_charged and r.taken_at > p.since) as used
  from metering.prepaid p left join metering.top_up u on u.scope_id = p.scope_id and u.meter_id = p.meter_id
  where p.ended_at is null and not exists (
    select from metering.top_up c where c.scope_id = p.scope_id and c.meter_id = p.meter_id and c.state = 'carried')
  group by p.scope_id, p.meter_id, p.balance_fen, p.rest, p.since`;

async function sumFaults(ask: Ask): Promise<string[]> {
  const [{ lines }] = (await ask(
    `select count(*)::int as lines from billing.bill_line b
     left join (select scope_id, line_id, sum(amount_fen) as fen from billing.settlement group by 1, 2) s on s.scope_id = b.scope_id and s.line_id = b.line_id
     where b.settled_fen <> coalesce(s.fen, 0)`,
  )) as [{ lines: number }];
  const [{ wrong, detail }] = (await ask(
    `with m as (${meterSums})
     select count(*)::int as wrong, jsonb_agg(m) as detail from m
     where m.ours <> m.ledger - m.waiting or (m.bought - m.ours) * 100000 + m.rest <> m.used`,
  )) as [{ wrong: number; detail: Json }];
  return [
    ...(lines > 0 ? [`${lines} lines are settled for something else`] : []),
    ...(wrong > 0 ? [`${wrong} meters are not what was bought and used: ${JSON.stringify(detail)}`] : []),
  ];
}

/** As `npx gongzhi figures check` says it. */
export async function figureFaults(ask: Ask): Promise<string[]> {
  const found = await differences(
    { query: async ({ text, values }) => (await ask(text, values)) as never },
    3,
  );
  return found.map((one) => `a sum of orders is not theirs: ${JSON.stringify(one)}`);
}
