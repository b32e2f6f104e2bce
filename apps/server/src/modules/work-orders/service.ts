import { CHINA, localDate, maskName } from '@gongzhi/kernel';
import { suggestCategories } from '@gongzhi/kernel/suggest.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { holdConsent } from '../identity/index.ts';
import { findStaffByAccount, type Wall as Place, wallOf } from '../places/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { linkMoved, moveCommandOf } from './service-moves.ts';
import { tradeWordsIn } from './catalogue/lexicon.ts';
import { type ActorOfChange, type HandlerName, writeChange } from './changes.ts';
import {
  type AssigneeFacts,
  type Command,
  type Context,
  decide,
  type Decision,
  lotOf,
  type Refusal,
  type Relation,
  type Window,
  type Standing,
} from './domain.ts';
import {
  type Category,
  catalogueAt,
  categoryAt,
  isStaffsOwn,
  relationsTo,
  settingsOf,
  standingOf,
  workingOf,
} from './facts.ts';
import { type Around, aroundOf, findOrder, lockOrder, type PhotoRow } from './queries.ts';
import { photoIdsOf } from './queries-family.ts';
import { learntWords, writeCorrection } from './queries-learning.ts';
import type { CommandBody } from './schemas.ts';
import { writeCall } from './service-callbacks.ts';
import { type OtherOrder, otherOrder, type PartInput, writeFamily } from './service-family.ts';
import { attachPhotos, photosWith, voiceWith } from './service-photos.ts';
import type { Order } from './tables.ts';

/** Commands on an order: each decides by the domain and writes what was decided. Reading is queries.ts. */

export interface Done {
  readonly order: Order;
  /** As it is now, known without reading it back. */
  readonly around: Around;
  readonly category: Category;
  readonly who: readonly Relation[];
  readonly settings: Context['settings'];
  readonly standing: Standing;
}

/** The name the other parties of an order read: a worker's display name, a resident's masked one. */
export function actorOf(acting: Acting): ActorOfChange {
  const name = acting.role === 'resident' ? maskName(acting.displayName) : acting.displayName;
  return {
    accountId: acting.accountId,
    name,
    role: acting.origin ?? acting.role,
    onBehalf:
      acting.onBehalf === null ? null : { name: acting.onBehalf.name, consentId: acting.onBehalf.consentId },
  };
}

export function refuse(refusal: Refusal, action: string, status: string): Problem {
  return new Problem(refusal.code, { action, status, reason: refusal.reason });
}

export interface Assignee {
  readonly facts: AssigneeFacts;
  readonly handler: HandlerName;
}

export async function assigneeOf(tx: Tx, order: Order, accountId: string, now: Date): Promise<Assignee> {
  const wall = await wallOf(tx, order.wall.scopeId);
  const scopes = [order.wall.scopeId, wall?.departmentId, wall?.communityId].filter(
    (id): id is string => typeof id === 'string',
  );
  const staff = await findStaffByAccount(
    tx,
    scopes,
    accountId,
    localDate(now.getTime(), wall?.timeZone ?? CHINA),
  );
  if (staff === null)
    throw new Problem('work_order.assignee_unknown', {}, [
      { path: '/assigneeAccountId', code: 'unknown', params: {} },
    ]);
  return {
    facts: { accountId, isStaffHere: true, skills: staff.skills, isManager: staff.role === 'manager' },
    handler: { name: staff.displayName, title: staff.title },
  };
}

const familyActions: ReadonlySet<Command['action']> = new Set([
  'merge',
  'unmerge',
  'split',
  'link',
  'unlink',
]);

