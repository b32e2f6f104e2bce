import { randomInt } from 'node:crypto';
import { localDate, maskName, maskPhone, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import {
  accessScope,
  findBuilding,
  findFacility,
  findHousehold,
  findStaffByAccount,
} from '../places/index.ts';
import { type Acting, mayFor } from '../../platform/sessions/sessions.ts';
import { contactOfAccount, holdConsent } from '../identity/index.ts';
import { writeChange } from './changes.ts';
import { numberOf, submitOrder } from './domain.ts';
import {
  categoryAt,
  isStaffsOwn,
  officeOf,
  relationsTo,
  settingsOf,
  standingOf,
  workingOf,
} from './facts.ts';
import type { NewWorkOrderBody } from './schemas.ts';
import { aroundOf, findOrder } from './queries.ts';
import { actorOf, type Done, refuse, windowOf } from './service.ts';
import { attachPhotos } from './service-photos.ts';
import type { Order, Wall } from './tables.ts';

/** How a report becomes an order. */

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

interface Accused {
  readonly accountId: string;
  readonly name: string;
  readonly orderId: string | null;
}

/** Whom a complaint is about: who came to one's own order, or, when staff writes it down, anybody of the staff here. */
async function accusedOf(
  tx: Tx,
  acting: Acting,
  { about, scopeId }: NewWorkOrderBody,
  wall: {
    readonly departmentId: string | null;
    readonly communityId: string | null;
    readonly timeZone: string;
  },
  now: Date,
): Promise<Accused | null> {
  if (about === undefined) return null;
  const unknown = () =>
    new Problem('work_order.accused_unknown', {}, [{ path: '/about', code: 'unknown', params: {} }]);
  if ('workOrderId' in about) {
    const order = await findOrder(tx, acting, scopeId, about.workOrderId);
    const isOwn =
      order !== null && (acting.role !== 'resident' || relationsTo(acting, order).includes('reporter'));
    if (order === null || !isOwn) throw unknown();
    const { steps } = await aroundOf(tx, acting, scopeId, about.workOrderId);
    const visit = steps.findLast((step) => step.role === 'worker' && step.handlerAccountId !== null);
    if (visit === undefined) throw unknown();
    return {
      accountId: visit.handlerAccountId as string,
      name: visit.handlerName ?? '',
      orderId: about.workOrderId,
    };
  }
  if (acting.role === 'resident') throw unknown();
  const scopes = [scopeId, wall.departmentId, wall.communityId].filter((id) => id !== null);
  const staff = await findStaffByAccount(
    tx,
    scopes,
    about.accountId,
    localDate(now.getTime(), wall.timeZone),
  );
  if (staff === null) throw unknown();
  return { accountId: about.accountId, name: staff.displayName, orderId: null };
}

/** A resident may only stand for the own household; whoever takes a call may enter any of the scope. */
export async function createOrder(
  house: House,
  acting: Acting,
  tx: Tx,
  body: NewWorkOrderBody,
  now: Date,
): Promise<Done> {
  await holdConsent(tx, acting);
  const { onBehalf } = acting;
  if (!mayFor(acting, 'report')) throw new Problem('consent.not_for_this', { purpose: 'report' });
  const wall = await accessScope(tx, acting, body.scopeId);
  const [category, working, place, settings] = await Promise.all([
    categoryAt(tx, body.categoryCode, wall, now.getTime()),
    workingOf(tx, wall),
    placeOf(tx, body),
    settingsOf(house, tx, wall, now, body.categoryCode),
  ]);
  if (category?.isActive !== true) throw new Problem('work_order.category_unknown');
  if (category.cityId !== null && category.cityId !== wall.cityId)
    throw new Problem('work_order.category_not_here');

  const isResident = acting.role === 'resident';
  if (isResident && isStaffsOwn(category)) throw new Problem('work_order.category_of_staff');
  if (body.contact !== undefined && !mayAttempt(acting.role, 'work_order.create_for_caller'))
    throw new Problem('permission.denied', { permission: 'work_order.create_for_caller' });
  const photoIds = body.photoIds ?? [];
  // What stands in the open is everybody's to know, unless it is confidential or the reporter wants it otherwise.
  const isPublic = body.isPublic ?? (place.type === 'public' && !category.isConfidential);
  const accused = await accusedOf(tx, acting, body, wall, now);
  const voiceIds = body.voiceId === undefined ? [] : [body.voiceId];
  const submitted = submitOrder(
    {
      category,
      place: place.type,
      isPublic,
      photoIds,
      windows: (body.windows ?? []).map(windowOf),
      accusedAccountId: accused?.accountId ?? null,
      neededBy: body.neededBy === undefined ? null : Date.parse(body.neededBy),
    },
    {
      who: isResident ? ['reporter'] : officeOf(acting),
      now: now.getTime(),
      accountId: acting.accountId,
      settings,
      working,
      timeZone: wall.timeZone,
      standing: { mandate: onBehalf?.purposes ?? null, reporterHasAccount: true },
    },
  );
  if (!submitted.ok) throw refuse(submitted.error, 'submit', 'new');

  const id = uuidv7(now.getTime());
  const rowWall: Wall = {
    scopeId: wall.scopeId,
    cityId: wall.cityId,
    streetId: wall.streetId,
    companyId: wall.companyId,
    // A public matter reported for somebody is that household's, or nobody but the helper would hear of it.
    householdId: place.householdId ?? onBehalf?.householdId ?? null,
    // Of a home's matter the reporter is the household, not the clerk or worker who writes it down, with a number or
    // without; for somebody by consent it is who gave it. What another system passes on was reported by nobody of ours.
    reporterAccountId:
      body.contact !== undefined || acting.origin !== undefined || (!isResident && place.type === 'home')
        ? null
        : onBehalf === null
          ? acting.accountId
          : onBehalf.accountId,
    isPublic: submitted.value.order.isPublic,
  };
  // Who reports for another is the one to be called back.
  const contact =
    body.contact ??
    (onBehalf === null ? undefined : await contactOfAccount(tx, house.crypto, acting.accountId));
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
    onBehalfOf: onBehalf?.name ?? null,
    assigneeName: null,
    assigneeTitle: null,
    hasSeveral: body.hasSeveral ?? false,
    accusedName: accused?.name ?? null,
    aboutOrderId: accused?.orderId ?? null,
    source: acting.origin ?? (isResident ? 'phone' : body.contact === undefined ? 'staff' : 'desk'),
    version: 1,
    updatedAt: now,
    state: submitted.value.order,
  };
  const decision = submitted.value;
  const steps = writeChange(tx, {
    before: null,
    after: order,
    decision,
    steps: [],
    by: actorOf(acting),
    now,
  });
  const photos = [
    ...(await attachPhotos(tx, acting, order, { type: 'work_order.report', fileIds: photoIds }, now)),
    ...(await attachPhotos(tx, acting, order, { type: 'work_order.report_voice', fileIds: voiceIds }, now)),
  ];
  const around = { scopeName: wall.name, steps, photos, related: [], followers: 0 };
  return {
    order,
    around,
    category,
    who: relationsTo(acting, order),
    settings,
    standing: standingOf(acting, order),
  };
}
