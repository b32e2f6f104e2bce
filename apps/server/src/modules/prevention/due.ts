import { HOUR, localDate } from '@gongzhi/kernel';
import { isAhead } from '../../platform/clock/clock.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import { daysBefore } from './facts.ts';
import { wallOf } from '../places/index.ts';
import { claimSteps, compoundsToLookAt, noteTold } from './queries-look.ts';
import { lookThrough } from './service-look.ts';
import { tellOwner } from './service-owners.ts';

/** A compound that could not be looked through, and until when the others go first. */
const failed = new Map<string, number>();
export const forgetFailed = (): void => failed.clear();

/** Each compound once a day, one a transaction; several workers share them. One that fails keeps no other from its turn. */
export const nightlyLook: DueSweep = {
  name: 'prevention.look',
  lane: 'chores',
  everyMilliseconds: 60_000,
  async claim(tx, now, _limit, house) {
    const before = daysBefore(now, 1);
    for (const [scopeId, until] of failed) if (!isAhead(until, now.getTime(), HOUR)) failed.delete(scopeId);
    for (const scopeId of await compoundsToLookAt(tx, before, [...failed.keys()], 20))
      try {
        if (await lookThrough(house, tx, scopeId, before, now)) return 1;
      } catch (error) {
        failed.set(scopeId, now.getTime() + HOUR);
        house.log.error({ scopeId }, 'a compound could not be looked through; it is tried again in an hour');
        throw error;
      }
    return 0;
  },
};

/** Whose step is due today, by the place's own day, hears of it once. */
export const stepsDue: DueSweep = {
  name: 'prevention.steps_due',
  lane: 'chores',
  everyMilliseconds: 10 * 60_000,
  async claim(tx, now, limit) {
    let told = 0;
    // The day begins first at the other side of the world.
    for (const step of await claimSteps(tx, localDate(now.getTime(), 'Pacific/Kiritimati'), limit)) {
      const place = await wallOf(tx, step.scopeId);
      if (localDate(now.getTime(), place?.timeZone) < step.dueOn) continue;
      told++;
      noteTold(tx, step, now);
      await tellOwner(tx, step, 'prevention.step_due', now);
    }
    return told;
  },
};
