import { HOUR } from '@gongzhi/kernel';
import type { DueSweep } from '../../platform/due/due.ts';
import { closeMonths } from './service-periods.ts';
import { proveOldest } from './service-proof.ts';
import { sealBooks } from './service-sealing.ts';

/** Until it is sealed a posting that somebody takes away or alters leaves no trace: a quarter of a minute. */
const sealDue: DueSweep = {
  name: 'ledger.seal',
  lane: 'work',
  everyMilliseconds: 15_000,
  claim: (tx, now, limit) => sealBooks(tx, now, limit),
};

const closeDue: DueSweep = {
  name: 'ledger.close',
  lane: 'work',
  everyMilliseconds: 15_000,
  claim: (tx, now, limit, house) => closeMonths(tx, now, limit, house.log),
};

/** Looks through every book once a day. */
const proveDue: DueSweep = {
  name: 'ledger.prove',
  lane: 'chores',
  everyMilliseconds: HOUR,
  claim: (tx, now, _limit, house) => proveOldest(tx, now, house.log),
};

export const due: readonly DueSweep[] = [sealDue, closeDue, proveDue];
