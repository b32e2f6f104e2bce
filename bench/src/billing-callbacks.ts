import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { uuidv7 } from '@gongzhi/kernel';
import pg from 'pg';
import { Book } from '../../simulator/src/providers/book.ts';
import { makeKeys, operatorFile } from '../../simulator/src/providers/keys.ts';
import { wechatSide } from '../../simulator/src/providers/wechat.ts';
import type { BooksWorld } from './billing-world.ts';
import { benchConfig } from './config.ts';
import type { Measured } from './measured.ts';
import { cpuSeconds, measure, serve } from './processes.ts';
import type { NoticesTask } from './billing-notices.ts';

export interface CallbackFigures extends Measured {
  readonly connections: number;
  /** What the provider was thanked for, and what stands as paid, with its line settled and its posting written. */
  readonly thanked: number;
  readonly booked: number;
  /** Processor time of one notice, in microseconds: the server's and the database's; null where the system keeps no /proc. */
  readonly serverMicros: number | null;
  readonly databaseMicros: number | null;
}

/**
 * A provider's notices at the product's own door: each is decrypted, its signature looked at, the payment, its bill line and
 * its posting written in one transaction, and the provider thanked when that is on disk. One in ten comes twice.
 */
export async function benchCallbacks(options: {
  readonly adminUrl: string;
  readonly appUrl: string;
  readonly dataDir: string;
  readonly world: BooksWorld;
  readonly payments: number;
  readonly connections: number;
  readonly seconds: number;
  /** Of the database's first process. */
  readonly postmaster: number;
}): Promise<CallbackFigures> {
  const { adminUrl, appUrl, dataDir, world, connections, seconds } = options;
  const keys = makeKeys();
  const paymentsFile = join(dataDir, 'merchants.json');
  writeFileSync(paymentsFile, JSON.stringify(operatorFile(keys, 'http://127.0.0.1:9')), { mode: 0o600 });
  const client = new pg.Client({ connectionString: adminUrl });
  // Its end is the cluster's; what went wrong is said by whoever asked.
  client.on('error', () => {});
  await client.connect();
  const ordered = await orderPayments(client, world, keys.wechat.merchantId, options.payments);
  const server = await serve('server.ts', { ...benchConfig(dataDir, appUrl, 10), paymentsFile });
  try {
    const book = new Book(() => new Date());
    const side = wechatSide(book, keys.wechat, () => server.url);
    const letters = ordered.map(({ id, scopeId, amountFen }) => {
      const tradeNo = id.replaceAll('-', '');
      book.order({
        provider: 'wechat',
        tradeNo,
        amountFen,
        description: 'bench',
        attach: '',
        notifyUrl: `/api/v1/payments/notices/wechat/${keys.wechat.merchantId}/${scopeId}`,
        returnUrl: '',
        expiresAt: new Date(Date.now() + 3_600_000),
      });
      book.pay(tradeNo);
      const { url, headers, body } = side.told(book.trades.get(tradeNo)!, 'right');
      return { path: url, headers, body };
    });
    const lettersFile = join(dataDir, 'letters.json');
    writeFileSync(lettersFile, JSON.stringify(letters));
    await atRest(options.postmaster);
    const task: NoticesTask = { url: server.url, lettersFile, connections, seconds };
    const before = [cpuSeconds(server.pid), cpuSeconds(options.postmaster)] as const;
    const told = await measure<{ measured: Measured; thanked: number }>('billing-notices.ts', task);
    const spent = (from: number | null, pid: number): number | null => {
      const now = cpuSeconds(pid);
      return from === null || now === null || told.thanked === 0
        ? null
        : Math.round(((now - from) * 1_000_000) / told.thanked);
    };
    const [serverMicros, databaseMicros] = [
      spent(before[0], server.pid),
      spent(before[1], options.postmaster),
    ];
    const [row] = (
      await client.query<{ booked: number }>(
        `select count(*)::integer as booked from payments.payment p
         join payments.target t on t.scope_id = p.scope_id and t.payment_id = p.payment_id
         join billing.bill_line l on l.scope_id = t.scope_id and l.line_id = t.target_id and l.settled_fen = l.amount_fen
         where p.state = 'paid' and 1 = (select count(*) from ledger.posting o where o.scope_id = p.scope_id and o.source_id = p.payment_id)`,
      )
    ).rows;
    return {
      ...told.measured,
      connections,
      thanked: told.thanked,
      booked: row?.booked ?? 0,
      serverMicros,
      databaseMicros,
    };
  } finally {
    await server.stop();
    await client.end();
  }
}

