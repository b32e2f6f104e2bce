import { addDays, DAY, type Instant, localDate, maskName, maskPhone } from '@gongzhi/kernel';
import type { Account, Household } from '../model.ts';
import type { Party } from '../orders/life.ts';
import type { CompoundPeople } from './residents.ts';

/** The mother of the demonstration has no phone; her daughter lives elsewhere and acts for her. */
export const mother = { name: '周桂英', home: '1号楼1单元102' } as const;

export interface FamilyConsent {
  readonly id: string;
  readonly scopeId: string;
  readonly household: Household;
  readonly personId: string;
  readonly delegate: Account;
  readonly grantorName: string;
  readonly delegateName: string;
  readonly delegatePhone: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly givenAt: Instant;
}

/** Given on the phone two weeks ago, for half a year. */
export function consentTo(
  daughter: Account,
  { compound, persons, occupancies }: CompoundPeople,
  id: string,
  now: Instant,
): FamilyConsent {
  const person = persons.find((one) => one.name === mother.name && one.accountId === null)!;
  const givenAt = now - 14 * DAY;
  const startsOn = localDate(givenAt);
  return {
    id,
    scopeId: compound.scope.id,
    household: occupancies.find((one) => one.person === person)!.household,
    personId: person.id,
    delegate: daughter,
    grantorName: maskName(person.name),
    delegateName: maskName(daughter.name),
    delegatePhone: maskPhone(daughter.phone),
    startsOn,
    endsOn: addDays(startsOn, 183),
    givenAt,
  };
}

export const delegateParty = ({ delegate, id, grantorName }: FamilyConsent): Party => ({
  accountId: delegate.id,
  name: maskName(delegate.name),
  role: 'resident',
  relations: ['reporter'],
  onBehalf: { name: grantorName, consentId: id },
});
