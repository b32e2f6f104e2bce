import { randomInt } from 'node:crypto';
import { maskName, maskPhone, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { attach } from '../../platform/files/attach.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import {
  accessScope,
  findBuilding,
  findFacility,
  findHousehold,
  findStaffByAccount,
  wallOf,
} from '../places/index.ts';
import { type ActorOfChange, type HandlerName, writeChange } from './changes.ts';
import {
  type AssigneeFacts,
  type Command,
  type Context,
  decide,
  type Decision,
  numberOf,
  type Refusal,
  type Relation,
  submitOrder,
} from './domain.ts';
import { type Category, categoryOf, isStaffsOwn, officeOf, relationsTo, settingsOf } from './facts.ts';
import { lastStep, lockOrder } from './queries.ts';
import type { CommandBody, NewWorkOrderBody } from './schemas.ts';
import type { Order, Wall } from './tables.ts';

/** Commands only: each decides by the domain and writes what was decided. Reading is queries.ts. */

export interface Done {
  readonly order: Order;
  readonly category: Category;
  readonly who: readonly Relation[];
  readonly settings: Context['settings'];
}

/** The name the other parties of an order read: a worker's display name, a resident's masked one. */
export function actorOf(acting: Acting): ActorOfChange {
  const name = acting.role === 'resident' ? maskName(acting.displayName) : acting.displayName;
  return { accountId: acting.accountId, name, role: acting.role };
}

function refuse(refusal: Refusal, action: string, status: string): Problem {
  return new Problem(refusal.code, { action, status, reason: refusal.reason });
}

function localDateOf(timeZone: string, now: Date): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now);
}

interface FoundPlace {
  readonly type: 'home' | 'public';
  readonly label: string;
  readonly householdId: string | null;
  readonly buildingId: string | null;
  readonly facilityId: string | null;
}

async function placeOf(tx: Tx, body: NewWorkOrderBody): Promise<FoundPlace> {
  const { place, scopeId } = body;
  if (place.type === 'home') {
    const household = await findHousehold(tx, scopeId, place.householdId);
    if (household === null) throw new Problem('work_order.household_unknown');
    return {
      type: 'home',
      label: household.label,
      householdId: household.id,
      buildingId: household.buildingId,
      facilityId: null,
    };
  }
  const [building, facility] = await Promise.all([
    place.buildingId === undefined ? null : findBuilding(tx, scopeId, place.buildingId),
    place.facilityId === undefined ? null : findFacility(tx, scopeId, place.facilityId),
  ]);
  if (place.buildingId !== undefined && building === null) throw new Problem('work_order.building_unknown');
  if (place.facilityId !== undefined && facility === null) throw new Problem('work_order.facility_unknown');
  const label = [facility?.label ?? building?.name, place.spot?.trim()]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  return {
    type: 'public',
    label,
    householdId: null,
    buildingId: building?.id ?? facility?.buildingId ?? null,
    facilityId: facility?.id ?? null,
  };
}

/** A resident may only stand for the own household; whoever takes a call may enter any of the scope. */
export async function createOrder(
  house: House,
  acting: Acting,
  tx: Tx,
  body: NewWorkOrderBody,
  now: Date,
): Promise<Done> {
  const wall = await accessScope(tx, acting, body.scopeId);
  const [category, place, settings] = await Promise.all([
    categoryOf(tx, body.categoryCode),
    placeOf(tx, body),
    settingsOf(house, tx, wall, now),
  ]);
  if (category === null) throw new Problem('work_order.category_unknown');
  if (category.cityId !== null && category.cityId !== wall.cityId)
    throw new Problem('work_order.category_not_here');

  const isResident = acting.role === 'resident';
  if (isResident && isStaffsOwn(category)) throw new Problem('work_order.category_of_staff');
  if (body.contact !== undefined && !mayAttempt(acting.role, 'work_order.create_for_caller'))
    throw new Problem('permission.denied', { permission: 'work_order.create_for_caller' });
  const photoIds = body.photoIds ?? [];
  // What stands in the open is everybody's to know, unless it is confidential or the reporter wants it otherwise.
  const isPublic = body.isPublic ?? (place.type === 'public' && !category.isConfidential);
  const submitted = submitOrder(
    {
      category,
      place: place.type,
      isPublic,
      photoIds,
      neededBy: body.neededBy === undefined ? null : Date.parse(body.neededBy),
    },
    {
      who: isResident ? ['reporter'] : officeOf(acting),
      now: now.getTime(),
      accountId: acting.accountId,
      settings,
    },
  );
  if (!submitted.ok) throw refuse(submitted.error, 'submit', 'new');

  const id = uuidv7(now.getTime());
  const rowWall: Wall = {
    scopeId: wall.scopeId,
    cityId: wall.cityId,
    streetId: wall.streetId,
    companyId: wall.companyId,
    householdId: place.householdId,
    // On a caller's behalf the reporter is the household, not the clerk.
    reporterAccountId: body.contact === undefined ? acting.accountId : null,
    isPublic: submitted.value.order.isPublic,
  };
  const contact = body.contact;
  const order: Order = {
    id,
    wall: rowWall,
    number: numberOf(now.getTime(), randomInt(2 ** 32), wall.timeZone),
    description: body.description.trim(),
    placeLabel: place.label,
    buildingId: place.buildingId,
    facilityId: place.facilityId,
    contactCipher:
      contact === undefined
        ? null
        : house.crypto.seal(
            JSON.stringify({ name: contact.name.trim(), phone: contact.phone }),
            'work_orders.work_order',
            id,
          ),
    contactMasked:
      contact === undefined
        ? isResident
          ? maskName(acting.displayName)
          : acting.displayName
        : `${maskName(contact.name.trim())} ${maskPhone(contact.phone)}`,
    assigneeName: null,
    assigneeTitle: null,
    source: isResident ? 'phone' : contact === undefined ? 'staff' : 'desk',
    version: 1,
    updatedAt: now,
    state: submitted.value.order,
  };
  writeChange(tx, {
    before: null,
    after: order,
    decision: submitted.value,
    steps: [],
    by: actorOf(acting),
    now,
  });
  await attachPhotos(tx, acting, order, { type: 'work_order.report', fileIds: photoIds }, now);
  return { order, category, who: relationsTo(acting, order), settings };
}

