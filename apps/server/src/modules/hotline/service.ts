import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import {
  holdOrder,
  openHeldOrder,
  orderFacts,
  type OrderFacts,
  releaseOrder,
  tellOrder,
} from '../work-orders/index.ts';
import { writeChange } from './changes.ts';
import { type Command, decide, type Decision, holderOf, isLower, refusal, type Relation } from './domain.ts';
import { type FoundUnit, hotlineSettings, ownJoint, relationsTo, unitOf } from './facts.ts';
import { callerOf, findByNumber, lockCase, ordersOf } from './queries.ts';
import type { CommandBody } from './schemas.ts';
import type { Case, CaseWall } from './tables.ts';

/** Commands on a case: each decides by the domain and writes what was decided. */

export function refuse(reason: ReturnType<typeof refusal>, action: string, status: string): Problem {
  return new Problem(reason.code, { action, status, reason: reason.reason });
}

export async function commandCase(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  id: string,
  body: CommandBody,
  now: Date,
): Promise<Case> {
  const before = await lockCase(tx, scopeId, id);
  if (before === null) throw new Problem('not_found');
  if (body.expectedVersion !== before.version)
    throw new Problem('hotline.stale', { version: before.version, status: before.state.status });
  const who = relationsTo(acting, before);
  const links = await ordersOf(tx, scopeId, id);
  const [settings, orders] = await Promise.all([
    hotlineSettings(house, tx, [before.wall.streetId, scopeId], now),
    // Locked for what must stand beside them; a case's orders are few.
    orderFacts(
      tx,
      links.map(({ workOrderId, scopeId: place }) => ({ id: workOrderId, scopeId: place })),
      body.action === 'answer' || body.action === 'reply' || body.action === 'record_callback',
    ),
  ]);
  const ctx = { who, now: now.getTime(), accountId: acting.accountId, settings, orders };
  const { command, to } = await commandOf(house, acting, tx, before, body, ctx, now);
  const decided = decide(before.state, command, ctx);
  if (!decided.ok) throw refuse(decided.error, body.action, before.state.status);
  const after: Case = {
    ...before,
    wall: wallAfter(before, command, decided.value, to),
    placeScopeId:
      command.action === 'pass' ? (command.compoundId ?? before.placeScopeId) : before.placeScopeId,
    version: before.version + 1,
    updatedAt: now,
    state: decided.value.state,
  };
  const isOutside = who.length === 1 && who[0] === 'joint';
  const by = { accountId: acting.accountId, name: acting.displayName, role: acting.role };
  writeChange(tx, before, after, decided.value.events, by, now, isOutside ? acting : null);
  await writeBeside(house, acting, tx, after, command, orders, now);
  return after;
}

/** Who sees it from now on: whom it was given to, and no longer whose objection was upheld. */
function wallAfter({ wall }: Case, command: Command, { state }: Decision, to: FoundUnit | null): CaseWall {
  switch (command.action) {
    case 'pass':
      return {
        ...wall,
        streetId: to?.streetId ?? wall.streetId,
        communityId: to?.communityId ?? wall.communityId,
        companyId: to?.companyId ?? wall.companyId,
        compoundId: to?.compoundId ?? wall.compoundId,
      };
    case 'uphold': {
      const { level } = holderOf(state);
      return {
        ...wall,
        companyId: null,
        compoundId: null,
        communityId: isLower('community', level) ? null : wall.communityId,
        streetId: isLower('street', level) ? null : wall.streetId,
      };
    }
    case 'call_in': {
      const ids =
        to === null ? [] : to.compoundId === null ? [to.unit.unitId] : [to.unit.unitId, to.compoundId];
      return { ...wall, jointIds: [...new Set([...wall.jointIds, ...ids])] };
    }
    default:
      return wall;
  }
}

interface Commanded {
  readonly command: Command;
  readonly to: FoundUnit | null;
}

const unknownUnit = () =>
  new Problem('hotline.unit_unknown', {}, [{ path: '/toScopeId', code: 'unknown', params: {} }]);

