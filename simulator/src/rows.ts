import { loaders as dispatch } from '../../apps/server/src/modules/dispatch/index.ts';
import { loaders as identity } from '../../apps/server/src/modules/identity/index.ts';
import {
  type BulkTable,
  type LoadedWall,
  loaders as places,
  personGramsOf,
} from '../../apps/server/src/modules/places/index.ts';
import type { Crypto } from '../../apps/server/src/platform/crypto/crypto.ts';
import type { Batch } from '../../apps/server/src/platform/db/copy.ts';
import type { Account, Compound, Scope, StaffMember } from './model.ts';
import { seededIds } from './ids.ts';
import { enteredAt } from './places/places.ts';
import { ownershipsOf, type PlannedHandover } from './places/tenure.ts';
import { handover, street as streetData } from './data/street.ts';
import { Random } from './random.ts';
import type { Street } from './street.ts';

/** Places with the people in them: a street, or one department's part of a city. */
export interface Town extends Pick<Street, 'staff' | 'residents' | 'shifts'> {
  readonly places: Pick<Street['places'], 'scopes' | 'organisations' | 'departments' | 'compounds'>;
  /** Marked, so that a load that broke off is wiped by its mark. */
  readonly isDemonstration: boolean;
}

/** A town as rows, made by the modules' own builders (encryption, indexes and masks included), parents first. */
export function batchesOfTown(inhabited: Town, crypto: Crypto): Batch[] {
  const createdAt = new Date(enteredAt);
  const { places: town, staff, residents, shifts, isDemonstration } = inhabited;
  const nameOf = new Map(staff.accounts.map((a) => [a.id, a.name]));
  const named = (accountId: string | null) =>
    accountId === null ? null : { accountId, name: nameOf.get(accountId)! };
  const batch = batcher(crypto);
  const inCompounds = <T>(make: (compound: Compound, wall: LoadedWall) => Iterable<T>): Iterable<T> =>
    flat(town.compounds, (compound) => make(compound, wallOf(compound.scope)));
  const inPeople = <T>(
    make: (at: (typeof residents.byCompound)[number], wall: LoadedWall) => Iterable<T>,
  ): Iterable<T> => flat(residents.byCompound, (at) => make(at, wallOf(at.compound.scope)));
  const memberships = [...staff.memberships, ...residents.memberships];

  return [
    batch(
      places.scope,
      town.scopes.map(({ id, ...rest }) => ({
        ...rest,
        scopeId: id,
        timeZone: 'Asia/Shanghai',
        isDemonstration,
        createdAt,
      })),
    ),
    batch(
      places.organisation,
      town.organisations.map(({ id, ...rest }) => ({ ...rest, organisationId: id })),
    ),
    batch(
      places.servicePeriod,
      flat(town.compounds, (compound) => periodsOf(compound, town)),
    ),
    batch(
      places.grid,
      inCompounds((compound, wall) =>
        compound.grids.map((grid) => ({
          ...wall,
          gridId: grid.id,
          code: grid.code,
          name: grid.name,
          socialWorker: named(grid.socialWorkerAccountId),
          steward: named(grid.stewardAccountId),
        })),
      ),
    ),
    batch(
      places.gridKeeper,
      inCompounds((compound, wall) =>
        compound.grids.flatMap((grid) =>
          (
            [
              ['steward', grid.stewardAccountId, grid.id],
              ['social_worker', grid.socialWorkerAccountId, grid.households[0]!.id],
            ] as const
          ).flatMap(([half, accountId, gridKeeperId]) =>
            accountId === null
              ? []
              : [
                  {
                    ...wall,
                    gridKeeperId,
                    gridId: grid.id,
                    half,
                    accountId,
                    name: nameOf.get(accountId)!,
                    startsOn: keptSince(compound, half),
                    endsOn: null,
                  },
                ],
          ),
        ),
      ),
    ),
    batch(
      places.building,
      inCompounds((compound, wall) =>
        compound.buildings.map((building) => ({ ...wall, ...building, buildingId: building.id })),
      ),
    ),
    batch(
      places.buildingOwner,
      ownershipsOf(town).map(({ compound, building, owner, startsOn }) => ({
        ...wallOf(compound.scope),
        buildingOwnerId: building.units[0]!.id,
        buildingId: building.id,
        ownerScopeId: owner.scopeId,
        organisationId: owner.id,
        startsOn,
        endsOn: null,
      })),
    ),
    batch(
      places.unit,
      inCompounds((compound, wall) =>
        compound.buildings.flatMap((building) =>
          building.units.map((unit) => ({ ...wall, ...unit, unitId: unit.id, buildingId: building.id })),
        ),
      ),
    ),
    batch(
      places.household,
      inCompounds((compound, wall) =>
        mapped(compound.households, (home) => ({ ...wall, ...home, householdId: home.id })),
      ),
    ),
    batch(
      places.person,
      inPeople(({ persons }, wall) =>
        mapped(persons, (person) => ({
          ...wall,
          ...person,
          personId: person.id,
          createdAt,
          isIndexed: true,
        })),
      ),
    ),
    batch(
      places.personGram,
      inPeople(({ persons }, wall) =>
        flat(persons, ({ id, name }) => personGramsOf(crypto, { scopeId: wall.scopeId, personId: id, name })),
      ),
    ),
    batch(
      places.occupancy,
      inPeople(({ occupancies }, wall) =>
        mapped(occupancies, (o) => ({
          ...wall,
          occupancyId: o.id,
          personId: o.person.id,
          householdId: o.household.id,
          accountId: o.person.accountId,
          relation: o.relation,
          startsOn: o.startsOn,
          endsOn: o.endsOn,
        })),
      ),
    ),
    batch(
      places.facility,
      inCompounds((compound, wall) =>
        compound.facilities.map((facility) => ({ ...wall, ...facility, facilityId: facility.id })),
      ),
    ),
    batch(
      places.staff,
      staff.members.map((m) => ({
        ...wallOf(m.scope),
        staffId: m.id,
        accountId: m.account.id,
        role: m.role,
        displayName: m.account.name,
        title: m.title,
        startsOn: m.startsOn,
        endsOn: null,
      })),
    ),
    batch(
      places.staffSkill,
      staff.members.flatMap((m) =>
        m.skills.map((skill) => ({ ...wallOf(m.scope), staffId: m.id, skill, ...certificateOf(m, skill) })),
      ),
    ),
    batch(
      dispatch.shiftPattern,
      shifts.patterns.map(({ id, scope, by, ...pattern }) => ({
        ...wallOf(scope),
        ...pattern,
        shiftPatternId: id,
        changedBy: by,
        changedAt: createdAt,
      })),
    ),
    batch(
      dispatch.roster,
      shifts.rosters.map(({ id, scope, by, accountId, patternId, kind }) => ({
        ...wallOf(scope),
        rosterId: id,
        accountId,
        shiftPatternId: patternId,
        kind,
        startsOn: '2026-01-01',
        changedBy: by,
        changedAt: createdAt,
      })),
    ),
    ...accountBatches([...staff.accounts, ...residents.accounts], batch),
    batch(
      identity.membership,
      mapped(memberships, (m) => ({ ...m, membershipId: m.id, endsOn: null })),
    ),
    batch(
      places.importRun,
      inPeople(({ compound, persons }, wall) => runsOf(staff, compound, persons.length, wall)),
    ),
  ];
}

