import { localDate, startOfDay, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Consumer } from '../../platform/events/dispatcher.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { MessageKinds } from '../../platform/notify/messages.ts';
import { notify } from '../../platform/notify/notify.ts';
import { delegatesOf } from '../identity/index.ts';
import {
  compoundsOfDepartment,
  findPerson,
  isCurrent,
  memberAccountsOfHousehold,
  relationsOfPeople,
  type Wall,
  wallOf,
} from '../places/index.ts';
import { lastEnd } from './domain/issuing.ts';
import { passesOfDelegate, passesOfPeople, storeStatus } from './queries-passes.ts';
import { bound } from './queries-shifts.ts';
import { followRoster } from './service-shifts.ts';
import type { PassRow } from './tables-passes.ts';

/** What follows from who lives where, and who is told of what. */

/** Held for as long as one belongs to the home. */
const RESIDENT_KINDS: ReadonlySet<string> = new Set(['resident', 'family', 'tenant', 'card']);

function revoke(tx: Tx, wall: Wall, pass: PassRow, now: Date): void {
  storeStatus(tx, pass, 'revoked', null, now);
  changed(tx, wall, pass, 'pass.revoked', now);
}

/** By itself, so nobody did it. */
function changed(tx: Tx, wall: Wall, pass: PassRow, kind: string, now: Date): void {
  const { scopeId, cityId, streetId, companyId } = wall;
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId,
    wall: {
      cityId,
      streetId,
      companyId,
      householdId: pass.householdId,
      reporterAccountId: pass.accountId,
      isPublic: false,
      isInternal: false,
    },
    kind,
    version: 1,
    objectId: pass.id,
    payload: { byAccountId: pass.accountId },
    occurredAt: now,
  });
}

/** Whoever moves out has no pass from that day on; from what the register says now, so that it may run again. */
export const followResidence: Consumer = {
  name: 'access.residents',
  kinds: [
    'household.moved_in',
    'household.moved_out',
    'household.sold',
    'household.corrected',
    'person.corrected',
  ],
  async handle(events, tx, { clock }) {
    for (const { scopeId, payload } of events) {
      const personIds = payload['personIds'] as string[];
      const wall = await wallOf(tx, scopeId);
      if (wall === null || personIds.length === 0) continue;
      const now = clock.now();
      const today = localDate(now.getTime(), wall.timeZone);
      const people = await Promise.all(personIds.map((id) => findPerson(tx, scopeId, id)));
      const personOf = new Map(
        people.flatMap((one) => (one?.accountId == null ? [] : [[one.accountId, one.personId] as const])),
      );
      const [passes, relations] = await Promise.all([
        passesOfPeople(tx, scopeId, personIds, [...personOf.keys()], now),
        relationsOfPeople(tx, [scopeId], personIds),
      ]);
      for (const pass of passes) {
        // Whoever was invited came on the word of who invited them.
        const personId = pass.personId ?? personOf.get(pass.issuedBy ?? '');
        const current = relations.filter(
          (one) =>
            one.person_id === personId &&
            one.household_id === pass.householdId &&
            isCurrent({ startsOn: one.starts_on, endsOn: one.ends_on }, today),
        );
        if (current.length === 0) {
          revoke(tx, wall, pass, now);
          continue;
        }
        // These have ends of their own: a child's its birthday, a guest's the visit.
        if (!RESIDENT_KINDS.has(pass.kind)) continue;
        const last = lastEnd(current.map(({ ends_on }) => ends_on));
        const validTo = last === null ? null : new Date(startOfDay(last, wall.timeZone));
        if (validTo?.getTime() === pass.validTo?.getTime()) continue;
        tx.write(
          sql`update access.pass set valid_to = ${validTo}, version = version + 1, updated_at = ${now}
              where scope_id = ${scopeId} and pass_id = ${pass.id}`,
        );
        changed(tx, wall, pass, 'pass.prolonged', now);
      }
    }
  },
};

/** What was held on a consent ends with it. */
export const followConsents: Consumer = {
  name: 'access.consents',
  kinds: ['consent.revoked'],
  async handle(events, tx, { clock }) {
    for (const { scopeId, payload } of events) {
      const accountId = payload['delegateAccountId'] as string;
      const wall = await wallOf(tx, scopeId);
      if (wall === null) continue;
      const now = clock.now();
      const today = localDate(now.getTime(), wall.timeZone);
      for (const pass of await passesOfDelegate(tx, scopeId, accountId, now)) {
        const standing = await delegatesOf(tx, scopeId, pass.householdId ?? '', today);
        if (!standing.some((one) => one.accountId === accountId)) revoke(tx, wall, pass, now);
      }
    }
  },
};

/** Whoever is let in on shift only, is by what the roster says now. */
export const followShifts: Consumer = {
  name: 'access.shifts',
  kinds: ['roster.changed', 'pass.issued', 'takeover.applied'],
  async handle(events, tx, { clock }) {
    const now = clock.now();
    const scopes = new Set<string>();
    for (const { kind, scopeId } of events)
      if (kind !== 'roster.changed') scopes.add(scopeId);
      else for (const { id } of await compoundsOfDepartment(tx, scopeId)) scopes.add(id);
    for (const scopeId of scopes)
      if ((await bound(tx, scopeId, now)).length > 0) await followRoster(tx, scopeId, now);
  },
};

const news = (outside: readonly string[] = []) => ({ urgency: 'news', outside }) as const;
const asks = (outside: readonly string[] = []) => ({ urgency: 'action', outside }) as const;

export const passMessages: MessageKinds = {
  'parcel.arrived': asks(['shelf']),
  'goods_slip.held': asks(),
  'goods_slip.passed': news(),
  'pass.suspended': asks(),
  'pass.revoked': asks(),
};

const links: Readonly<Record<string, string>> = {
  'parcel.arrived': '/m/parcels',
  'goods_slip.held': '/m/goods',
  'goods_slip.passed': '/m/goods',
};

/** A home is told of its parcels and slips; who holds a pass, when the desk puts it on hold or takes it back. */
export const tellHomes: Consumer = {
  name: 'access.tell',
  kinds: ['parcel.arrived', 'goods_slip.held', 'goods_slip.passed', 'pass.suspended', 'pass.revoked'],
  async handle(events, tx) {
    for (const { kind, scopeId, objectId, payload, wall, occurredAt } of events) {
      const notice = { scopeId, template: kind, wall, objectId, at: occurredAt };
      if (kind.startsWith('pass.')) {
        const accountId = payload['accountId'];
        if (typeof accountId === 'string' && accountId !== payload['byAccountId'])
          notify(tx, { ...notice, accountId, params: {}, link: '/m/open' });
        continue;
      }
      const place = await wallOf(tx, scopeId);
      const householdId = payload['householdId'];
      if (place === null || typeof householdId !== 'string') continue;
      const today = localDate(occurredAt.getTime(), place.timeZone);
      const params = kind === 'parcel.arrived' ? { shelf: payload['shelf'] } : {};
      for (const accountId of await memberAccountsOfHousehold(tx, scopeId, householdId, today))
        notify(tx, { ...notice, accountId, params, link: links[kind] ?? null });
    }
  },
};