/** Below the hand that passes it, in the same city; a community gives it to compounds of its own. */
async function receiverOf(tx: Tx, before: Case, toScopeId: string): Promise<FoundUnit> {
  const to = await unitOf(tx, toScopeId);
  const { scopeId, streetId } = before.wall;
  if (to === null || to.cityId !== scopeId) throw unknownUnit();
  if (streetId !== null && to.streetId !== streetId) throw unknownUnit();
  const holder = holderOf(before.state);
  if (holder.level === 'community' && to.communityId !== holder.unitId) throw unknownUnit();
  return to;
}

async function commandOf(
  house: House,
  acting: Acting,
  tx: Tx,
  before: Case,
  body: CommandBody,
  ctx: { readonly who: readonly Relation[] },
  now: Date,
): Promise<Commanded> {
  const { expectedVersion: _, ...plain } = body;
  switch (plain.action) {
    case 'pass': {
      const to = await receiverOf(tx, before, plain.toScopeId);
      const { note } = plain;
      return {
        command: {
          action: 'pass',
          to: to.unit,
          compoundId: to.compoundId,
          ...(note === undefined ? {} : { note }),
        },
        to,
      };
    }
    case 'call_in': {
      const to = await unitOf(tx, plain.toScopeId);
      if (to === null || to.cityId !== before.wall.scopeId || to.unit.level === 'city') throw unknownUnit();
      return { command: { action: 'call_in', kind: plain.kind, to: to.unit, ask: plain.ask }, to };
    }
    case 'joint_done': {
      const unitId = ownJoint(acting, before)?.unitId ?? '';
      return { command: { action: 'joint_done', unitId, text: plain.text }, to: null };
    }
    case 'open_order': {
      // The order is made only where the case lets it be: asked of the table before, decided with it after.
      const isAllowed = ctx.who.some((one) => one === 'holder' || one === 'street');
      if (!isAllowed) throw refuse(refusal('not_yours'), 'open_order', before.state.status);
      const { compoundId } = before.wall;
      if (compoundId === null) throw refuse(refusal('no_place'), 'open_order', before.state.status);
      if (!['signed', 'handling', 'hanging'].includes(before.state.status))
        throw refuse(refusal('wrong_status'), 'open_order', before.state.status);
      const contact = before.isConfidential ? null : await contactOf(house, tx, before);
      const order = await openHeldOrder(
        house,
        acting,
        tx,
        {
          scopeId: compoundId,
          categoryCode: plain.categoryCode,
          description: plain.description ?? before.description.slice(0, 2_000),
          place: plain.place ?? { type: 'public', spot: before.placeText.slice(0, 100) },
          // Who called the hotline did not ask to be read by neighbours.
          isPublic: false,
          ...(contact === null ? {} : { contact }),
        },
        now,
      );
      return { command: { action: 'open_order', orderId: order.id, number: order.number }, to: null };
    }
    case 'extend':
      return { command: { ...plain, until: Date.parse(plain.until) }, to: null };
    case 'resume':
      return { command: { action: 'resume', until: Date.parse(plain.until) }, to: null };
    case 'hang':
      return {
        command: { action: 'hang', reason: plain.reason, reviewAt: Date.parse(plain.reviewAt) },
        to: null,
      };
    case 'review':
      return {
        command: { action: 'review', note: plain.note, reviewAt: Date.parse(plain.reviewAt) },
        to: null,
      };
    case 'record_callback': {
      const { redoUntil, ...rest } = plain;
      return {
        command: { ...rest, redoUntil: redoUntil == null ? null : Date.parse(redoUntil) },
        to: null,
      };
    }
    case 'link_repeat': {
      const first = await findByNumber(tx, before.wall.scopeId, plain.number);
      if (first === null) throw refuse(refusal('repeat_unknown'), 'link_repeat', before.state.status);
      // One matter has one first case: what repeats a repeat repeats the first.
      const [root] = await tx.query<{ id: string | null }>(
        sql`select c.repeat_of_id as id from hotline.hotline_case c where c.scope_id = ${before.wall.scopeId} and c.case_id = ${first.id}`,
      );
      const firstId = root?.id ?? first.id;
      return {
        command: { action: 'link_repeat', firstId, number: plain.number, isSelf: firstId === before.id },
        to: null,
      };
    }
    default:
      return { command: plain as Command, to: null };
  }
}