/** What only the demonstration has: a compound that changes hands, a daughter who acts, and whom a visitor can be. */
export function batchesOf(street: Street, crypto: Crypto): Batch[] {
  const batch = batcher(crypto);
  return [
    ...batchesOfTown({ ...street, isDemonstration: true }, crypto),
    batch(places.takeover, street.handover === null ? [] : [takeoverOf(street.handover)]),
    ...accountBatches([street.consent.delegate], batch),
    batch(identity.consent, [
      {
        ...wallOf(street.places.scopes.find((scope) => scope.id === street.consent.scopeId)!),
        consentId: street.consent.id,
        householdId: street.consent.household.id,
        personId: street.consent.personId,
        grantorName: street.consent.grantorName,
        delegateAccountId: street.consent.delegate.id,
        delegateName: street.consent.delegateName,
        delegatePhone: street.consent.delegatePhone,
        kinship: 'child' as const,
        purposes: ['follow', 'report', 'confirm'] as const,
        startsOn: street.consent.startsOn,
        endsOn: street.consent.endsOn,
        givenAt: new Date(street.consent.givenAt),
        recordedBy: street.personas
          .filter(({ id }) => id === 'desk')
          .map(({ account }) => ({ accountId: account.id, name: account.name }))[0]!,
        note: '本人在电话里说，家里的报修都由女儿在手机上办。',
      },
    ]),
    batch(
      identity.persona,
      street.personas.map((p, i) => ({
        personaId: p.id,
        accountId: p.account.id,
        scopeId: p.membership.scopeId,
        membershipId: p.membership.id,
        role: p.membership.role,
        placeLabel: p.placeLabel,
        position: i + 1,
      })),
    ),
  ];
}

type Batcher = <T>(table: BulkTable<T>, inputs: Iterable<T>) => Batch;

const batcher =
  (crypto: Crypto): Batcher =>
  (table, inputs) => ({
    table: table.table,
    columns: table.columns,
    rows: rowsOf(table, inputs, crypto),
  });

