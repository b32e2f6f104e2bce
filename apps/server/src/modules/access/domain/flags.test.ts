import { HOUR, MINUTE } from '@gongzhi/kernel';
import { expect, test } from 'vitest';
import { type FlagKind, flagsOf, type KnownSince, type Offline } from './flags.ts';

const at = Date.UTC(2026, 10, 23, 0, 30);
const decided: Offline = {
  at,
  deviceAt: at,
  outcome: 'pass',
  listAt: at - HOUR,
  hasPass: true,
  isUrgent: false,
};
const known: KnownSince = {
  receivedAt: at + 20 * MINUTE,
  skew: 0,
  pass: { isStopped: false, stoppedAt: at - HOUR },
  isUsedElsewhere: false,
  isOverrideBeyond: false,
  isDeviceGone: false,
  outcome: 'pass',
};
const stopped = (stoppedAt: number) => ({ isStopped: true, stoppedAt });

test.each<[string, Partial<Offline>, Partial<KnownSince>, FlagKind[]]>([
  ['nothing was otherwise', {}, {}, []],
  ['used at another gate', {}, { isUsedElsewhere: true, outcome: 'refuse' }, ['used_twice']],
  ['let through by a phone that was taken away', {}, { isDeviceGone: true }, ['device_revoked']],
  [
    'stopped by a phone that was taken away',
    { outcome: 'refer' },
    { outcome: 'refer', isDeviceGone: true },
    [],
  ],
  ['let through by who may not', { isUrgent: true }, { isOverrideBeyond: true }, ['override_beyond']],
  ['turned away here, let in there', { outcome: 'refuse' }, { isUsedElsewhere: true, outcome: 'refuse' }, []],
  ['stopped before', {}, { pass: stopped(at - 1), outcome: 'refuse' }, ['revoked']],
  ['stopped at that very moment', {}, { pass: stopped(at), outcome: 'refuse' }, ['revoked']],
  ['stopped a moment later', {}, { pass: stopped(at + 1) }, []],
  ['not known', {}, { pass: null, outcome: 'refer' }, ['unknown_pass']],
  ['nobody showed anything', { hasPass: false, outcome: 'refer' }, { pass: null, outcome: 'refer' }, []],
  ['would have been refused', {}, { outcome: 'refuse' }, ['outcome_differs']],
  ['would have been let in', { outcome: 'refuse' }, { outcome: 'pass' }, ['outcome_differs']],
  ['reported or not is no difference', {}, { outcome: 'pass_report' }, []],
  ['refused or referred is none either', { outcome: 'refer' }, { outcome: 'refuse' }, []],
  ['cannot be said', {}, { outcome: null }, []],
  [
    'a birth is never questioned',
    { isUrgent: true, outcome: 'pass_report', hasPass: false },
    { pass: null, outcome: 'refuse' },
    [],
  ],
  ['a minute off is forgiven', { deviceAt: at + MINUTE }, {}, []],
  ['more is not', { deviceAt: at + MINUTE + 1 }, {}, ['clock_off']],
  ['off all the time, and known to be', { deviceAt: at + 24 * HOUR }, { skew: 24 * HOUR }, []],
  ['set right between', { deviceAt: at + 24 * HOUR }, {}, ['clock_off']],
  ['from the future', {}, { receivedAt: at - MINUTE - 1 }, ['clock_off']],
  ['the list had ended', { listAt: at - 49 * HOUR - 1 }, {}, ['list_expired']],
  ['at its very end', { listAt: at - 49 * HOUR }, {}, []],
  [
    'several at once',
    {},
    { isUsedElsewhere: true, pass: stopped(at - 1), skew: 2 * MINUTE, outcome: 'refuse' },
    ['used_twice', 'revoked', 'clock_off'],
  ],
])('%s', (_, offline, since, flags) => {
  expect(flagsOf({ ...decided, ...offline }, { ...known, ...since })).toEqual(flags);
});