async function contactOf(house: House, tx: Tx, { id, wall }: Case) {
  const caller = await callerOf(tx, wall.scopeId, id);
  if (caller === null) return null;
  const { name, phone } = JSON.parse(house.crypto.open(caller.cipher, 'hotline.caller', id)) as {
    name: string | null;
    phone: string | null;
  };
  return phone === null ? null : { name: name ?? '—', phone };
}

/** What a command writes beside the case itself. */
async function writeBeside(
  house: House,
  acting: Acting,
  tx: Tx,
  after: Case,
  command: Command,
  orders: readonly OrderFacts[],
  now: Date,
): Promise<void> {
  const { wall, id, state } = after;
  const walls = sql`${wall.scopeId}, ${wall.streetId}, ${wall.companyId}, ${wall.communityId}, ${wall.compoundId}, ${`{${wall.jointIds.join(',')}}`}`;
  switch (command.action) {
    case 'open_order':
      tx.write(
        sql`insert into hotline.case_order (scope_id, case_id, work_order_id, order_scope_id, number, opened_at, city_id, street_id, company_id, community_id, compound_id, joint_ids)
            values (${wall.scopeId}, ${id}, ${command.orderId}, ${wall.compoundId}, ${command.number}, ${now}, ${walls})`,
      );
      return;
    case 'uphold':
    case 'dismiss':
    case 'reply':
      for (const order of orders) releaseOrder(tx, order);
      return;
    case 'record_callback': {
      const lead = state.hands.find(({ no }) => no === state.leadNo) ?? holderOf(state);
      const round = command.redoUntil == null ? state.round : state.round - 1;
      tx.write(
        sql`insert into hotline.callback (scope_id, case_id, round, unit_id, unit_name, is_valid, invalid_reason, was_contacted, is_solved,
              satisfaction, note, is_excluded, called_at, recorded_by, recorded_name, city_id, street_id, company_id, community_id, compound_id, joint_ids)
            values (${wall.scopeId}, ${id}, ${round}, ${lead.unitId}, ${lead.name}, ${command.isValid}, ${command.invalidReason ?? null},
              ${command.wasContacted ?? null}, ${command.isSolved ?? null}, ${command.satisfaction ?? null}, ${command.note?.trim() || null},
              ${state.exclusion === 'approved'}, ${now}, ${acting.accountId}, ${acting.displayName}, ${walls})`,
      );
      if (!command.isValid || command.isSolved == null) return;
      if (command.redoUntil != null) for (const order of orders) holdOrder(tx, order);
      for (const order of orders)
        await tellOrder(
          house,
          acting,
          tx,
          order,
          {
            isSolved: command.isSolved,
            score: command.satisfaction ?? null,
            wasContacted: command.wasContacted ?? null,
          },
          now,
        );
      return;
    }
    case 'ask_exclusion':
      tx.write(
        sql`insert into hotline.exclusion (scope_id, exclusion_id, case_id, ground, reason, asked_by, asked_name, asked_at, city_id, street_id, company_id, community_id, compound_id, joint_ids)
            values (${wall.scopeId}, ${uuidv7(now.getTime())}, ${id}, ${command.ground}, ${command.reason.trim()}, ${acting.accountId}, ${acting.displayName}, ${now}, ${walls})`,
      );
      return;
    case 'decide_exclusion':
      tx.write(
        sql`update hotline.exclusion set decided_by = ${acting.accountId}, decided_name = ${acting.displayName}, decided_at = ${now},
              is_approved = ${command.isApproved}, decision_reason = ${command.reason.trim()}
            where scope_id = ${wall.scopeId} and case_id = ${id} and decided_at is null`,
      );
      if (command.isApproved)
        tx.write(
          sql`update hotline.callback set is_excluded = true where scope_id = ${wall.scopeId} and case_id = ${id}`,
        );
      return;
    default:
  }
}
