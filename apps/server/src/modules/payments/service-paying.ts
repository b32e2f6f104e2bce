import { t } from '@gongzhi/i18n';
import { type SayTarget, targetLabel, targetName } from '@gongzhi/i18n/payment-target.ts';
import { formatYuan, localDate, maskName, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { wechatOf } from '../../platform/notify/addresses.ts';
import { type Channel, type NextStep, ProviderRefuses, ProviderSilent } from '../../platform/pay/provider.ts';
import { type Acting, mayFor } from '../../platform/sessions/sessions.ts';
import { openLines } from '../billing/index.ts';
import { mayTopUp, type TopUpOffer } from '../metering/index.ts';
import { holdConsent } from '../identity/index.ts';
import { accessScope, findHousehold, type Wall } from '../places/index.ts';
import { isOnline, numberOf, ORDER_LASTS, type OnlineWay, type Way } from './domain.ts';
import { addStep, findPayment, findUnderWay, insertPayment } from './queries.ts';
import { askAbout, learnOutside, providerOf } from './service-asking.ts';
import type { PaymentRow, TargetRow } from './tables.ts';

/** The providers' pages are Chinese. */
const say: SayTarget = (key, params) =>
  (t as unknown as (...said: unknown[]) => string)('zh-CN', key, params);

export const chainOf = (wall: Wall): string[] =>
  [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);

export const isResident = (acting: Acting): boolean => acting.actor.kind === 'resident';

/** The homes a resident asks about; null for who runs the place, whose wall is the scope. */
export const homesOf = (acting: Acting): string[] | null =>
  isResident(acting) ? acting.actor.households.map(({ id }) => id) : null;

/** What a home owes and pays is opened by who lives there and by whom they let pay; not by who only reports for them. */
export function holdPay(acting: Acting): void {
  if (isResident(acting) && !mayFor(acting, 'pay'))
    throw new Problem('consent.not_for_this', { purpose: 'pay' });
}

/** A home one lives in, or pays for as was agreed. */
export async function payableHome(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  householdId: string,
): Promise<{ wall: Wall; label: string }> {
  const wall = await accessScope(tx, acting, scopeId);
  if (isResident(acting)) {
    if (!acting.actor.households.some(({ id }) => id === householdId)) throw new Problem('not_found');
    holdPay(acting);
    await holdConsent(tx, acting);
  }
  const household = await findHousehold(tx, scopeId, householdId);
  if (household === null) throw new Problem('not_found');
  return { wall, label: household.label };
}

export interface AskedTarget {
  readonly kind: 'bill_line' | 'prepay' | 'meter_topup';
  readonly id?: string | undefined;
  readonly amountFen: number;
}

export interface CheckedTargets {
  readonly targets: readonly Omit<TargetRow, 'paymentId'>[];
  readonly amountFen: number;
  readonly description: string;
}

/** What is asked to be paid, held against what is open now: a page that was open since yesterday may show less or more. */
export async function checkTargets(
  house: House,
  tx: Tx,
  wall: Wall,
  householdId: string,
  asked: readonly AskedTarget[],
  now: Date,
): Promise<CheckedTargets> {
  const today = localDate(now.getTime(), wall.timeZone);
  const ids = asked.flatMap(({ kind, id }) => (kind === 'bill_line' && id !== undefined ? [id] : []));
  if (new Set(ids).size !== ids.length) throw invalid('twice', '/targets');
  const lines = new Map(
    (ids.length === 0 ? [] : await openLines(tx, wall.scopeId, householdId, today, ids)).map((line) => [
      line.lineId,
      line,
    ]),
  );
  const most = await house.settings.get(tx, chainOf(wall), 'payments.most_prepaid_fen', now);
  const meters = await meterOffers(tx, wall, householdId, asked);
  const targets = asked.map((target, position) => {
    const common = { position, amountFen: target.amountFen, settledFen: 0, balanceFen: 0, refundedFen: 0 };
    if (target.kind === 'prepay') {
      if (target.amountFen > most)
        throw invalid('too_much', `/targets/${position}/amountFen`, { limit: most });
      return { ...common, kind: 'prepay' as const, targetId: null, label: '' };
    }
    const meter = meters.get(position);
    if (meter !== undefined)
      return { ...common, kind: 'meter_topup' as const, targetId: target.id!, label: meter.serial };
    const line = target.id === undefined ? undefined : lines.get(target.id);
    if (line === undefined) throw stale(position, '', 0);
    if (line.companyId !== wall.companyId) throw new Problem('payments.other_company');
    if (target.amountFen > line.dueFen) throw stale(position, line.name, line.dueFen);
    return { ...common, kind: 'bill_line' as const, targetId: line.lineId, label: targetLabel(line) };
  });
  const amountFen = targets.reduce((sum, target) => sum + target.amountFen, 0);
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0) throw invalid('nothing_chosen', '/targets');
  // On the payer's screen at the provider: what, and nobody's name or address.
  const names = [
    ...new Set(
      targets.flatMap((target) =>
        target.kind === 'bill_line' && target.label !== '' ? [targetName(say, target)] : [],
      ),
    ),
  ];
  return { targets, amountFen, description: names.slice(0, 3).join(' ').slice(0, 60) };
}

