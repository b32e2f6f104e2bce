import { expect, test } from 'vitest';
import type { PatrolCheck, PatrolRound } from '../../api-types.ts';
import { asked, checkOfLabel } from './queries.ts';

const check = (
  checkpointId: string,
  state: PatrolCheck['state'],
  facilityId: string | null,
): PatrolCheck => ({
  checkpointId,
  label: checkpointId,
  placeLabel: '',
  spot: '',
  facilityId,
  state,
  minutes: 5,
  how: null,
  result: null,
  note: null,
  doneByName: null,
  doneAt: null,
  order: null,
});
const round = (id: string, scopeId: string, checks: PatrolCheck[]): PatrolRound => ({
  id,
  scopeId,
  scopeName: '',
  routeId: 'r',
  routeLabel: '',
  opensAt: '',
  dueAt: '',
  closesAt: '',
  state: 'open',
  doneAt: null,
  checks,
});

test('a label finds its checkpoint where it is still to be seen, and only in its own compound', () => {
  const rounds = [
    round('one', 's', [check('a', 'done', 'f'), check('b', 'spared', 'g')]),
    round('two', 's', [check('c', 'open', 'f')]),
  ];
  expect(checkOfLabel(rounds, { scopeId: 's', facilityId: 'f' })?.check.checkpointId).toBe('c');
  expect(checkOfLabel(rounds.slice(0, 1), { scopeId: 's', facilityId: 'f' })?.check.checkpointId).toBe('a');
  expect(checkOfLabel(rounds, { scopeId: 's', facilityId: 'g' })).toBeNull();
  expect(checkOfLabel(rounds, { scopeId: 'x', facilityId: 'f' })).toBeNull();
  expect(asked(rounds[0]!).map(({ checkpointId }) => checkpointId)).toEqual(['a']);
});
