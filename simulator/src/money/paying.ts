import type { Behaviour, ProviderName } from '../providers/book.ts';
import type { Random } from '../random.ts';
import type { Answer, Json, MoneyHouse } from './house.ts';
import { add, count, type Notebook } from './notebook.ts';
import type { Member, SimulatedHome } from './world.ts';

const MINUTE = 60_000;

export interface Acting {
  readonly house: MoneyHouse;
  readonly random: Random;
  readonly notebook: Notebook;
}

type Target =
  | { readonly kind: 'bill_line'; readonly id: string; readonly amountFen: number }
  | {
      readonly kind: 'prepay';
      readonly amountFen: number;
    };

export const scopeOf = ({ house }: Acting): string => `scopeId=${house.place.compound}`;

/** One line, all of them, a part of one, money ahead, or a line and money ahead. */
export async function draw(acting: Acting, home: SimulatedHome, who: Member): Promise<Target[]> {
  const { house, random } = acting;
  const offer = await house.does(who, 'GET', `/payments/offer?${scopeOf(acting)}&householdId=${home.id}`);
  const lines = (offer.lines as Json[]).map(
    (line): Target => ({ kind: 'bill_line', id: line.lineId, amountFen: line.dueFen }),
  );
  const ahead: Target = { kind: 'prepay', amountFen: random.int(1, 30_000) };
  if (lines.length === 0) return [ahead];
  const one = random.pick(lines);
  return random.weighted<Target[]>([
    [lines, 4],
    [[one], 3],
    [[{ ...one, amountFen: random.int(1, one.amountFen) }], 1],
    [[ahead], 1],
    [[one, ahead], 1],
  ]);
}

const notices: readonly (readonly [Behaviour['notices'], number])[] = [
  ['once', 40],
  ['twice', 14],
  ['late', 20],
  ['never', 10],
  ['bad_signature', 6],
  ['other_amount', 6],
  ['other_currency', 4],
];

/** Written down and ordered; null where it was refused, or the provider was not there. */
export async function order(
  acting: Acting,
  home: SimulatedHome,
  who: Member,
  targets: readonly Target[],
  way: ProviderName,
): Promise<{ id: string; amountFen: number } | null> {
  const { house, random, notebook } = acting;
  const body = { scopeId: house.place.compound, householdId: home.id, way, targets };
  const created = await house.ask(who, 'POST', '/payments', body);
  if (created.status !== 201) return refused(notebook, created);
  const { id, amountFen } = created.body;
  notebook.homeOf.set(id.replaceAll('-', ''), home.id);
  count(notebook, `orders ${way}`);
  house.providers.behave({
    orders: random.weighted<Behaviour['orders']>([
      ['answered', 80],
      ['silent', 10],
      ['paid_first', 10],
    ]),
    notices: random.weighted(notices),
    isDown: random.chance(0.04),
  });
  const path = `/payments/${id}/order?${scopeOf(acting)}`;
  const channel = random.chance(0.7) ? 'h5' : 'native';
  let ordered = await house.ask(who, 'POST', path, { channel });
  if (ordered.body.code === 'payments.provider_silent') {
    count(notebook, 'provider silent');
    house.providers.behave({ notices: random.weighted(notices) });
    ordered = await house.ask(who, 'POST', path, { channel });
  }
  // The signed order of Alipay travels with the payer's own browser.
  if (way === 'alipay' && ordered.body.next?.kind === 'redirect')
    await fetch(ordered.body.next.url, { redirect: 'manual' }).catch(() => null);
  return { id, amountFen };
}

function refused({ counts }: Notebook, { body }: Answer): null {
  const what = `refused: ${body.code}`;
  counts.set(what, (counts.get(what) ?? 0) + 1);
  return null;
}

/** The payer agrees on the provider's page, soon or almost too late, while others ask about it, or never. */
export async function payAtProvider(
  acting: Acting,
  who: Member,
  { id, amountFen }: { readonly id: string; readonly amountFen: number },
): Promise<void> {
  const { house, random, notebook } = acting;
  const { providers, clock } = house;
  if (random.chance(0.1)) return count(notebook, 'never paid');
  clock.advance(random.int(1, random.chance(0.2) ? 32 : 2) * MINUTE);
  const tradeNo = id.replaceAll('-', '');
  const trade = providers.book.find(tradeNo);
  const how = random.weighted(notices);
  providers.behave({ notices: how });
  // The provider itself has another sum, and stands by it.
  if (trade?.state === 'open' && random.chance(0.02)) {
    Object.assign(trade, { amountFen: amountFen + random.int(1, 500) });
    count(notebook, 'provider stands by another amount');
  }
  const ask = (what: 'check' | 'cancel') =>
    house.ask(who, 'POST', `/payments/${id}/${what}?${scopeOf(acting)}`);
  const others: (() => Promise<unknown>)[] = [];
  if (random.chance(0.2)) others.push(() => ask('check'));
  if (random.chance(0.08)) others.push(() => ask('cancel'));
  if (random.chance(0.2)) others.push(() => house.due());
  const [isPaid] = await Promise.all([providers.pay(tradeNo), ...others.map((other) => other())]);
  count(notebook, isPaid ? `paid, told ${how.replaceAll('_', ' ')}` : 'too late at the provider');
}

