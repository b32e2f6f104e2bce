import { randomInt } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { findBuilding, findFacility, wallOf } from '../places/index.ts';
import { type ActorOfChange, writeChange } from './changes.ts';
import { type Command, type Context, decide, numberOf, type Relation, submitOrder } from './domain.ts';
import { categoryAt, settingsOf, workingOf } from './facts.ts';
import { stepsOf } from './queries.ts';
import { isNumberTaken, lockAny } from './queries-any.ts';
import { actorOf, nextOrder } from './service.ts';
import type { Order } from './tables.ts';

/**
 * What a device or a patrol reports: an order that nobody stands behind. It has no reporter to call or to ask, so it is of the kind
 * that staff find on their rounds, whatever its category; everything else is an order like any other.
 */
export interface SensedReport {
  readonly scopeId: string;
  readonly categoryCode: string;
  readonly description: string;
  readonly buildingId: string | null;
  readonly facilityId: string | null;
  readonly spot: string;
  /** A device's alarm, or what somebody on patrol has seen. */
  readonly source?: 'sensor' | 'patrol';
  /** Neighbours may see it: a lift that stands still is no secret, a device that fell silent is nobody's business. */
  readonly isPublic: boolean;
  /** In somebody's home, with what it is called: seen by its people and who works there, and never public. */
  readonly home?: { readonly householdId: string; readonly label: string };
}

const system = { accountId: null, name: null, role: 'system' };

/** Null where no such order can be: the category is not offered there, or not for a public place. */
export async function openSensed(
  house: House,
  tx: Tx,
  report: SensedReport,
  now: Date,
): Promise<{ readonly id: string; readonly number: string; readonly wall: Order['wall'] } | null> {
  const { scopeId } = report;
  const wall = await wallOf(tx, scopeId);
  if (wall === null) return null;
  const [found, working, settings, building, facility] = await Promise.all([
    categoryAt(tx, report.categoryCode, wall, now.getTime()),
    workingOf(tx, wall),
    settingsOf(house, tx, wall, now, report.categoryCode),
    report.buildingId === null ? null : findBuilding(tx, scopeId, report.buildingId),
    report.facilityId === null ? null : findFacility(tx, scopeId, report.facilityId),
  ]);
  if (found?.isActive !== true || (found.cityId !== null && found.cityId !== wall.cityId)) return null;
  const category = { ...found, kind: 'found_by_staff' as const };
  const submitted = submitOrder(
    {
      category,
      place: report.home === undefined ? 'public' : 'home',
      isPublic: report.home === undefined && report.isPublic && !category.isConfidential,
      neededBy: null,
    },
    { who: ['system'], now: now.getTime(), accountId: null, settings, working, timeZone: wall.timeZone },
  );
  if (!submitted.ok) return null;
  const id = uuidv7(now.getTime());
  let number = numberOf(now.getTime(), randomInt(2 ** 32), wall.timeZone);
  while (await isNumberTaken(tx, scopeId, number))
    number = numberOf(now.getTime(), randomInt(2 ** 32), wall.timeZone);
  const decision = submitted.value;
  const order: Order = {
    id,
    wall: {
      scopeId,
      cityId: wall.cityId,
      streetId: wall.streetId,
      companyId: wall.companyId,
      householdId: report.home?.householdId ?? null,
      reporterAccountId: null,
      isPublic: decision.order.isPublic,
    },
    number,
    description: report.description,
    placeLabel: [report.home?.label ?? facility?.label ?? building?.name, report.spot]
      .filter(Boolean)
      .join(' '),
    buildingId: building?.id ?? facility?.buildingId ?? null,
    facilityId: facility?.id ?? null,
    contactCipher: null,
    contactMasked: null,
    onBehalfOf: null,
    assigneeName: null,
    assigneeTitle: null,
    hasSeveral: false,
    accusedName: null,
    aboutOrderId: null,
    source: report.source ?? 'sensor',
    version: 1,
    updatedAt: now,
    state: decision.order,
  };
  writeChange(tx, { before: null, after: order, decision, steps: [], by: system, now });
  return { id, number, wall: order.wall };
}

/**
 * The trouble is over by itself. Withdrawn when nobody has set out and nobody has said anything of it; who is on the way
 * or at work looks and says what was done, and so does whoever has people's words to answer. `true` when the order has
 * come to its end by this or before.
 */
export async function withdrawSensed(
  house: House,
  tx: Tx,
  scopeId: string,
  workOrderId: string,
  reason: string,
  now: Date,
): Promise<boolean> {
  const before = await lockAny(tx, scopeId, workOrderId);
  if (before === null || before.state.status === 'closed' || before.state.status === 'cancelled') return true;
  if (await isOfPeople(tx, scopeId, workOrderId)) return false;
  return carryOut(house, tx, before, { action: 'cancel', reason }, 'system', system, now);
}

/** What a device says ends no matter that people have told too: a report in it, their words on it, their asking again. */
async function isOfPeople(tx: Tx, scopeId: string, workOrderId: string): Promise<boolean> {
  const [row] = await tx.query<{ isOfPeople: boolean }>(
    sql`select exists (select from work_orders.work_order o where o.scope_id = ${scopeId} and o.duplicate_of_id = ${workOrderId})
          or exists (select from work_orders.event e where e.scope_id = ${scopeId} and e.work_order_id = ${workOrderId}
            and e.kind in ('work_order.commented', 'work_order.urged') and e.actor_role <> 'system') as "isOfPeople"`,
  );
  return row?.isOfPeople === true;
}

const OVER = ['finished', 'confirmed', 'closed', 'cancelled'];

/**
 * What somebody on patrol saw of a trouble that has its order already, said on that order: for staff, and from then on
 * it is people's to end. False when people are done with it: what is seen now is a matter of its own.
 */
export async function addSeen(
  house: House,
  acting: Acting,
  tx: Tx,
  order: { readonly scopeId: string; readonly id: string },
  text: string,
  now: Date,
): Promise<boolean> {
  const before = await lockAny(tx, order.scopeId, order.id);
  if (before === null || OVER.includes(before.state.status)) return false;
  // Whoever walks says it, though the order be nobody's or another's.
  return carryOut(
    house,
    tx,
    before,
    { action: 'comment', text, isInternal: true },
    'desk',
    actorOf(acting),
    now,
  );
}

async function carryOut(
  house: House,
  tx: Tx,
  before: Order,
  command: Command,
  as: Relation,
  by: ActorOfChange,
  now: Date,
): Promise<boolean> {
  const { scopeId } = before.wall;
  const [category, settings, working, steps, wall] = await Promise.all([
    categoryAt(tx, before.state.categoryCode, before.wall, before.state.clockStartAt),
    settingsOf(house, tx, before.wall, now, before.state.categoryCode),
    workingOf(tx, before.wall),
    stepsOf(tx, scopeId, before.id),
    wallOf(tx, scopeId),
  ]);
  if (category === null) return false;
  const ctx: Context = {
    who: [as],
    now: now.getTime(),
    accountId: by.accountId,
    category,
    settings,
    working,
    ...(wall === null ? {} : { timeZone: wall.timeZone }),
  };
  const decided = decide(before.state, command, ctx);
  if (!decided.ok) return false;
  const after = nextOrder(before, decided.value, null, now);
  writeChange(tx, { before, after, decision: decided.value, steps, by, now });
  return true;
}
