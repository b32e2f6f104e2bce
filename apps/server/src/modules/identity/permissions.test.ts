import { expect, it } from 'vitest';
import { roles } from '../../platform/permissions/permissions.ts';
import { actorOf, homeOfRole } from './permissions.ts';

const facts = {
  membershipId: 'm',
  accountId: 'a',
  scopeId: 'home',
  compoundIds: ['c1', 'c2'],
  households: [{ id: 'h', since: 0 }],
};

it.each([
  ['resident', 'resident', ['home'], null, ['h']],
  ['worker', 'scope', ['home', 'c1', 'c2'], null, []],
  ['steward', 'scope', ['home', 'c1', 'c2'], null, []],
  ['desk', 'scope', ['home', 'c1', 'c2'], null, []],
  ['manager', 'scope', ['home', 'c1', 'c2'], null, []],
  ['guard', 'scope', ['home', 'c1', 'c2'], null, []],
  ['social_worker', 'scope', ['home', 'c1', 'c2'], null, []],
  ['committee', 'scope', ['home', 'c1', 'c2'], null, []],
  ['company', 'company', [], 'home', []],
  ['street', 'street', [], 'home', []],
  ['city', 'city', [], 'home', []],
] as const)('%s acts as %s', (role, kind, scopeIds, regionId, homes) => {
  expect(actorOf({ ...facts, role })).toEqual({
    kind,
    accountId: 'a',
    membershipId: 'm',
    scopeIds,
    regionId,
    households: homes.map((id) => ({ id, since: 0 })),
  });
});

it('gives every role a home', () => {
  for (const role of roles) expect(homeOfRole(role)).toMatch(/^\/(m|desk)\/$/);
});