/** Cash or card at the desk, also while the same bill is being paid on a phone. */
export async function payAtDesk(
  acting: Acting,
  sessionId: string | null,
  home: SimulatedHome,
  targets: readonly Target[],
): Promise<void> {
  const { house, random, notebook } = acting;
  if (sessionId === null) return;
  const way = random.chance(0.75) ? 'cash' : 'card';
  const taken = await house.ask(house.place.desk, 'POST', '/payments/desk', {
    scopeId: house.place.compound,
    householdId: home.id,
    way,
    sessionId,
    targets,
    ...(way === 'card' ? { slipNo: String(random.int(1, 999_999)).padStart(6, '0') } : {}),
  });
  if (taken.status !== 201) return void refused(notebook, taken);
  count(notebook, `paid by ${way}`);
  add(notebook.handFen, home.id, taken.body.amountFen);
  if (way === 'cash') notebook.tillFen += taken.body.amountFen;
}

/** Both see the same bill: one is told that it is being paid, or both pay and the second has a balance. */
export async function payTwice(acting: Acting, home: SimulatedHome, sessionId: string | null): Promise<void> {
  const { random, notebook } = acting;
  const [one, other] = home.people;
  const targets = await draw(acting, home, one);
  count(notebook, 'two at one bill');
  if (sessionId !== null && random.chance(0.5)) {
    const ordered = await order(acting, home, one, targets, random.chance(0.5) ? 'wechat' : 'alipay');
    await payAtDesk(acting, sessionId, home, targets);
    if (ordered !== null) await payAtProvider(acting, one, ordered);
    return;
  }
  const made = await Promise.all([
    order(acting, home, one, targets, 'wechat'),
    order(acting, home, other, targets, 'alipay'),
  ]);
  for (const [i, ordered] of made.entries())
    if (ordered !== null) await payAtProvider(acting, home.people[i]!, ordered);
}

/** Asked for by the desk, decided by the manager: of a part or of all of it. */
export async function refund(acting: Acting, sessionId: string | null): Promise<void> {
  const { house, random, notebook } = acting;
  const { desk, manager } = house.place;
  const home = random.pick(house.place.homes);
  const { items } = await house.does(
    desk,
    'GET',
    `/payments?${scopeOf(acting)}&householdId=${home.id}&state=paid&limit=10`,
  );
  const choices = (items as Json[]).filter(({ way }) => way !== 'balance');
  if (choices.length === 0) return;
  const payment = random.pick(choices);
  const parts = (payment.targets as Json[])
    .map(({ position, settledFen, balanceFen, refundedFen }) => ({
      position,
      amountFen: settledFen + balanceFen - refundedFen,
    }))
    .filter(({ amountFen }) => amountFen > 0)
    .map((part) => (random.chance(0.5) ? part : { ...part, amountFen: random.int(1, part.amountFen) }));
  if (parts.length === 0) return;
  const asked = await house.ask(desk, 'POST', `/payments/refunds?${scopeOf(acting)}`, {
    paymentId: payment.id,
    parts: random.chance(0.6) ? parts : parts.slice(0, 1),
    reason: 'wrong_amount',
  });
  if (asked.status !== 201) return void refused(notebook, asked);
  house.providers.behave({
    refunds: random.weighted<Behaviour['refunds']>([
      ['at_once', 60],
      ['later', 25],
      ['fail', 15],
    ]),
    isDown: random.chance(0.1),
  });
  const decide = (action: 'approve' | 'decline') =>
    house.ask(manager, 'POST', `/payments/refunds/${asked.body.id}/commands?${scopeOf(acting)}`, {
      action,
      expectedVersion: asked.body.version,
    });
  const decided = await decide(random.chance(0.1) ? 'decline' : 'approve');
  // The balance it was to come out of has been used meanwhile.
  if (decided.status !== 200) {
    refused(notebook, decided);
    await decide('decline');
    return;
  }
  count(notebook, `refunds ${decided.body.state === 'declined' ? 'declined' : payment.way}`);
  if (decided.body.state === 'declined') return;
  if (payment.way === 'wechat' || payment.way === 'alipay') return house.due();
  const session = payment.way === 'cash' ? sessionId : null;
  if (payment.way === 'cash' && session === null)
    return void notebook.toHandOut.push({ refund: asked.body, homeId: home.id });
  await handOut(acting, asked.body, session, home.id);
}

export async function handOut(
  acting: Acting,
  asked: Json,
  sessionId: string | null,
  home: string,
): Promise<void> {
  const { house, notebook } = acting;
  await house.does(
    house.place.desk,
    'POST',
    `/payments/refunds/${asked.id}/hand-out?${scopeOf(acting)}`,
    sessionId === null ? {} : { sessionId },
  );
  add(notebook.handFen, home, -asked.amountFen);
  if (asked.way === 'cash') notebook.tillFen -= asked.amountFen;
}