/** By position. The meter is this home's, and holds what is bought: a household does not learn of another's meter here. */
async function meterOffers(
  tx: Tx,
  wall: Wall,
  householdId: string,
  asked: readonly AskedTarget[],
): Promise<Map<number, TopUpOffer>> {
  const offers = new Map<number, TopUpOffer>();
  const seen = new Map<string, number>();
  for (const [position, { kind, id, amountFen }] of asked.entries()) {
    if (kind !== 'meter_topup') continue;
    const path = `/targets/${position}`;
    if (id === undefined) throw invalid('meter', `${path}/id`);
    if (seen.has(id)) throw invalid('twice', '/targets');
    seen.set(id, position);
    const may = await mayTopUp(tx, wall.scopeId, id);
    if (!may.ok || may.offer.householdId !== householdId) throw invalid('meter', `${path}/id`);
    if (may.offer.companyId !== wall.companyId) throw new Problem('payments.other_company');
    const { mostFen } = may.offer;
    if (mostFen !== null && amountFen > mostFen)
      throw new Problem('payments.meter_full', { most: formatYuan(BigInt(mostFen)) }, [
        { path: `${path}/amountFen`, code: 'too_much', params: { limit: mostFen } },
      ]);
    offers.set(position, may.offer);
  }
  return offers;
}

const invalid = (reason: string, path: string, params: Readonly<Record<string, unknown>> = {}): Problem =>
  new Problem('payments.invalid', { reason, ...params }, [{ path, code: reason, params }]);

const stale = (position: number, label: string, dueFen: number): Problem =>
  new Problem('payments.amount_stale', { label, dueFen }, [
    { path: `/targets/${position}/amountFen`, code: 'amount_stale', params: { dueFen } },
  ]);

export interface NewPayment {
  readonly scopeId: string;
  readonly householdId: string;
  readonly way: OnlineWay;
  readonly targets: readonly AskedTarget[];
}

/** Written down before the provider hears of it: whatever it says is about something that is here. */
export async function createPayment(
  house: House,
  tx: Tx,
  acting: Acting,
  body: NewPayment,
  now: Date,
): Promise<PaymentRow> {
  const { wall, label } = await payableHome(tx, acting, body.scopeId, body.householdId);
  const provider = house.payments.of(body.way, wall.companyId);
  if (provider === null) throw new Problem('payments.no_provider', { way: body.way });
  const checked = await checkTargets(house, tx, wall, body.householdId, body.targets, now);
  // Of a meter two may buy at once: what does not fit becomes the home's balance.
  const ids = checked.targets.flatMap(({ kind, targetId }) =>
    kind === 'bill_line' && targetId !== null ? [targetId] : [],
  );
  const underWay = ids.length === 0 ? null : await findUnderWay(tx, wall.scopeId, body.householdId, ids, now);
  if (underWay !== null) throw new Problem('payments.under_way', { paymentId: underWay.id });
  const row = newRow(
    wall,
    { householdId: body.householdId, householdLabel: label, acting, way: body.way, checked },
    now,
  );
  const payment: PaymentRow = {
    ...row,
    merchantId: provider.merchantId,
    expiresAt: new Date(now.getTime() + ORDER_LASTS),
    nextQueryAt: new Date(now.getTime() + 15_000),
  };
  insertPayment(
    tx,
    payment,
    checked.targets.map((target) => ({ ...target, paymentId: payment.id })),
  );
  addStep(
    tx,
    payment,
    {
      paymentId: payment.id,
      householdId: body.householdId,
      state: 'created',
      source: 'payer',
      byName: payment.accountName,
    },
    now,
  );
  return payment;
}

export function newRow(
  wall: Wall,
  given: {
    readonly householdId: string | null;
    readonly partyId?: string;
    readonly householdLabel: string;
    readonly acting: Acting | null;
    readonly way: Way;
    readonly checked: Pick<CheckedTargets, 'amountFen' | 'description'>;
  },
  now: Date,
): PaymentRow {
  const { acting, checked } = given;
  return {
    scopeId: wall.scopeId,
    cityId: wall.cityId,
    streetId: wall.streetId,
    companyId: wall.companyId,
    id: uuidv7(now.getTime()),
    householdId: given.householdId,
    partyId: given.partyId ?? null,
    householdLabel: given.householdLabel,
    accountId: acting?.accountId ?? null,
    accountName:
      acting === null ? '' : isResident(acting) ? maskName(acting.displayName) : acting.displayName,
    way: given.way,
    channel: null,
    merchantId: null,
    amountFen: checked.amountFen,
    description: checked.description,
    state: 'created',
    transactionId: null,
    createdAt: now,
    expiresAt: null,
    paidAt: null,
    bookedOn: null,
    nextQueryAt: null,
    queries: 0,
    toldFen: null,
    toldCurrency: null,
    refundedFen: 0,
    tillSessionId: null,
    bankAccount: null,
    version: 1,
  };
}