function accountBatches(accounts: readonly Account[], batch: Batcher): Batch[] {
  return [
    batch(
      identity.account,
      mapped(accounts, (a) => ({
        accountId: a.id,
        displayName: a.name,
        phone: a.phone,
        locale: 'zh-CN' as const,
        isLargeType: false,
        isDemonstration: true,
        createdAt: new Date(a.createdAt),
      })),
    ),
    batch(
      identity.phoneRegistry,
      mapped(accounts, (a) => ({ accountId: a.id, phone: a.phone })),
    ),
  ];
}

function* rowsOf<T>(table: BulkTable<T>, inputs: Iterable<T>, crypto: Crypto): Generator<unknown[]> {
  for (const input of inputs) yield table.row(input, crypto);
}

function* mapped<T, U>(from: Iterable<T>, make: (one: T) => U): Generator<U> {
  for (const one of from) yield make(one);
}

function* flat<T, U>(from: Iterable<T>, make: (one: T) => Iterable<U>): Generator<U> {
  for (const one of from) yield* make(one);
}

function wallOf(scope: Scope): LoadedWall {
  return { scopeId: scope.id, cityId: scope.cityId, streetId: scope.streetId, companyId: scope.companyId };
}

/** The pairs were named one after the other, when the grids had been laid out. */
function keptSince(compound: Compound, half: 'steward' | 'social_worker'): string {
  const random = new Random(`keepers ${compound.scope.id} ${half}`);
  return `${random.int(2024, 2025)}-${random.pick(['04', '07', '09', '11'])}-01`;
}

/** As the street planned it. */
function takeoverOf({ compound, to, ...plan }: PlannedHandover) {
  return {
    ...wallOf(compound.scope),
    takeoverId: compound.buildings[0]!.id,
    fromDepartmentId: compound.department.scope.id,
    toCompanyId: to.companyScope.id,
    toDepartmentId: to.scope.id,
    effectiveOn: plan.effectiveOn,
    documentNumber: handover.documentNumber,
    decidedBy: `${streetData.name}办事处`,
    note: handover.note,
    plannedBy: plan.plannedBy.id,
    plannedAt: new Date(plan.plannedAt),
    nextDueAt: new Date(plan.nextDueAt),
  };
}

/** How the compound's register came in: three lists, by its manager. */
function runsOf(staff: Street['staff'], compound: Compound, people: number, wall: LoadedWall) {
  const manager = staff.members.find(
    (m) => m.role === 'manager' && m.scope.id === compound.department.scope.id,
  );
  if (manager === undefined) return [];
  const nextId = seededIds(new Random(`imports ${wall.scopeId}`));
  const units = compound.buildings.reduce((sum, building) => sum + building.units.length, 0);
  return (
    [
      ['buildings', '楼栋单元.xlsx', units],
      ['households', '房屋台账.xlsx', compound.households.length],
      ['people', '住户名册.xlsx', people],
    ] as const
  ).map(([kind, name, rows], i) => {
    const at = enteredAt + i * 600_000;
    return {
      ...wall,
      importId: nextId(at),
      accountId: manager.account.id,
      kind,
      sourceName: `${compound.scope.name}${name}`,
      rows,
      at: new Date(at),
    };
  });
}

/** Who has served the compound; one in eight was taken over from another company. */
function periodsOf(compound: Compound, town: Town['places']) {
  const random = new Random(`periods ${compound.scope.id}`);
  const { department, scope } = compound;
  const since = `${random.int(2016, 2022)}-${random.pick(['01', '04', '07', '10'])}-01`;
  const period = (id: string, from: Compound['department'], startsOn: string, endsOn: string | null) => ({
    scopeId: scope.id,
    servicePeriodId: id,
    companyId: from.companyScope.id,
    departmentId: from.scope.id,
    startsOn,
    endsOn,
  });
  const own = compound.grids[0]!.id;
  const periods = [period(own, department, since, null)];
  const earlier = town.departments.find((d) => d.companyScope !== department.companyScope);
  if (earlier && random.chance(0.125))
    periods.unshift(period(compound.buildings[0]!.id, earlier, '2009-07-01', since));
  return periods;
}

const licensed: ReadonlySet<string> = new Set(['electrical', 'lift', 'gas', 'fire']);

/** What needs a certificate by law has one, with a number that says what it is. */
function certificateOf(
  member: StaffMember,
  skill: string,
): { certificateNo: string | null; validUntil: string | null } {
  if (!licensed.has(skill)) return { certificateNo: null, validUntil: null };
  return { certificateNo: `DEMO-${skill.toUpperCase()}-${member.id.slice(-8)}`, validUntil: '2099-12-31' };
}
