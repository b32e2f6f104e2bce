import type { MoneyHouse } from './house.ts';
import type { Notebook } from './notebook.ts';

/** What has to come to nothing once everything is told. Each line is how many, or how many fen, are wrong: 0 everywhere. */
export interface Proof {
  readonly postings: number;
  readonly blocks: number;
  readonly inFen: Readonly<Record<'wechat' | 'alipay', number>>;
  readonly faults: Readonly<Record<string, number>>;
}

export const isWhole = ({ faults }: Proof): boolean => Object.values(faults).every((wrong) => wrong === 0);

/** Somebody's account in the ledger, from its postings alone. */
const heldBy = (account: string): string =>
  `select o.owner, sum(o.fen) as fen from (
     select debit_of as owner, amount_fen as fen from ledger.posting where debit = '${account}'
     union all select credit_of, -amount_fen from ledger.posting where credit = '${account}') o group by o.owner`;

/** An account of the book's, from its postings alone. */
const held = (account: string): string =>
  `select coalesce(sum(case when debit = '${account}' then amount_fen else 0 end - case when credit = '${account}' then amount_fen else 0 end), 0)
   from ledger.posting`;

const wrongHomes = `
  with receivable as (${heldBy('household:receivable')}), prepaid as (${heldBy('household:prepaid')})
  select h.household_id as home, coalesce(r.fen, 0) + coalesce(p.fen, 0) as fen
  from places.household h left join receivable r on r.owner = h.household_id left join prepaid p on p.owner = h.household_id`;

const statements: Readonly<Record<string, string>> = {
  'lines that are settled for more or less than their settlements': `
    select count(*) from billing.bill_line l
    left join (select line_id, sum(amount_fen) as fen from billing.settlement group by line_id) s on s.line_id = l.line_id
    where l.voided_at is null and (l.settled_fen <> coalesce(s.fen, 0) or l.settled_fen < 0 or l.settled_fen > l.amount_fen)`,
  'homes whose receivable is not what is open on their lines': `
    select count(*) from places.household h
    left join (${heldBy('household:receivable')}) r on r.owner = h.household_id
    left join (select household_id, sum(amount_fen - settled_fen) as fen from billing.bill_line where voided_at is null group by household_id) l
      on l.household_id = h.household_id
    where coalesce(r.fen, 0) <> coalesce(l.fen, 0)`,
  'homes with a balance below nothing': `select count(*) from (${heldBy('household:prepaid')}) p where p.fen > 0`,
  'payments that are not counted exactly once': `
    select count(*) from payments.payment p
    left join (select source_id, sum(amount_fen) as fen from ledger.posting where source_kind = 'payments.payment' group by source_id) l
      on l.source_id = p.payment_id
    where p.way <> 'balance' and coalesce(l.fen, 0) <> case when p.state = 'paid' then p.amount_fen else 0 end`,
  'payments whose parts are not the whole': `
    select count(*) from payments.payment p
    join (select payment_id, sum(settled_fen + balance_fen) as fen, sum(refunded_fen) as refunded from payments.target group by payment_id) t
      on t.payment_id = p.payment_id
    where p.refunded_fen <> t.refunded or t.fen <> case when p.state = 'paid' then p.amount_fen else 0 end`,
  'payments and refunds that still wait': `
    select (select count(*) from payments.payment where state not in ('paid', 'closed', 'failed'))
      + (select count(*) from payments.refund where state in ('asked', 'sending', 'processing'))`,
  'fen of refunds under way': held('refund:pending'),
  'fen in the clearing account of WeChat Pay': held('provider:wechat'),
  'fen in the clearing account of Alipay': held('provider:alipay'),
};

export async function prove(house: MoneyHouse, notebook: Notebook): Promise<Proof> {
  const { place, providers } = house;
  const { book } = providers;
  const faults: Record<string, number> = {};
  const one = async (text: string): Promise<number> => {
    const { rows } = await house.admin.query<Record<string, unknown>>(text);
    return Number(Object.values(rows[0]!)[0]);
  };
  // Sealed whole: what lies below the oldest transaction of the whole cluster, so it is asked for until it is done.
  for (let tries = 0; tries < 200; tries++) {
    house.clock.advance(20_000);
    await house.worksOff();
    const unsealed = await one(
      'select count(*) from ledger.book b join ledger.posting p on p.scope_id = b.scope_id and p.book_id = b.book_id and p.xid >= b.sealed_to',
    );
    if (unsealed === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const scope = { scopeId: place.compound };
  const balance = await house.does(place.manager, 'GET', `/ledger/trial-balance?scopeId=${place.compound}`);
  faults['fen by which the trial balance differs'] = balance.differenceFen;
  const found = await house.does(place.manager, 'POST', '/ledger/verifications', scope);
  faults['blocks of the chain that are broken'] = found.brokenBlock === null ? 0 : 1;
  faults['sums by account and day that are wrong'] = found.areDaysRight ? 0 : 1;
  faults['balances that are not the sum of their postings'] = found.areBalancesRight ? 0 : 1;
  for (const [what, text] of Object.entries(statements)) faults[what] = await one(text);

  // The providers' own books and what people remember, home by home, against the ledger.
  const given = new Map<string, number>();
  const remember = (home: string | undefined, fen: number): void => {
    if (home !== undefined) given.set(home, (given.get(home) ?? 0) + fen);
  };
  for (const trade of book.trades.values())
    if (trade.state === 'paid') remember(notebook.homeOf.get(trade.tradeNo), trade.amountFen);
  for (const refund of book.refunds.values())
    if (refund.state === 'done') remember(notebook.homeOf.get(refund.trade.tradeNo), -refund.amountFen);
  const homes = await house.admin.query<{ home: string; fen: string }>(wrongHomes);
  let wrong = 0;
  for (const { home, fen } of homes.rows) {
    const owes =
      (notebook.billedFen.get(home) ?? 0) - (given.get(home) ?? 0) - (notebook.handFen.get(home) ?? 0);
    if (Number(fen) !== owes) wrong++;
  }
  faults['homes that owe something else than what people remember'] = wrong;
  for (const way of ['wechat', 'alipay'] as const) {
    const ours = await one(
      `select (select coalesce(sum(amount_fen), 0) from payments.payment where way = '${way}' and state = 'paid')
         - (select coalesce(sum(amount_fen), 0) from payments.refund where way = '${way}' and state = 'done')`,
    );
    faults[`fen by which ${way} has another total`] = ours - book.totalFen(way);
  }
  faults['fen in the till that nobody counted'] = (await one(held('cash:a'))) - notebook.tillFen;
  faults['numbers of a provider that nobody ordered'] = [...book.trades.keys()].filter(
    (tradeNo) => !notebook.homeOf.has(tradeNo),
  ).length;
  return {
    postings: found.postings,
    blocks: found.blocks,
    inFen: { wechat: book.totalFen('wechat'), alipay: book.totalFen('alipay') },
    faults,
  };
}