/** What a server that has just begun still does about what was loaded (sealing, sums of months) is no notice's. */
async function atRest(postmaster: number): Promise<void> {
  const [mostSeconds, stepMilliseconds, busyShare] = [120, 2_000, 0.05];
  for (let waited = 0; waited < mostSeconds; waited += stepMilliseconds / 1_000) {
    const before = cpuSeconds(postmaster) ?? 0;
    await wait(stepMilliseconds);
    if ((cpuSeconds(postmaster) ?? 0) - before < (stepMilliseconds / 1_000) * busyShare) return;
  }
}

interface Ordered {
  readonly id: string;
  readonly scopeId: string;
  readonly amountFen: number;
}

/** Homes with one bill line each, and a payment that waits for word of it; by the loader, as the product would have left it. */
async function orderPayments(
  client: pg.Client,
  world: BooksWorld,
  merchantId: string,
  count: number,
): Promise<Ordered[]> {
  const amountFen = 18_000;
  const made: Ordered[] = [];
  await client.query('set role gongzhi_loader');
  for (const [at, { scopeId, households }] of world.compounds.entries()) {
    const size = Math.floor(((at + 1) * count) / world.compounds.length) - made.length;
    const wall = [scopeId, world.cityId, world.streetId, world.companyId];
    const columns = 'scope_id, city_id, street_id, company_id';
    const homes = Array.from({ length: size }, (_, n) => households[n % households.length] as string);
    const now = Date.now();
    const rows = homes.map((home) => ({ home, bill: uuidv7(now), line: uuidv7(now), payment: uuidv7(now) }));
    const of = (key: keyof (typeof rows)[number]) => rows.map((row) => row[key]);
    const lists = [of('home'), of('bill'), of('line'), of('payment'), amountFen];
    const from = `from unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[]) as t (home, bill, line, payment)`;
    await client.query(
      `with bills as (
         insert into billing.bill (${columns}, bill_id, number, household_id, household_label, payer, period, issued_on, issued_at, total_fen)
         select $1, $2, $3, $4, bill, bill::text, home, 'home', 'owner', '2026-11-01', '2026-11-01', now(), $9 ${from} where payment is not null)
       insert into billing.bill_line (${columns}, line_id, bill_id, household_id, period, payer, item, name, amount_fen, discount_fen, basis,
         service_from, service_to, issued_on, due_on, early_fen, settled_fen)
       select $1, $2, $3, $4, line, bill, home, '2026-11-01', 'owner', 'property_fee', 'fee', $9, 0, '{"kind":"fixed","label":"fee"}',
         '2026-11-01', '2026-11-30', '2026-11-01', '2026-11-16', 0, 0 ${from}`,
      [...wall, ...lists],
    );
    await client.query(
      `with paying as (
         insert into payments.payment (${columns}, payment_id, household_id, household_label, account_name, way, channel, merchant_id, amount_fen,
           description, state, created_at, expires_at, version)
         select $1, $2, $3, $4, payment, home, 'home', 'payer', 'wechat', 'h5', $10, $9, 'bench', 'pending', now(), now() + interval '1 hour', 2 ${from})
       insert into payments.target (${columns}, payment_id, position, household_id, kind, target_id, label, amount_fen)
       select $1, $2, $3, $4, payment, 0, home, 'bill_line', line, 'fee', $9 ${from} where bill is not null`,
      [...wall, ...lists, merchantId],
    );
    made.push(...rows.map(({ payment }) => ({ id: payment, scopeId, amountFen })));
  }
  await client.query('reset role');
  // Compound after compound would be one compound at a time.
  const step = 7_919;
  return made.map((_, n) => made[(n * step) % made.length] as Ordered);
}