interface Photos {
  readonly fileIds: readonly string[];
  /** Which part of the order they belong to. */
  readonly type: 'work_order.report' | 'work_order.work' | 'work_order.dispute' | 'work_order.comment';
  readonly isInternal?: boolean;
}

/** What the work looked like before and after is as public as the order; what people show each other is theirs. */
const openPhotos: readonly Photos['type'][] = ['work_order.report', 'work_order.work'];

async function attachPhotos(tx: Tx, acting: Acting, order: Order, photos: Photos, now: Date): Promise<void> {
  const { type, fileIds, isInternal = false } = photos;
  if (fileIds.length === 0) return;
  const isPublic = order.wall.isPublic && openPhotos.includes(type);
  const attached = await attach(tx, {
    scopeId: order.wall.scopeId,
    fileIds,
    type,
    objectId: order.id,
    uploadedBy: acting.accountId,
    wall: { ...order.wall, isPublic, isInternal },
    at: now,
  });
  if (!attached.ok)
    throw new Problem(attached.error.code, attached.error.params, [
      { path: '/photoIds', code: 'not_attachable', params: attached.error.params },
    ]);
}

interface Assignee {
  readonly facts: AssigneeFacts;
  readonly handler: HandlerName;
}

async function assigneeOf(tx: Tx, order: Order, accountId: string, now: Date): Promise<Assignee> {
  const wall = await wallOf(tx, order.wall.scopeId);
  const scopes = [order.wall.scopeId, wall?.departmentId, wall?.communityId].filter(
    (id): id is string => typeof id === 'string',
  );
  const staff = await findStaffByAccount(
    tx,
    scopes,
    accountId,
    localDateOf(wall?.timeZone ?? 'Asia/Shanghai', now),
  );
  if (staff === null)
    throw new Problem('work_order.assignee_unknown', {}, [
      { path: '/assigneeAccountId', code: 'unknown', params: {} },
    ]);
  return {
    facts: { accountId, isStaffHere: true, skills: staff.skills },
    handler: { name: staff.displayName, title: staff.title },
  };
}

/** The pictures that came with a command. */
function photosWith(body: CommandBody): Photos {
  switch (body.action) {
    case 'finish':
      return { type: 'work_order.work', fileIds: body.photoIds ?? [] };
    case 'dispute':
      return { type: 'work_order.dispute', fileIds: body.photoIds ?? [] };
    case 'comment':
      return {
        type: 'work_order.comment',
        fileIds: body.photoIds ?? [],
        isInternal: body.isInternal === true,
      };
    default:
      return { type: 'work_order.report', fileIds: [] };
  }
}

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
  const [before, step] = await Promise.all([lockOrder(tx, acting, scopeId, id), lastStep(tx, scopeId, id)]);
  if (before === null) throw new Problem('not_found');
  const who = relationsTo(acting, before);
  if (body.expectedVersion !== before.version) {
    throw new Problem('work_order.stale', { version: before.version, status: before.state.status });
  }
  const [category, settings] = await Promise.all([
    categoryOf(tx, before.state.categoryCode),
    settingsOf(house, tx, before.wall, now),
  ]);
  if (category === null)
    throw new Error(`order ${id} bears the unknown category ${before.state.categoryCode}`);
  const { command, assignee, newCategory } = await commandOf(tx, before, body, now);
  const decided = decide(before.state, command, {
    who,
    now: now.getTime(),
    accountId: acting.accountId,
    category,
    settings,
  });
  if (!decided.ok) throw refuse(decided.error, body.action, before.state.status);

  const after = nextOrder(before, decided.value, assignee?.handler ?? null, now);
  writeChange(tx, {
    before,
    after,
    decision: decided.value,
    steps: step === null ? [] : [step],
    by: actorOf(acting),
    now,
  });
  await attachPhotos(tx, acting, after, photosWith(body), now);
  return { order: after, category: newCategory ?? category, who: relationsTo(acting, after), settings };
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

/** The category that an order is to have from now on. */
async function categoryFor(tx: Tx, order: Order, code: string): Promise<Category> {
  const category = await categoryOf(tx, code);
  const refused = (problem: string) =>
    new Problem(problem, {}, [{ path: '/categoryCode', code: 'unknown', params: {} }]);
  if (category === null) throw refused('work_order.category_unknown');
  if (category.cityId !== null && category.cityId !== order.wall.cityId)
    throw refused('work_order.category_not_here');
  if (isStaffsOwn(category) && order.source !== 'staff') throw refused('work_order.category_of_staff');
  return category;
}

/** The wire's command as the domain's, with the facts it needs looked up. */
async function commandOf(
  tx: Tx,
  order: Order,
  body: CommandBody,
  now: Date,
): Promise<{ command: Command; assignee?: Assignee; newCategory?: Category }> {
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
        body.categoryCode === undefined ? null : await categoryFor(tx, order, body.categoryCode);
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
