import { maskPhone } from '@gongzhi/kernel';
import { sql } from '../../../platform/db/sql.ts';
import type { Executor, Tx } from '../../../platform/db/database.ts';
import { recordEvent } from '../../../platform/events/outbox.ts';
import { arePeriodsOverlapping, type Period, type Relation } from '../domain.ts';
import { loaders, type OccupancyInput, type PersonInput, personGramsOf } from '../import-rows.ts';
import { plainName } from '../domain-people.ts';
import { personFields } from '../tables.ts';
import { problem } from './columns.ts';
import { findUnit, homeKey, knownBuildings } from './known.ts';
import {
  type ImportContext,
  insertAll,
  loadedWall,
  type Outcome,
  type Planner,
  type RowOf,
  type Say,
} from './planner.ts';

interface Human {
  readonly id: string;
  readonly accountId: string | null;
  readonly name: string;
  phone: string | null;
  readonly homes: Map<string, { relation: Relation; period: Period; id: string; line: number }[]>;
}

interface Home {
  readonly id: string;
  /** Counts whoever moved in or out. */
  readonly version: number;
}

/** Somebody moved in or out while the file was read: it is read again. */
export class MovedMeanwhile extends Error {
  constructor() {
    super('who lives where has changed while an import was under way');
  }
}

/** So many are made findable by parts of their names at once; of more the sweep does it, within a minute. */
const mostIndexed = 5_000;
/** People of one event: whoever hears of it looks each of them up. */
const peoplePerEvent = 4;

/**
 * Who is who: the same name with the same phone, or with the same home where one of the two phones is not known. A
 * different phone is another person: fathers and sons share names, and nobody is merged by a guess.
 */
