import { DAY, type Instant, maskName } from '@gongzhi/kernel';
import type { Account, Compound, Department, Grid, Household, Places, StaffMember } from '../model.ts';
import type { CompoundPeople, Residents } from '../people/residents.ts';
import type { Staff } from '../people/staff.ts';
import type { Random } from '../random.ts';
import type { Relation } from '../rules.ts';
import type { Handler, Party } from './life.ts';

/** When somebody is out on a job. Jobs come in no order: an order of last night may be visited after one of this morning. */
export class Diary {
  #jobs: (readonly [from: Instant, to: Instant])[] = [];

  /** The first moment from `at` on with that much time before the next job. */
  freeFrom(at: Instant, length: number): Instant {
    let from = at;
    for (const [begins, ends] of this.#jobs) {
      if (ends <= from) continue;
      if (begins >= from + length) break;
      from = ends;
    }
    return from;
  }

  enter(from: Instant, to: Instant): void {
    this.#jobs = [...this.#jobs.filter(([, ends]) => ends > from - 3 * DAY), [from, to] as const].sort(
      (a, b) => a[0] - b[0],
    );
  }
}

/** A worker with a diary: one thing at a time. */
export interface Hand {
  readonly member: StaffMember;
  readonly party: Party;
  readonly diary: Diary;
  /** From then on nothing drawn by lot is given to this hand: a persona's day is scripted. */
  leavesAt: Instant;
}

/** Who answers for a department's compounds. */
export interface Crew {
  readonly department: Department;
  readonly compounds: readonly Ground[];
  readonly desks: readonly Party[];
  readonly manager: Party;
  readonly handsBySkill: ReadonlyMap<string, readonly Hand[]>;
  readonly hands: readonly Hand[];
}

/** A compound with what the simulation asks of it often. */
export interface Ground {
  readonly compound: Compound;
  readonly people: CompoundPeople;
  /** Residents with the app, and where they live. */
  readonly members: readonly {
    readonly account: Account;
    readonly household: Household;
    readonly party: Party;
  }[];
  /** Adults who can be called, one home each. */
  readonly callers: readonly {
    readonly name: string;
    readonly phone: string;
    readonly household: Household;
  }[];
  readonly stewardOf: ReadonlyMap<string, Party>;
  readonly socialWorkerOf: ReadonlyMap<string, Party>;
  readonly committee: Party;
}

const relationsOf: Readonly<Record<string, readonly Relation[]>> = {
  desk: ['desk'],
  steward: ['desk'],
  manager: ['desk', 'manager'],
  company: ['company'],
  committee: ['overseer'],
  social_worker: ['overseer'],
  street: ['overseer'],
  city: ['overseer'],
};

export function staffParty(member: StaffMember): Party {
  return {
    accountId: member.account.id,
    name: member.account.name,
    role: member.role,
    relations: relationsOf[member.role] ?? [],
  };
}

/** Residents are known to the others by their masked name. */
export function residentParty(account: Account): Party {
  return { accountId: account.id, name: maskName(account.name), role: 'resident', relations: ['reporter'] };
}

export function makeCrews(
  places: Pick<Places, 'departments' | 'compounds'>,
  staff: Staff,
  residents: Residents,
): Crew[] {
  const byAccount = new Map(staff.members.map((m) => [m.account.id, staffParty(m)]));
  const peopleOf = new Map(residents.byCompound.map((p) => [p.compound, p]));
  const accounts = new Map(residents.accounts.map((a) => [a.id, a]));
  const committeeOf = new Map(
    staff.members
      .filter((m) => m.role === 'committee')
      .map((m) => [m.scope.id, staffParty(m)] as const)
      .toReversed(),
  );

  return places.departments.map((department): Crew => {
    const own = staff.members.filter((m) => m.scope === department.scope);
    const hands = own
      .filter((m) => m.role === 'worker')
      .map(
        (member): Hand => ({
          member,
          party: staffParty(member),
          diary: new Diary(),
          leavesAt: Number.POSITIVE_INFINITY,
        }),
      );
    // Questions go to stewards and the desk; what any office can answer needs no trade.
    const office = own
      .filter((m) => m.role === 'steward' || m.role === 'desk')
      .map(
        (member): Hand => ({
          member,
          party: staffParty(member),
          diary: new Diary(),
          leavesAt: Number.POSITIVE_INFINITY,
        }),
      );
    const handsBySkill = new Map<string, Hand[]>([['office', office]]);
    for (const hand of [...hands, ...office]) {
      for (const skill of hand.member.skills) {
        if (skill !== 'office') handsBySkill.set(skill, [...(handsBySkill.get(skill) ?? []), hand]);
      }
    }
    const compounds = places.compounds
      .filter((c) => c.department === department)
      .map((compound) =>
        groundOf(
          compound,
          peopleOf.get(compound)!,
          accounts,
          byAccount,
          committeeOf.get(compound.community.scope.id)!,
        ),
      );
    return {
      department,
      compounds,
      hands,
      handsBySkill,
      desks: own.filter((m) => m.role === 'desk').map(staffParty),
      manager: staffParty(own.find((m) => m.role === 'manager')!),
    };
  });
}

function groundOf(
  compound: Compound,
  people: CompoundPeople,
  accounts: ReadonlyMap<string, Account>,
  byAccount: ReadonlyMap<string, Party>,
  committee: Party,
): Ground {
  const living = people.occupancies.filter((o) => o.endsOn === null);
  const pairOf = (idOf: (grid: Grid) => string | null): Map<string, Party> =>
    new Map(compound.grids.map((grid) => [grid.id, byAccount.get(idOf(grid)!)!]));
  return {
    compound,
    people,
    members: living.flatMap(({ person, household }) => {
      const account = person.accountId === null ? undefined : accounts.get(person.accountId);
      return account ? [{ account, household, party: residentParty(account) }] : [];
    }),
    callers: living.flatMap(({ person, household }) =>
      person.phone === null || person.accountId !== null
        ? []
        : [{ name: person.name, phone: person.phone, household }],
    ),
    stewardOf: pairOf((grid) => grid.stewardAccountId),
    socialWorkerOf: pairOf((grid) => grid.socialWorkerAccountId),
    committee,
  };
}

/** The desk on duty; in the smaller half of cases the household's own steward takes it up. */
export function deskFor(crew: Crew, ground: Ground, household: Household | null, random: Random): Party {
  const steward = household === null ? undefined : ground.stewardOf.get(household.gridId);
  return steward && random.chance(0.3) ? steward : random.pick(crew.desks);
}

/** Of those who can: somebody who is free at that moment, else whoever is first. */
export function handFor(crew: Crew, skill: string, at: Instant, random: Random, except?: Hand): Hand {
  const able = (crew.handsBySkill.get(skill) ?? []).filter((hand) => hand !== except && hand.leavesAt > at);
  if (able.length === 0) return except ?? random.pick(crew.handsBySkill.get(skill)!);
  const idle = able.filter((hand) => hand.diary.freeFrom(at, 1) === at);
  if (idle.length > 0) return random.pick(idle);
  return able.reduce((best, hand) => (hand.diary.freeFrom(at, 1) < best.diary.freeFrom(at, 1) ? hand : best));
}

export function handlersOf(staff: Staff): ReadonlyMap<string, Handler> {
  return new Map(staff.members.map((m) => [m.account.id, { name: m.account.name, title: m.title }]));
}
