import { expect, test } from 'vitest';
import { makeText } from '../../app/text.ts';
import { eventWords } from './words.ts';

const at = '2026-11-17T02:00:00.000Z';
const line = (kind: string, params: Record<string, unknown>) =>
  eventWords(
    { id: '1', kind: `hotline_case.${kind}`, at, actorName: 'Jia', actorRole: 'desk', params },
    makeText('en'),
    0,
  );

test.each([
  ['passed', { from: 'City', unit: 'Street', note: null }, 'City passed it to Street'],
  [
    'passed',
    { from: 'City', unit: 'Street', note: 'today please' },
    'City passed it to Street: today please',
  ],
  ['contacted', { how: 'visit', note: null }, 'Jia contacted the caller (In person)'],
  ['contacted', { how: 'phone', note: 'rings at six' }, 'Jia contacted the caller (By phone): rings at six'],
  [
    'objected',
    { unit: 'Firm', ground: 'not_our_duty', reason: 'next door’s' },
    'Firm objected (Not our duty): next door’s',
  ],
  [
    'exclusion_asked',
    { ground: 'outside_duties', reason: 'measured' },
    'Jia asked for exclusion (Outside public duties): measured',
  ],
  ['exclusion_decided', { isApproved: true, reason: 'seen' }, 'Excluded: seen'],
  ['exclusion_decided', { isApproved: false, reason: 'seen' }, 'Not excluded: seen'],
  ['dismissed', { ground: 'secret', reason: 'so it is' }, 'Returned to the hotline (Secret): so it is'],
  ['order_moved', { number: '7', step: 'finished' }, 'Work order 7: work done'],
])('%s: everything that was said is in the story', (kind, params, words) => {
  expect(line(kind, params)).toBe(words);
});
