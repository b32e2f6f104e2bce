import type { Instant } from '@gongzhi/kernel';
import type { Sex } from '../data/names.ts';
import type { Account, Compound, Household, Membership, Occupancy, Person, Places } from '../model.ts';
import { enteredAt } from '../places/places.ts';
import { seededIds } from '../ids.ts';
import type { Random } from '../random.ts';
import { familyNameOf, makeName, residentPhone } from './names.ts';

/** Adults with a phone who have the app: some 2,000 of the whole street. */
const accountShare = 0.089;

export interface CompoundPeople {
  readonly compound: Compound;
  readonly persons: readonly Person[];
  readonly occupancies: readonly Occupancy[];
}

export interface Residents {
  readonly byCompound: readonly CompoundPeople[];
  readonly accounts: readonly Account[];
  readonly memberships: readonly Membership[];
}

/** Fixed people put into a home instead of drawn ones: the personas. */
export interface Settler {
  readonly household: Household;
  readonly name: string;
  /** Null: an old mother, who has none. */
  readonly account: Account | null;
  /** Works here too: the account is the one of the staff, with a second membership. */
  readonly isStaff?: boolean;
}

export function makeResidents(
  places: Places,
  random: Random,
  settlers: readonly Settler[],
  onBeat: () => void = () => {},
): Residents {
  const nextId = seededIds(random);
  const ids = (): string => nextId(enteredAt);
  const accounts: Account[] = [];
  const memberships: Membership[] = [];
  const landlords: Account[] = [];
  const settled = new Map(settlers.map((s) => [s.household, s]));
  let serial = 0;

  const byCompound = places.compounds.map((compound): CompoundPeople => {
    onBeat();
    const before = accounts.length;
    const own = random.fork(compound.scope.name);
    const persons: Person[] = [];
    const occupancies: Occupancy[] = [];
    const person = (name: string, hasPhone: boolean): Person => {
      const made = { id: ids(), name, phone: hasPhone ? residentPhone(serial++) : null, accountId: null };
      persons.push(made);
      return made;
    };
    const enrol = (who: Person, account: Account, isNew = true): void => {
      who.accountId = account.id;
      if (isNew) accounts.push(account);
      memberships.push({
        id: ids(),
        scopeId: compound.scope.id,
        accountId: account.id,
        role: 'resident',
        startsOn: dateOf(account.createdAt),
      });
    };
    const live = (
      who: Person,
      household: Household,
      relation: Occupancy['relation'],
      startsOn: string,
      endsOn: string | null = null,
    ): void => {
      occupancies.push({ id: ids(), person: who, household, relation, startsOn, endsOn });
      const mayJoin = endsOn === null && who.phone !== null && who.accountId === null;
      if (!mayJoin || !own.chance(accountShare)) return;
      enrol(who, {
        id: ids(),
        name: who.name,
        phone: who.phone!,
        createdAt: enteredAt + own.int(0, 500) * 86_400_000,
      });
    };

    for (const household of compound.households) {
      const settler = settled.get(household);
      if (settler) {
        const phone = settler.account?.phone ?? null;
        const made: Person = { id: ids(), name: settler.name, phone, accountId: null };
        persons.push(made);
        if (settler.account !== null) enrol(made, settler.account, settler.isStaff !== true);
        live(made, household, 'owner', '2011-05-18');
        continue;
      }
      const landlord = landlords.length > 0 && own.chance(0.005) ? own.pick(landlords) : null;
      if (landlord && !persons.some((p) => p.accountId === landlord.id)) {
        // A second home in the street: one account, a membership in each compound.
        const made: Person = { id: ids(), name: landlord.name, phone: landlord.phone, accountId: null };
        persons.push(made);
        enrol(made, landlord, false);
        live(made, household, 'owner', dayIn(2015, own));
        live(person(makeName(own, own.int(1970, 2001)), true), household, 'tenant', dayIn(2023, own));
        continue;
      }
      settle(household, compound, own, person, live);
    }
    landlords.push(...accounts.slice(before).filter((a) => !settlers.some((s) => s.account === a)));
    return { compound, persons, occupancies };
  });
  return { byCompound, accounts, memberships };
}

type MakePerson = (name: string, hasPhone: boolean) => Person;
type Live = (
  who: Person,
  household: Household,
  relation: Occupancy['relation'],
  startsOn: string,
  endsOn?: string | null,
) => void;

/** Who owns and who lives in one home: about 1.4 people the property company knows of. */
function settle(
  household: Household,
  compound: Compound,
  random: Random,
  person: MakePerson,
  live: Live,
): void {
  const built = compound.scope.builtYear ?? 1985;
  const bought = random.int(Math.max(built, 1998), 2022);
  const born = random.int(1938, 1996);
  const sex: Sex = random.chance(0.48) ? 'f' : 'm';
  const owner = person(makeName(random, born, sex), true);
  live(owner, household, 'owner', dayIn(bought, random));

  const use = random.weighted([
    ['family', 70],
    ['let', 22],
    ['empty', 8],
  ] as const);
  if (use === 'family' && random.chance(0.27)) {
    const isChild = random.chance(0.4);
    const name = isChild
      ? makeName(random, born + random.int(24, 34), undefined, familyNameOf(owner.name))
      : makeName(random, born + random.int(-4, 4), sex === 'f' ? 'm' : 'f');
    live(person(name, !isChild || random.chance(0.7)), household, 'family', dayIn(bought, random));
  }
  if (use === 'let') {
    if (random.chance(0.12)) {
      const left = random.int(2021, 2022);
      live(
        person(makeName(random, random.int(1970, 2000)), true),
        household,
        'tenant',
        dayIn(left - 2, random),
        dayIn(left, random),
      );
    }
    live(person(makeName(random, random.int(1968, 2001)), true), household, 'tenant', dayIn(2023, random));
  }
}

function dayIn(year: number, random: Random): string {
  return `${year}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;
}

function dateOf(instant: Instant): string {
  return new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10);
}
