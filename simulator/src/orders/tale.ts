import { type Instant, MINUTE } from '@gongzhi/kernel';
import type { matters } from '../data/matters.ts';
import { utilities } from '../data/street.ts';
import * as talk from '../data/words-talk.ts';
import type { Random } from '../random.ts';
import { sayOne } from '../text.ts';
import type { Hand } from './crews.ts';
import { hourOf, whenOpen } from './hours.ts';
import type { Life, Party, Stage } from './life.ts';
import type { Report } from './reports.ts';

/** One order as it is told: its people, its own luck, and how far it has come. */
export interface Tale {
  readonly stage: Stage;
  readonly report: Report;
  readonly random: Random;
  readonly life: Life;
  readonly desk: Party;
  /** The resident chose another category than what they described; the desk puts it right. */
  readonly isMistaken: boolean;
  /** Nobody thinks of it in time: what makes orders late. */
  readonly isForgotten: boolean;
}

/** How long the desk leaves a thing lying: seconds for an emergency, the next morning for what keeps. */
export function deskMoment(at: Instant, { report, random }: Tale): Instant {
  const { isEmergency, calendar, respondMinutes } = report.category;
  if (isEmergency) return at + random.lognormal(0.7, 0.5) * MINUTE;
  if (calendar === 'always') {
    const isNight = hourOf(at) < 6 || hourOf(at) >= 23;
    return at + random.lognormal(Math.min(4, respondMinutes * 0.18), 0.65) * (isNight ? 1.5 : 1) * MINUTE;
  }
  return whenOpen(at, 8.5, 19, random) + random.lognormal(Math.min(14, respondMinutes * 0.18), 0.8) * MINUTE;
}

/** The choice of a worker for what the desk already has in hand. */
export function choiceMoment(at: Instant, { report, random }: Tale): Instant {
  const { isEmergency, calendar } = report.category;
  const ready = isEmergency || calendar === 'always' ? at : whenOpen(at, 8.5, 19, random);
  return ready + random.lognormal(isEmergency ? 0.4 : calendar === 'always' ? 1.5 : 6, 0.6) * MINUTE;
}

/** Not ours: somebody is named who has it now. True once it is done. */
export function pass(
  { life, report, random, desk }: Tale,
  at: Instant,
  to: NonNullable<(typeof matters)[string]['refer']>['to'],
): boolean {
  const receiver =
    to in utilities
      ? utilities[to as keyof typeof utilities]
      : talk.receivers[to as keyof typeof talk.receivers];
  const place = to === 'community' ? report.ground.compound.community.scope.name : '';
  const reference = to in utilities && random.chance(0.5) ? `${random.int(100_000, 999_999)}` : null;
  life.actIfOpen(at, desk, {
    action: 'refer',
    receiver: to === 'community' ? `${place}居民委员会` : receiver,
    reference,
    note: sayOne(talk.referNotes, random),
  });
  return true;
}

export function factsOf(hand: Hand): { accountId: string; isStaffHere: boolean; skills: readonly string[] } {
  return { accountId: hand.member.account.id, isStaffHere: true, skills: hand.member.skills };
}

/** Gives a command unless somebody ended the order meanwhile (a resident cancelled while the worker was riding). */
export function give(life: Life, at: Instant, by: Party, command: Parameters<Life['act']>[2]): boolean {
  return life.actIfOpen(at, by, command);
}