/** Of one's own, or of a home that is one's own; else it is not there. */
export async function ownPayment(
  house: House,
  acting: Acting,
  scopeId: string,
  id: string,
): Promise<PaymentRow> {
  holdPay(acting);
  const payment = await house.db.read(acting.actor, async (q) => {
    await accessScope(q, acting, scopeId);
    return findPayment(q, scopeId, id);
  });
  if (payment === null) throw new Problem('not_found');
  return payment;
}

/**
 * Who pays inside WeChat: as the account has bound it, to the official account that the merchant is bound to. What a page
 * says of itself is not asked.
 */
export async function openIdOf(house: House, acting: Acting, payment: PaymentRow): Promise<string> {
  const provider = providerOf(house, payment);
  if (provider === null) throw new Problem('payments.no_provider', { way: payment.way });
  // Whoever binds WeChat is known to the official account: to a merchant of another one they are nobody.
  if (payment.way !== 'wechat' || provider.appId !== house.config.wechat?.appId)
    throw new Problem('payments.not_in_wechat', { way: payment.way });
  const openId = await house.db.read(acting.actor, (q) => wechatOf(house, q, acting.accountId));
  if (openId === null) throw new Problem('payments.no_wechat');
  return openId;
}

export interface OrderAsked {
  readonly channel: Channel;
  readonly openId: string | null;
  /** Where this server is reached from outside. */
  readonly origin: string;
  readonly clientIp: string;
}

/**
 * Orders it at the provider; asked again it is the same order, so that a phone that lost the answer simply asks again.
 */
export async function orderPayment(
  house: House,
  payment: PaymentRow,
  asked: OrderAsked,
): Promise<{ payment: PaymentRow; next: NextStep | null }> {
  const now = house.clock.now();
  const isOver = payment.expiresAt === null || payment.expiresAt <= now;
  if ((payment.state !== 'created' && payment.state !== 'pending') || isOver)
    throw new Problem('payments.over', {
      state: isOver && payment.state !== 'paid' ? 'closed' : payment.state,
    });
  const provider = providerOf(house, payment);
  if (provider === null) throw new Problem('payments.no_provider', { way: payment.way });
  try {
    const next = await provider.order({
      tradeNo: numberOf(payment.id),
      amountFen: payment.amountFen,
      description: payment.description === '' ? 'Gongzhi' : payment.description,
      attach: payment.scopeId,
      expiresAt: payment.expiresAt!,
      channel: asked.channel,
      notifyUrl: noticeUrl(asked.origin, payment),
      returnUrl: `${asked.origin}/m/pay/${payment.scopeId}/${payment.id}`,
      clientIp: asked.clientIp,
      openId: asked.openId,
    });
    const changed = await learnOutside(
      house,
      payment.scopeId,
      payment.id,
      { kind: 'ordered' },
      null,
      'order',
    );
    return { payment: changed ?? payment, next };
  } catch (error) {
    if (error instanceof ProviderSilent) throw new Problem('payments.provider_silent');
    if (!(error instanceof ProviderRefuses)) throw error;
    // Perhaps it has been paid, or closed, since; else the provider has its reasons, and the order is of no use.
    const known = await checkNow(house, payment, null);
    if (known.state !== payment.state) return { payment: known, next: null };
    throw new Problem('payments.provider_refuses', { code: error.code });
  }
}

export function noticeUrl(origin: string, { way, merchantId, scopeId }: PaymentRow): string {
  return `${origin}/api/v1/payments/notices/${way}/${merchantId}/${scopeId}`;
}

/** Asks the provider now, for a person who waits. */
export async function checkNow(
  house: House,
  payment: PaymentRow,
  byName: string | null,
): Promise<PaymentRow> {
  if (!isOnline(payment.way)) return payment;
  try {
    return (await askAbout(house, payment.scopeId, payment.id, 'query', { byName })) ?? payment;
  } catch (error) {
    if (error instanceof ProviderSilent || error instanceof ProviderRefuses)
      throw new Problem('payments.provider_silent');
    throw error;
  }
}

/** The payer thought better of it. Whoever was quicker and paid is told so: it is paid then. */
export async function cancelPayment(house: House, payment: PaymentRow, byName: string): Promise<PaymentRow> {
  if (payment.state !== 'created' && payment.state !== 'pending')
    throw new Problem('payments.over', { state: payment.state });
  try {
    return (await askAbout(house, payment.scopeId, payment.id, 'payer', { close: true, byName })) ?? payment;
  } catch (error) {
    if (error instanceof ProviderSilent || error instanceof ProviderRefuses)
      throw new Problem('payments.provider_silent');
    throw error;
  }
}
