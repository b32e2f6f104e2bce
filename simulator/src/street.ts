import { DAY, type Instant } from '@gongzhi/kernel';
import { homeCompound } from './data/street.ts';
import { personas } from './data/staff.ts';
import type { Account, Household, Membership, Places } from './model.ts';
import { type Crew, type Ground, handlersOf, makeCrews, residentParty } from './orders/crews.ts';
import { sixWeeks } from './orders/hours.ts';
import type { Life, Stage } from './orders/life.ts';
import { type FamilyConsent, consentTo, mother } from './people/family.ts';
import { personaOrders } from './orders/personas.ts';
import { drawReports } from './orders/reports.ts';
import { tell } from './orders/story.ts';
import { Tally, topUp } from './orders/today.ts';
import { phoneNumber } from './people/names.ts';
import { makeResidents, type Residents, type Settler } from './people/residents.ts';
import { type DemoShifts, makeShifts } from './people/shifts.ts';
import { makeStaff, type Staff } from './people/staff.ts';
import { enteredAt, makePlaces } from './places/places.ts';
import { type PlannedHandover, plannedHandover } from './places/tenure.ts';
import { seededIds } from './ids.ts';
import { Random } from './random.ts';
import { defaultSettings } from './rules.ts';

export interface StreetOptions {
  /** The whole street is 1; 0.02 is two small departments. */
  readonly scale?: number;
  /** The history ends here. */
  readonly now: Instant;
  readonly seed?: string;
  /** Called now and then while the street is built. */
  onBeat?(): void;
}

/** Who a visitor can be. */
export interface Persona {
  readonly id: string;
  readonly account: Account;
  readonly membership: Membership;
  readonly placeLabel: string;
}

export interface Street {
  readonly places: Places;
  readonly staff: Staff;
  readonly shifts: DemoShifts;
  readonly residents: Residents;
  readonly crews: readonly Crew[];
  readonly personas: readonly Persona[];
  /** A compound that changes its company soon. */
  readonly handover: PlannedHandover | null;
  /** What a mother lets her daughter do. */
  readonly consent: FamilyConsent;
  /** Plays the orders, one after the other; each is complete when it is given. Once only. */
  orders(): Generator<Life>;
  /** About how many orders there will be, for a progress bar. */
  readonly ordersExpected: number;
}

/** Builds the street without orders, in a fraction of a second; the same seed gives the same one. */
export function buildStreet({
  scale = 1,
  now,
  seed = 'gongzhi street 1',
  onBeat = () => {},
}: StreetOptions): Street {
  const random = new Random(seed);
  const places = makePlaces(random.fork('places'), scale);
  onBeat();
  const staff = makeStaff(places, random.fork('staff'));
  const shifts = makeShifts(staff.members, random.fork('shifts'));
  const settlers = settlersOf(places, staff, random.fork('settlers'));
  const residents = makeResidents(places, random.fork('residents'), settlers, onBeat);
  const crews = makeCrews(places, staff, residents);
  const daughter = daughterOf(random.fork('family'));
  const consent = consentTo(
    daughter,
    residents.byCompound.find(({ compound }) => compound.scope.name === homeCompound)!,
    seededIds(random.fork('consent'))(enteredAt),
    now,
  );
  const found = personasOf(places, staff, residents, settlers, consent);
  const reserved = { accountIds: new Set(settlers.flatMap((s) => s.account?.id ?? [])) };
  const nextId = seededIds(random);
  const handlers = handlersOf(staff);
  const stage: Stage = {
    now,
    settings: defaultSettings,
    newId: nextId,
    handlerOf: (id) => handlers.get(id) ?? null,
  };
  const households = places.compounds.reduce((sum, c) => sum + c.households.length, 0);

  function* orders(): Generator<Life> {
    const home = crews[0]!;
    const worker = home.hands.find((hand) => hand.member.account.name === nameOf('worker'))!;
    // Their day is scripted: what is drawn by lot stays clear of it.
    worker.leavesAt = now - 4 * DAY;
    for (const crew of crews) {
      const own = random.fork(`orders ${crew.department.name}`);
      const tally = new Tally(now);
      for (const report of drawReports(crew, now - sixWeeks, now, own, reserved)) {
        const life = tell(stage, report, own.fork(`${report.at} ${report.placeLabel}`));
        tally.count(life);
        yield life;
      }
      yield* topUp(stage, crew, tally, own.fork('today'), reserved);
    }
    yield* personaOrders(
      stage,
      home,
      groundOf(home),
      {
        worker,
        resident: residentParty(settlers[0]!.account!),
        neighbour: residentParty(settlers[1]!.account!),
        consent,
      },
      random.fork('personas'),
    );
  }

  return {
    places,
    staff,
    shifts,
    residents,
    crews,
    personas: found,
    consent,
    handover: plannedHandover(places, found.find(({ id }) => id === 'street')!.account, now),
    orders,
    ordersExpected: Math.round(households * 0.62) + crews.length * 10,
  };
}

