import { makePart } from './part.ts';
import { planCity } from './plan.ts';
import type { CitySettings } from './settings.ts';
import { makeCitySkeleton, makeOffices } from './skeleton.ts';

export interface CityLogin {
  readonly role: string;
  readonly name: string;
  readonly phone: string;
  readonly place: string;
}

/** Somebody of every kind to sign in as; the sign-in page of a demonstration shows the code. */
export function cityLogins(settings: CitySettings): CityLogin[] {
  const plan = planCity(settings);
  const skeleton = makeCitySkeleton(plan);
  const { town } = makePart(plan, skeleton, 0);
  const members = [...makeOffices(plan, skeleton).members, ...town.staff.members];
  const staff = ['city', 'company', 'street', 'manager', 'desk', 'steward', 'worker'].flatMap((role) => {
    const member = members.find((one) => one.role === role);
    return member === undefined
      ? []
      : [{ role, name: member.account.name, phone: member.account.phone, place: member.scope.name }];
  });
  const account = town.residents.accounts[0];
  const home = town.residents.byCompound
    .flatMap(({ compound, occupancies }) => occupancies.map((one) => ({ compound, ...one })))
    .find(({ person }) => person.accountId !== null && person.accountId === account?.id);
  if (account === undefined || home === undefined) return staff;
  const place = `${home.compound.scope.name} ${home.household.label}`;
  return [...staff, { role: 'resident', name: account.name, phone: account.phone, place }];
}