export async function planPeople(q: Executor, context: ImportContext): Promise<Planner> {
  const wall = loadedWall(context.scope);
  const { scopeId } = wall;
  const { crypto } = context;
  const [buildings, homeRows, personRows, occupancyRows] = await Promise.all([
    knownBuildings(q, scopeId),
    q.query<Home & { unit_id: string; room_no: string }>(
      sql`select household_id as id, unit_id, room_no, version from places.household where scope_id = ${scopeId}`,
    ),
    q.query<{
      id: string;
      account_id: string | null;
      name_cipher: Buffer | null;
      phone_cipher: Buffer | null;
    }>(
      sql`select person_id as id, account_id, name_cipher, phone_cipher from places.person where scope_id = ${scopeId} and erased_at is null`,
    ),
    q.query<{
      id: string;
      person_id: string;
      household_id: string;
      relation: Relation;
      starts_on: string;
      ends_on: string | null;
    }>(
      sql`select occupancy_id as id, person_id, household_id, relation, starts_on, ends_on
          from places.occupancy where scope_id = ${scopeId} and voided_at is null`,
    ),
  ]);
  const homes = new Map<string, Home>(homeRows.map((home) => [homeKey(home.unit_id, home.room_no), home]));
  const byId = new Map<string, Human>();
  const byPhone = new Map<string, Human>();
  const byHome = new Map<string, Human[]>();
  for (const { id, account_id: accountId, name_cipher, phone_cipher } of personRows) {
    if (name_cipher === null) continue;
    const phone = phone_cipher === null ? null : crypto.open(phone_cipher, personFields.phone, id);
    const name = plainName(crypto.open(name_cipher, personFields.name, id));
    const human: Human = { id, accountId, name, phone, homes: new Map() };
    byId.set(id, human);
    if (phone !== null) byPhone.set(`${name} ${phone}`, human);
  }
  const enter = (
    human: Human,
    homeId: string,
    relation: Relation,
    period: Period,
    id: string,
    line: number,
  ) => {
    const held = human.homes.get(homeId);
    const entry = { relation, period, id, line };
    if (held !== undefined) return void held.push(entry);
    human.homes.set(homeId, [entry]);
    const key = `${human.name} ${homeId}`;
    const namesakes = byHome.get(key);
    if (namesakes === undefined) byHome.set(key, [human]);
    else namesakes.push(human);
  };
  for (const row of occupancyRows) {
    const human = byId.get(row.person_id);
    if (human !== undefined)
      enter(
        human,
        row.household_id,
        row.relation,
        { startsOn: row.starts_on, endsOn: row.ends_on },
        row.id,
        0,
      );
  }
  const newPeople = new Map<string, PersonInput>();
  const newRelations: OccupancyInput[] = [];
  const ended: { id: string; endsOn: string }[] = [];
  const phones = new Map<string, string>();
  const touched = new Set<Human>();
  const moved = new Map<string, number>();

  const find = (name: string, phone: string | null, homeId: string): Human | undefined => {
    const same = phone === null ? undefined : byPhone.get(`${name} ${phone}`);
    if (same !== undefined) return same;
    const there = byHome.get(`${name} ${homeId}`) ?? [];
    return phone === null
      ? (there.find((human) => human.phone === null) ?? there[0])
      : there.find((human) => human.phone === null);
  };

  const take = (row: RowOf, say: Say): Outcome | null => {
    const found = findUnit(buildings, row, say);
    if (found === null) return null;
    const home = homes.get(homeKey(found.unit.id, row.text('room')));
    if (home === undefined) {
      say('room', problem('unknown', { near: '' }));
      return null;
    }
    const homeId = home.id;
    const startsOn = row.text('startsOn');
    const endsOn = row.text('endsOn') || null;
    if (endsOn !== null && endsOn <= startsOn) {
      say('endsOn', problem('ends_before'));
      return null;
    }
    const name = row.text('person');
    const phone = row.text('phone') || null;
    const relation = row.text('relation') as Relation;
    const period: Period = { startsOn, endsOn };
    const plain = plainName(name);
    let human = find(plain, phone, homeId);
    let outcome: Outcome = 'unchanged';
    const held = human?.homes.get(homeId)?.filter((one) => one.relation === relation) ?? [];
    const same = held.find((one) => one.period.startsOn === startsOn);
    if (same !== undefined && same.line > 0) {
      say('', problem('twice', { line: same.line }));
      return null;
    }
    if (same === undefined) {
      const other = held.find((one) => arePeriodsOverlapping(one.period, period));
      if (other !== undefined) {
        say('startsOn', problem('overlaps', { since: other.period.startsOn }));
        return null;
      }
    } else if (same.period.endsOn !== null && same.period.endsOn !== endsOn) {
      // Opening again what has ended changes what others may see of the home: that is done by hand, there.
      say('endsOn', problem('ends_differs', { value: same.period.endsOn }));
      return null;
    }
    if (human === undefined) {
      human = { id: context.newId(), accountId: null, name: plain, phone, homes: new Map() };
      if (phone !== null) byPhone.set(`${plain} ${phone}`, human);
      newPeople.set(human.id, {
        ...wall,
        personId: human.id,
        accountId: null,
        name,
        phone,
        createdAt: context.now,
      });
      outcome = 'new';
    } else if (human.phone === null && phone !== null) {
      human.phone = phone;
      byPhone.set(`${plain} ${phone}`, human);
      const entered = newPeople.get(human.id);
      if (entered === undefined) phones.set(human.id, phone);
      else newPeople.set(human.id, { ...entered, phone });
      outcome = 'changed';
      touched.add(human);
    }
    if (same === undefined) {
      const occupancyId = context.newId();
      touched.add(human);
      moved.set(homeId, home.version);
      enter(human, homeId, relation, period, occupancyId, row.line);
      newRelations.push({
        ...wall,
        occupancyId,
        personId: human.id,
        householdId: homeId,
        accountId: human.accountId,
        relation,
        startsOn,
        endsOn,
      });
      return 'new';
    }
    same.line = row.line;
    if (same.period.endsOn === null && endsOn !== null) {
      ended.push({ id: same.id, endsOn });
      touched.add(human);
      moved.set(homeId, home.version);
      return 'changed';
    }
    return outcome;
  };

  return {
    take,
    async write(tx: Tx, onWritten) {
      await raiseHomes(tx, scopeId, moved);
      const entered = [...newPeople.values()];
      const isIndexed = entered.length <= mostIndexed;
      await insertAll(
        tx,
        loaders.person,
        entered.map((person) => ({ ...person, isIndexed })),
        crypto,
      );
      if (isIndexed) {
        const grams = entered.flatMap((person) => personGramsOf(crypto, person));
        await insertAll(tx, loaders.personGram, grams, crypto);
      }
      await insertAll(tx, loaders.occupancy, newRelations, crypto, onWritten);
      if (ended.length > 0) {
        await tx.query(sql`
          update places.occupancy o set ends_on = u.ends_on
          from unnest(${ended.map(({ id }) => id)}::uuid[], ${ended.map(({ endsOn }) => endsOn)}::date[]) as u (id, ends_on)
          where o.scope_id = ${scopeId} and o.occupancy_id = u.id and o.ends_on is null`);
        onWritten(ended.length);
      }
      for (const [id, phone] of phones) {
        await tx.query(sql`
          update places.person set phone_cipher = ${crypto.seal(phone, personFields.phone, id)}, phone_masked = ${maskPhone(phone)},
            phone_index = ${crypto.scopeIndex(scopeId, 'phone', phone)}, phone_last4_index = ${crypto.scopeIndex(scopeId, 'phone_last4', phone.slice(-4))}
          where scope_id = ${scopeId} and person_id = ${id} and phone_cipher is null`);
      }
      tellOf([...touched], tx, context);
    },
  };
}

/** Nobody else moves people in or out of these homes until this is over, and nobody did since they were read. */
async function raiseHomes(tx: Tx, scopeId: string, moved: ReadonlyMap<string, number>): Promise<void> {
  if (moved.size === 0) return;
  const raised = await tx.query<{ n: number }>(sql`
    with raised as (
      update places.household h set version = h.version + 1
      from unnest(${[...moved.keys()]}::uuid[], ${[...moved.values()]}::integer[]) as u (id, version)
      where h.scope_id = ${scopeId} and h.household_id = u.id and h.version = u.version returning 1)
    select count(*)::integer as n from raised`);
  if (raised[0]?.n !== moved.size) throw new MovedMeanwhile();
}

/** Who can be reached by phone can sign in from now on; identity hears of them, a few at a time. */
function tellOf(people: readonly Human[], tx: Tx, context: ImportContext): void {
  const { scopeId, cityId, streetId, companyId } = context.scope;
  const known = people.filter(({ phone, accountId }) => phone !== null || accountId !== null);
  for (let at = 0; at < known.length; at += peoplePerEvent) {
    recordEvent(tx, {
      eventId: context.newId(),
      scopeId,
      wall: {
        cityId,
        streetId,
        companyId,
        householdId: null,
        reporterAccountId: null,
        isPublic: false,
        isInternal: true,
      },
      kind: 'resident.imported',
      version: 1,
      objectId: known[at]!.id,
      payload: { personIds: known.slice(at, at + peoplePerEvent).map(({ id }) => id) },
      occurredAt: context.now,
    });
  }
}
