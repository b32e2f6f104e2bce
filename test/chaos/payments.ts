import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { bookOf } from '../../apps/server/src/modules/ledger/fixtures.ts';
import { type Answer, Client } from '../server.ts';
import { type Finding, found } from './findings.ts';
import type { Siege } from './siege.ts';

/** Lines that are there to be paid before anything breaks; who finds none left pays ahead. */
export const LINES = 60;
/** A server that was killed takes more than a minute to come back on a busy machine. */
const longest = 300_000;
/** A payment that cannot be ordered is given up: a server whose clock is behind the provider's refuses its signatures. */
const patience = 4_000;

/** Busy, gone, or without its provider: a phone asks again. */
export const isForLater = ({ status }: Answer): boolean => status >= 502 || status === 409;

type Target =
  | { readonly kind: 'prepay'; readonly amountFen: number }
  | { readonly kind: 'bill_line' | 'meter_topup'; readonly id: string; readonly amountFen: number };

/** By turns: a meter, and what else there is to pay. */
function nextTarget({ lines, meters, said }: Siege): Target {
  const turn = said.payments.size;
  const amountFen = 1_000 + (turn % 90);
  const ids = [...meters.read.map(({ id }) => id), meters.wall.id];
  if (turn % 2 === 0) return { kind: 'meter_topup', id: ids[(turn / 2) % ids.length]!, amountFen };
  const line = lines.pop();
  return line === undefined
    ? { kind: 'prepay', amountFen }
    : { kind: 'bill_line', id: line, amountFen: 1_000 };
}

/**
 * Somebody pays by their phone, and the provider tells the server: every request again under its own key until it is
 * answered. What the provider has been given is what has to be found; whoever comes too late for it has paid nothing.
 */
export async function pay(siege: Siege, urlOf: () => string, odd: string[]): Promise<void> {
  const { world, said } = siege;
  const { cookie, csrf } = world.people.wang.client;
  const ask = async (path: string, body: object, forMilliseconds: number): Promise<Answer | null> => {
    const until = performance.now() + forMilliseconds;
    const key = { 'idempotency-key': randomUUID() };
    while (performance.now() < until) {
      const answer = await new Client(urlOf(), cookie, csrf).post(path, body, key).catch(() => null);
      if (answer !== null && !isForLater(answer)) return answer;
      await sleep(50);
    }
    return null;
  };
  const target = nextTarget(siege);
  const asked = {
    scopeId: world.near.compound,
    householdId: world.home,
    way: 'wechat',
    targets: [target],
  };
  const created = await ask('/payments', asked, longest);
  if (created?.status !== 201) {
    odd.push(
      created === null ? 'payment: no answer in time' : `payment: ${created.status} ${created.body?.code}`,
    );
    return;
  }
  const { id } = created.body as { id: string };
  said.payments.add(id);
  if (target.kind === 'meter_topup') said.topUps.set(id, { meterId: target.id, amountFen: target.amountFen });
  const path = `/payments/${id}/order?scopeId=${world.near.compound}`;
  const ordered = await ask(path, { channel: 'h5' }, patience);
  // One that was not ordered cannot be paid; another server may have closed it, by a clock that is ahead.
  if (ordered?.status === 200) await world.providers.pay(world.tradeOf({ id }));
  await sleep(15);
}

/** What the providers hold and what we hold are the same payments, each booked once, and the same money. */
export async function paymentFaults({ world, said }: Siege): Promise<Finding[]> {
  const { book } = world.providers;
  const byTrade = new Map([...said.payments].map((id) => [world.tradeOf({ id }), id]));
  const trades = [...book.trades.values()];
  const given = new Set(
    trades.filter(({ state }) => state === 'paid').map(({ tradeNo }) => byTrade.get(tradeNo) ?? tradeNo),
  );
  let missing: string[] = [];
  for (const until = performance.now() + longest; performance.now() < until; await sleep(100)) {
    // Wherever the killed one stands now: this one is there, and goes by the provider's clock.
    for (const trade of trades)
      Object.assign(trade, { notifyUrl: trade.notifyUrl.replace(/^http:\/\/[^/]+/, world.url) });
    await world.providers.deliver();
    const rows = await world.ask<{ id: string }>(
      `select payment_id as id from payments.payment where state = 'paid' and way = 'wechat'`,
    );
    const booked = new Set(rows.map(({ id }) => id));
    missing = [...given].filter((id) => !booked.has(id));
    const more = [...booked].filter((id) => !given.has(id));
    if (more.length > 0) return found('twice', more.length, 'payments are booked that nobody made');
    if (missing.length === 0) break;
  }
  if (missing.length > 0) return found('lost', missing.length, 'payments that were made are not booked');
  const [sums] = await world.ask<{ wrong: number; fen: number }>(
    `select
       (select count(*)::int from payments.payment p
        left join (select source_id, sum(amount_fen) as fen from ledger.posting where source_kind = 'payments.payment' group by 1) l on l.source_id = p.payment_id
        where p.way = 'wechat' and coalesce(l.fen, 0) <> case when p.state = 'paid' then p.amount_fen else 0 end) as wrong,
       (select coalesce(sum(case when debit = 'provider:wechat' then amount_fen else 0 end
          - case when credit = 'provider:wechat' then amount_fen else 0 end), 0)::int from ledger.posting where scope_id = $1) as fen`,
    [bookOf(world).scopeId],
  );
  return [
    ...found('twice', sums!.wrong, 'payments are not booked exactly once'),
    ...(sums!.fen === book.totalFen('wechat')
      ? []
      : found(
          'ledger',
          1,
          `clearing account says ${sums!.fen} fen, the provider ${book.totalFen('wechat')}`,
        )),
  ];
}