/** One command on one order: lock, compare the version the page saw, decide, write. */
export async function commandOrder(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  id: string,
  body: CommandBody,
  now: Date,
): Promise<Done> {
  await holdConsent(tx, acting);
  const [locked, around, wall] = await Promise.all([
    lockOrder(tx, acting, scopeId, id),
    aroundOf(tx, acting, scopeId, id),
    wallOf(tx, scopeId),
  ]);
  // Neighbours read what they may not lock: they are refused like anybody to whom the order is no business.
  const before = locked ?? (await findOrder(tx, acting, scopeId, id));
  if (before === null) throw new Problem('not_found');
  const who = relationsTo(acting, before);
  if (body.expectedVersion !== before.version) {
    throw new Problem('work_order.stale', { version: before.version, status: before.state.status });
  }
  // A new round is judged by what holds when it begins; all else by what held when the present one did.
  const judgedAt = body.action === 'reopen' ? now.getTime() : before.state.clockStartAt;
  const [category, settings, working] = await Promise.all([
    categoryAt(tx, before.state.categoryCode, before.wall, judgedAt),
    settingsOf(house, tx, before.wall, now, before.state.categoryCode),
    workingOf(tx, before.wall),
  ]);
  if (category === null)
    throw new Error(`order ${id} bears the unknown category ${before.state.categoryCode}`);
  const {
    command,
    assignee,
    newCategory,
    other = null,
    parts = [],
  } = await commandOf(tx, acting, before, body, now);
  const ctx: Context = {
    who,
    now: now.getTime(),
    accountId: acting.accountId,
    category,
    settings,
    working,
    ...(wall === null ? {} : { timeZone: wall.timeZone }),
    lot: lotOf(id),
    standing: standingOf(acting, before),
  };
  const decided = decide(before.state, command, ctx);
  if (!decided.ok) throw refuse(decided.error, body.action, before.state.status);

  if (newCategory !== undefined && newCategory.code !== before.state.categoryCode)
    await keepCorrection(tx, before, newCategory.code, now);
  const next = nextOrder(before, decided.value, assignee?.handler ?? null, now);
  const after = body.action === 'reopen' ? ofPresentCompany(tx, next, wall) : next;
  if (command.action === 'move') linkMoved(tx, before, command, now);
  // A neighbour who waits too stays unnamed, to the reporter as well.
  const by = who.includes('follower') ? { ...actorOf(acting), name: null } : actorOf(acting);
  const steps = writeChange(tx, { before, after, decision: decided.value, steps: around.steps, by, now });
  const voice = voiceWith(body);
  const photos: PhotoRow[] = [];
  for (const some of [...photosWith(body), ...(voice === null ? [] : [voice])])
    photos.push(...(await attachPhotos(tx, acting, after, some, now)));
  if (decided.value.call !== null && body.action === 'record_callback') {
    await writeCall(tx, acting, before, decided.value.call, body, now);
  }
  const isFamily = familyActions.has(command.action);
  if (isFamily) {
    const timeZone = wall?.timeZone ?? CHINA;
    writeFamily(house, tx, { after, command, other, parts, by, timeZone, now }, ctx);
  }
  const changed = isFamily ? await aroundOf(tx, acting, scopeId, id) : around;
  return {
    order: after,
    around: {
      ...changed,
      scopeName: wall?.name ?? '',
      steps,
      photos: [...changed.photos, ...photos],
    },
    category: newCategory ?? category,
    who: relationsTo(acting, after),
    settings,
    standing: standingOf(acting, after),
  };
}

/** What is reopened is the business of who serves the place now; its story follows by the worker (service-passing.ts). */
function ofPresentCompany(tx: Tx, order: Order, place: Place | null): Order {
  const companyId = place?.companyId ?? null;
  if (companyId === null || companyId === order.wall.companyId) return order;
  const { scopeId } = order.wall;
  tx.write(
    sql`update work_orders.work_order set company_id = ${companyId} where scope_id = ${scopeId} and work_order_id = ${order.id}`,
  );
  return { ...order, wall: { ...order.wall, companyId } };
}

export function nextOrder(before: Order, decision: Decision, handler: HandlerName | null, now: Date): Order {
  const state = decision.order;
  const isSame = state.assigneeAccountId === before.state.assigneeAccountId;
  return {
    ...before,
    wall: { ...before.wall, isPublic: state.isPublic },
    assigneeName:
      state.assigneeAccountId === null ? null : isSame ? before.assigneeName : (handler?.name ?? null),
    assigneeTitle:
      state.assigneeAccountId === null ? null : isSame ? before.assigneeTitle : (handler?.title ?? null),
    version: before.version + 1,
    updatedAt: now,
    state,
  };
}

/** What the desk corrected is data to learn from: what the words had suggested, what was chosen, what it is. */
async function keepCorrection(tx: Tx, order: Order, finalCode: string, now: Date): Promise<void> {
  const words = tradeWordsIn(order.description);
  if (words.length === 0) return;
  const { cityId, scopeId } = order.wall;
  const [categories, learnt] = await Promise.all([
    catalogueAt(tx, order.wall, now.getTime()),
    learntWords(tx, cityId ?? scopeId),
  ]);
  const [suggested] = suggestCategories(order.description, categories, order.state.place, 1, learnt);
  writeCorrection(
    tx,
    order,
    { words, suggestedCode: suggested?.code ?? null, chosenCode: order.state.categoryCode, finalCode },
    now,
  );
}

