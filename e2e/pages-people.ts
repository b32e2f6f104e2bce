import { desk, press, type Stop } from './stops.ts';

/** The people of a compound and their homes. */
export const peoplePages: readonly Stop[] = [
  desk('people', 'desk', '/people?q=w'),
  desk('people, nobody found', 'desk', '/people?q=%E9%BE%98'),
  desk('a person', 'steward', ({ person }) => `/people?q=w&person=${person.id}&in=${person.scopeId}`),
  desk(
    'a person, asking to see the name',
    'desk',
    ({ person }) => `/people?q=w&person=${person.id}&in=${person.scopeId}`,
    async (page, say) => {
      await page.getByRole('button', { name: say('people.reveal') }).click();
      await page.getByRole('form', { name: say('people.reveal') }).waitFor();
    },
  ),
  desk(
    'a person, put right',
    'desk',
    ({ person }) => `/people?q=w&person=${person.id}&in=${person.scopeId}`,
    press('people.correct'),
  ),
  desk(
    'a person, erasing',
    'manager',
    ({ person }) => `/people?q=w&person=${person.id}&in=${person.scopeId}`,
    press('personal.erase'),
  ),
  desk('household', 'desk', ({ home }) => `/households/${home.scopeId}/${home.id}`),
  desk(
    'household of a social worker',
    'social_worker',
    ({ home }) => `/households/${home.scopeId}/${home.id}`,
  ),
  desk(
    'household, a sale',
    'desk',
    ({ home }) => `/households/${home.scopeId}/${home.id}`,
    press('household.sell'),
  ),
  desk(
    'household, moving in',
    'manager',
    ({ home }) => `/households/${home.scopeId}/${home.id}`,
    press('household.moveIn'),
  ),
];