function nameOf(id: string): string {
  return personas.find((p) => p.id === id)!.name;
}

function groundOf(crew: Crew): Ground {
  return crew.compounds.find((g) => g.compound.scope.name === homeCompound)!;
}

function accountOfPersona(id: string, accountId: string): Account {
  const place = personas.findIndex((p) => p.id === id);
  return {
    id: accountId,
    name: personas[place]!.name,
    phone: phoneNumber(place + 1),
    createdAt: enteredAt,
  };
}

/** She lives in another city and is here by nothing but her mother's word. */
function daughterOf(random: Random): Account {
  return accountOfPersona('daughter', seededIds(random)(enteredAt));
}

/**
 * The resident of the scenarios, her neighbour one floor above behind the same door of the landing, and the social
 * worker, who lives round the corner: one account that is a neighbour in one compound and works for others.
 */
function settlersOf(places: Places, staff: Staff, random: Random): Settler[] {
  const nextId = seededIds(random);
  const homeAt = (compound: string, label: string): Household =>
    places.compounds.find((c) => c.scope.name === compound)!.households.find((h) => h.label === label)!;
  const newcomer = (id: string): Account => accountOfPersona(id, nextId(enteredAt));
  const settle = (household: Household, account: Account, isStaff = false): Settler => ({
    household,
    name: account.name,
    account,
    isStaff,
  });
  return [
    settle(homeAt(homeCompound, '1号楼1单元201'), newcomer('resident')),
    settle(homeAt(homeCompound, '1号楼1单元301'), newcomer('neighbour')),
    settle(
      homeAt('隆兴里', '1号楼1单元202'),
      staff.accounts.find((a) => a.name === nameOf('social_worker'))!,
      true,
    ),
    { household: homeAt(homeCompound, mother.home), name: mother.name, account: null },
  ];
}

function personasOf(
  places: Places,
  staff: Staff,
  residents: Residents,
  settlers: readonly Settler[],
  consent: FamilyConsent,
): Persona[] {
  const memberships = [...staff.memberships, ...residents.memberships];
  const scopes = new Map(places.scopes.map((s) => [s.id, s]));
  return personas.map(({ id, name, role }): Persona => {
    // Whoever acts for another signs in on the consent as on a membership.
    if (consent.delegate.name === name) {
      const { delegate, scopeId, startsOn, household } = consent;
      return {
        id,
        account: delegate,
        membership: { id: consent.id, scopeId, accountId: delegate.id, role, startsOn },
        placeLabel: `${scopes.get(scopeId)!.name} ${household.label}`,
      };
    }
    const settler = role === 'resident' ? settlers.find((s) => s.name === name) : undefined;
    const account =
      settler?.account ?? staff.members.find((m) => m.role === role && m.account.name === name)!.account;
    const membership = memberships.find((m) => m.accountId === account.id && m.role === role)!;
    const scope = scopes.get(membership.scopeId)!;
    return {
      id,
      account,
      membership,
      placeLabel: settler ? `${scope.name} ${settler.household.label}` : scope.name,
    };
  });
}
