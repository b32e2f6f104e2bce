import { addWorkingMillis, calendarOf, HOUR, type Instant, MINUTE, SECOND } from '@gongzhi/kernel';
import { matters } from '../data/matters.ts';
import * as talk from '../data/words-talk.ts';
import type { PauseReason } from '../rules.ts';
import { sayOne } from '../text.ts';
import { begin } from './begin.ts';
import type { Hand } from './crews.ts';
import { hourOf, whenOpen } from './hours.ts';
import { wordsOf } from './reports.ts';
import { drawingOf } from './submit.ts';
import { give, pass, type Tale } from './tale.ts';

export function atTheDesk(tale: Tale, hand: Hand): boolean {
  const { life, random, isForgotten } = tale;
  const { category } = life;
  const share = isForgotten
    ? random.between(1.05, 1.6)
    : category.resolveMinutes > 2000
      ? random.between(0.05, 0.7)
      : random.between(0.02, 0.45);
  const at = addWorkingMillis(
    life.at,
    category.resolveMinutes * share * MINUTE,
    calendarOf(category.calendar),
  );
  return done(tale, Math.max(at, life.at + random.between(2, 9) * MINUTE), hand);
}

/** The way there, the work, and what interrupts it. */
export function onSite(tale: Tale, hand: Hand): boolean {
  const { life, report, random, isForgotten } = tale;
  const { category } = life;
  const travel = random.between(3, category.isEmergency ? 9 : 13) * MINUTE;
  const work = random.lognormal(matters[category.code]?.work ?? 40, 0.4) * MINUTE;
  const wished = Math.max(arrivalTarget(tale) - travel, life.at + random.between(0.4, 2.5) * MINUTE);
  // An emergency is gone to at once, whatever else is in the diary.
  const depart = category.isEmergency
    ? wished
    : Math.min(hand.diary.freeFrom(wished, travel + work), wished + 3 * HOUR);
  hand.diary.enter(depart, depart + travel + work);
  const shortcut = random.next();
  if (shortcut > 0.12 && !give(life, depart, hand.party, { action: 'depart' })) return false;
  if (shortcut > 0.05 && !give(life, Math.max(depart, life.at) + travel, hand.party, { action: 'arrive' }))
    return false;
  const refer = matters[report.category.code]?.refer;
  // Only on site does it show whose it is.
  if (refer && category.code === report.category.code && random.chance(refer.share * 0.5)) {
    if (life.at + 10 * MINUTE < tale.stage.now)
      pass(tale, life.at + random.between(8, 40) * MINUTE, refer.to);
    return false;
  }
  const startsAt = Math.max(life.at, depart + travel) + random.between(0.3, 4) * MINUTE;
  if (!begin(life, startsAt, hand, tale.stage)) return false;
  const pauses = category.resolveMinutes >= 4000 ? 0.3 : category.resolveMinutes >= 1000 ? 0.07 : 0.012;
  if (random.chance(pauses)) {
    const rest = work * random.between(0.3, 0.8);
    if (!interrupted(tale, hand, life.at + work - rest)) return false;
    return done(tale, life.at + rest, hand);
  }
  return done(tale, life.at + work * (isForgotten ? 1.3 : 1), hand);
}

function arrivalTarget({ life, random, isForgotten }: Tale): Instant {
  const { category, state } = life;
  const limit = category.arriveMinutes! * MINUTE;
  if (category.isEmergency) return life.at;
  const calendar = calendarOf(category.calendar);
  if (isForgotten)
    return addWorkingMillis(life.at, category.resolveMinutes * random.between(0.6, 1.5) * MINUTE, calendar);
  const share = random.chance(0.045) ? random.between(1.02, 1.9) : random.between(0.25, 0.92);
  // A second round has its own start; a special need is met well before its hour.
  const start = Math.max(state.clockStartAt, life.at - limit * 0.4);
  if (state.neededBy !== null)
    return Math.min(addWorkingMillis(start, limit * share, calendar), state.neededBy - 45 * MINUTE);
  return addWorkingMillis(start, limit * share, calendar);
}

/** Why work stops: at home somebody is out, in the open it rains or waits for a signature, drills rest at night. */
function pauseReason({ life, report, random }: Tale, at: Instant): PauseReason {
  const isNight = hourOf(at) >= 21 || hourOf(at) < 6;
  const { group } = life.category;
  const isHome = report.place === 'home';
  const isStructure = group === 'building' || group === 'greening' || group === 'water';
  return random.weighted<PauseReason>([
    ['waiting_parts', 4],
    ['waiting_third_party', group === 'lift' || group === 'power' ? 3 : 1.5],
    ['waiting_resident', isHome ? 3 : 0],
    ['waiting_approval', isHome ? 0 : 2],
    ['weather', !isHome && isStructure ? 2 : 0],
    ['unsafe', !isHome && (isStructure || group === 'power') ? 1 : 0],
    ['night_quiet', isNight ? 6 : 0],
  ]);
}

function interrupted(tale: Tale, hand: Hand, at: Instant): boolean {
  const { life, random, report, stage } = tale;
  const reason = pauseReason(tale, at);
  const hours = {
    waiting_parts: 26,
    waiting_resident: 20,
    waiting_third_party: 9,
    waiting_approval: 70,
    unsafe: 5,
    night_quiet: 10,
    weather: 30,
    emergency_elsewhere: 1,
  }[reason];
  const until = whenOpen(at + random.lognormal(hours, 0.6) * HOUR, 8.5, 17.5, random);
  const planned = random.chance(0.6) ? { until: whenOpen(at + hours * HOUR, 8.5, 17.5, random) } : {};
  if (
    !give(life, at, hand.party, {
      action: 'pause',
      reason,
      note: sayOne(talk.pauseNotes[reason], random),
      ...planned,
    })
  )
    return false;
  if (random.chance(0.05)) {
    const later = until + random.between(1, 5) * 24 * HOUR;
    if (later < stage.now)
      give(life, later, report.crew.manager, {
        action: 'force_close',
        reason: sayOne(talk.forcings, random),
      });
    return false;
  }
  return give(life, until, hand.party, { action: 'resume' });
}

function done({ life, random, stage }: Tale, at: Instant, hand: Hand): boolean {
  const { category } = life;
  const words = sayOne(wordsOf[category.code]!.done, random);
  const wants =
    category.photosRequired ||
    (stage.hasPictures !== false && category.kind === 'repair' && random.chance(0.012));
  const fileId = wants && at <= stage.now ? stage.newId(at - 30 * SECOND) : null;
  if (!give(life, at, hand.party, { action: 'finish', workDone: words, photoIds: fileId ? [fileId] : [] }))
    return false;
  if (fileId) {
    life.shots.push({
      fileId,
      drawing: drawingOf(category.group, true),
      uploadedBy: hand.member.account.id,
      type: 'work_order.work',
      at: at - 30 * SECOND,
    });
  }
  return true;
}