/** A window on the wire, in instants. */
export function windowOf(window: { readonly from: string; readonly to: string }): Window {
  return { from: Date.parse(window.from), to: Date.parse(window.to) };
}

/** The category that an order is to have from now on. */
async function categoryFor(
  tx: Tx,
  order: Order,
  code: string,
  now: Date,
  path = '/categoryCode',
): Promise<Category> {
  const [category, today] = await Promise.all([
    categoryAt(tx, code, order.wall, order.state.clockStartAt),
    categoryAt(tx, code, order.wall, now.getTime()),
  ]);
  const refused = (problem: string) => new Problem(problem, {}, [{ path, code: 'unknown', params: {} }]);
  if (category === null || today?.isActive !== true) throw refused('work_order.category_unknown');
  if (category.cityId !== null && category.cityId !== order.wall.cityId)
    throw refused('work_order.category_not_here');
  if (isStaffsOwn(category) && !['staff', 'sensor', 'patrol'].includes(order.source))
    throw refused('work_order.category_of_staff');
  return category;
}

/** The wire's command as the domain's, with the facts it needs looked up. */
async function commandOf(
  tx: Tx,
  acting: Acting,
  order: Order,
  body: CommandBody,
  now: Date,
): Promise<{
  command: Command;
  assignee?: Assignee;
  newCategory?: Category;
  other?: OtherOrder;
  parts?: readonly PartInput[];
}> {
  switch (body.action) {
    case 'assign':
    case 'transfer': {
      const assignee = await assigneeOf(tx, order, body.assigneeAccountId, now);
      const command: Command =
        body.action === 'assign'
          ? { action: 'assign', assignee: assignee.facts }
          : { action: 'transfer', assignee: assignee.facts, reason: body.reason };
      return { command, assignee };
    }
    case 'triage':
    case 'change_category': {
      const newCategory =
        body.categoryCode === undefined ? null : await categoryFor(tx, order, body.categoryCode, now);
      if (newCategory === null) {
        const { priority } = body as Extract<CommandBody, { action: 'triage' }>;
        return { command: { action: 'triage', ...(priority === undefined ? {} : { priority }) } };
      }
      if (body.action === 'change_category') {
        return { command: { action: 'change_category', category: newCategory }, newCategory };
      }
      const { priority } = body;
      const command: Command = {
        action: 'triage',
        category: newCategory,
        ...(priority === undefined ? {} : { priority }),
      };
      return { command, newCategory };
    }
    case 'offer_windows':
      return {
        command: {
          action: 'offer_windows',
          windows: body.windows.map(windowOf),
          reason: body.reason ?? null,
        },
      };
    case 'make_appointment':
      return {
        command: {
          action: 'make_appointment',
          ...windowOf(body),
          reason: body.reason ?? null,
          isByPhone: body.isByPhone ?? false,
        },
      };
    case 'merge':
    case 'link':
    case 'unlink': {
      const other = await otherOrder(tx, acting, order, body.number, body.action === 'merge');
      return { command: { action: body.action, target: other.target }, other };
    }
    case 'split': {
      const reported = await photoIdsOf(tx, order);
      const parts: PartInput[] = [];
      for (const [at, part] of body.parts.entries()) {
        const photoIds = part.photoIds ?? [];
        if (photoIds.some((photoId) => !reported.has(photoId))) {
          throw new Problem('work_order.photo_unknown', {}, [
            { path: `/parts/${at}/photoIds`, code: 'unknown', params: {} },
          ]);
        }
        const path = `/parts/${at}/categoryCode`;
        parts.push({
          category: await categoryFor(tx, order, part.categoryCode, now, path),
          description: part.description,
          photoIds,
        });
      }
      return { command: { action: 'split', parts }, parts };
    }
    case 'move':
      return { command: await moveCommandOf(tx, order, body, now) };
    case 'pause':
      return {
        command: {
          action: 'pause',
          reason: body.reason,
          note: body.note ?? null,
          until: body.until === undefined ? null : Date.parse(body.until),
        },
      };
    default: {
      const { expectedVersion: _, ...command } = body;
      return { command: command as Command };
    }
  }
}
