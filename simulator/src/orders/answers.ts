import { DAY, HOUR, type Instant, MINUTE, SECOND } from '@gongzhi/kernel';
import * as talk from '../data/words-talk.ts';
import type { Random } from '../random.ts';
import type { AspectScores, Rating } from '../rules.ts';
import { sayOne } from '../text.ts';
import { deskFor, type Hand } from './crews.ts';
import { whenOpen } from './hours.ts';
import { round } from './round.ts';
import type { Tale } from './tale.ts';

/** What follows a finish: the resident's word, or none and the desk's calls; then perhaps a second round. */
export function answer(tale: Tale, hand: Hand, isAgain = false): void {
  const { report, random } = tale;
  if (report.category.kind === 'found_by_staff') return seenByFinder(tale);
  const isResident = report.by.role === 'resident';
  if (isResident && random.chance(0.6)) return confirms(tale, hand, isAgain);
  if (isResident && !isAgain && random.chance(0.12)) return disputes(tale, hand);
  calls(tale, hand, isAgain);
}

function scoreOf(tale: Tale): Rating {
  const isLate = wasLate(tale.life);
  return tale.random.weighted<Rating>([
    ['satisfied', isLate ? 45 : 81],
    ['basically_satisfied', isLate ? 30 : 14],
    ['unsatisfied', isLate ? 25 : 5],
  ]);
}

/** Some say more than the one word; who is not satisfied mostly says with what. */
function aspectsFor({ random, life }: Tale, score: Rating): AspectScores {
  if (!random.chance(score === 'satisfied' ? 0.35 : 0.7)) return {};
  const slow = life.state.resolveLateAt !== null || life.state.arriveLateAt !== null;
  const speed = score === 'satisfied' && !slow ? 'satisfied' : slow ? 'unsatisfied' : 'basically_satisfied';
  const manner = random.chance(0.85) ? 'satisfied' : 'basically_satisfied';
  return life.category.arriveMinutes === null
    ? { speed, manner }
    : { speed, manner, quality: slow ? 'satisfied' : score };
}

/** Who was not satisfied is called about it, and mostly answered; false when that has not happened yet. */
function asksWhy(tale: Tale): boolean {
  const { life, report, random } = tale;
  if (life.state.callbackReason !== 'unsatisfied') return true;
  const desk = deskFor(report.crew, report.ground, report.household, random);
  let at = whenOpen(life.at + random.lognormal(3, 0.8) * HOUR, 9, 19, random);
  while (life.state.callbackReason !== null) {
    const isReached = random.chance(0.8);
    const call = isReached
      ? ({
          result: 'satisfied_done',
          score: random.chance(0.5) ? 'basically_satisfied' : 'unsatisfied',
        } as const)
      : ({ result: 'unreachable' } as const);
    if (!life.act(at, desk, { action: 'record_callback', wasContacted: isReached, ...call })) return false;
    at = whenOpen((life.state.callbackDueAt ?? life.at) + random.lognormal(2, 0.8) * HOUR, 9, 19, random);
  }
  if (!random.chance(0.7)) return true;
  const text = sayOne(talk.ratingReplies, random);
  return life.act(life.at + random.lognormal(20, 0.8) * MINUTE, desk, { action: 'reply_rating', text });
}

function wordsFor({ life }: Tale, score: Rating): readonly string[] {
  const { visit, office, late } = talk.ratingWords[score];
  if (wasLate(life)) return late;
  return life.category.arriveMinutes === null ? office : visit;
}

function wasLate({ state }: Tale['life']): boolean {
  return state.resolveLateAt !== null || state.arriveLateAt !== null;
}

/** Nobody rates at three in the morning. */
function awake(at: Instant, random: Random): Instant {
  return whenOpen(at, 6.5, 23.2, random);
}

function confirms(tale: Tale, hand: Hand, isAgain: boolean): void {
  const { life, report, random } = tale;
  const at = awake(life.at + Math.min(random.lognormal(2.2, 1.1), 70) * HOUR, random);
  if (!life.act(at, report.by, { action: 'confirm' })) return;
  if (random.chance(0.82)) {
    const score = scoreOf(tale);
    const words = random.chance(score === 'satisfied' ? 0.3 : 0.65)
      ? sayOne(wordsFor(tale, score), random)
      : null;
    const rate = { action: 'rate', score, words, aspects: aspectsFor(tale, score) } as const;
    if (!life.act(life.at + random.lognormal(40, 0.9) * SECOND, report.by, rate)) return;
    if (score === 'unsatisfied' && !asksWhy(tale)) return;
  }
  if (isAgain || !random.chance(0.016)) return;
  // It broke again: the same order goes another round.
  const again = awake(life.at + random.between(0.6, 10) * DAY, random);
  if (life.state.status !== 'closed' && again < life.state.autoCloseAt!) return;
  if (!life.act(again, report.by, { action: 'reopen', reason: sayOne(talk.reopens, random) })) return;
  const next = round(tale, life.at, hand);
  if (next) answer(tale, next, true);
}

function disputes(tale: Tale, hand: Hand): void {
  const { life, report, random } = tale;
  const at = awake(life.at + Math.min(random.lognormal(3, 1), 60) * HOUR, random);
  if (!life.act(at, report.by, { action: 'dispute', reason: sayOne(talk.disputes, random) })) return;
  const next = round(tale, life.at + random.lognormal(25, 0.9) * MINUTE, hand);
  if (next) answer(tale, next, true);
}

function seenByFinder({ life, report, random }: Tale): void {
  if (random.chance(0.7))
    life.actIfOpen(
      whenOpen(life.at + Math.min(random.lognormal(7, 0.9), 66) * HOUR, 8, 20, random),
      report.by,
      { action: 'confirm' },
    );
}

/** The desk asks: half the time a day later by its own habit, else when the wait is over; three times at most. */
function calls(tale: Tale, hand: Hand, isAgain: boolean): void {
  const { life, report, random, stage } = tale;
  const { settings } = stage;
  let at = random.chance(0.4)
    ? whenOpen(life.at + random.between(16, 30) * HOUR, 9, 19, random)
    : whenOpen(
        life.at + settings.callbackAfterHours * HOUR + random.lognormal(3.5, 0.9) * HOUR,
        9,
        19,
        random,
      );
  for (let attempt = 1; attempt <= settings.callbackAttempts; attempt++) {
    const desk = deskFor(report.crew, report.ground, report.household, random);
    const result = random.weighted([
      ['satisfied_done', 74],
      ['not_done', isAgain ? 0 : 4],
      ['unreachable', 24],
    ] as const);
    const note = sayOne(talk.callbackNotes[result], random);
    const score = result === 'satisfied_done' && random.chance(0.9) ? { score: scoreOf(tale) } : {};
    if (!life.act(at, desk, { action: 'record_callback', result, note, ...score })) return;
    if (result === 'satisfied_done') return;
    if (result === 'not_done') {
      const next = round(tale, life.at, hand);
      if (next) answer(tale, next, true);
      return;
    }
    at = whenOpen((life.state.callbackDueAt ?? life.at) + random.lognormal(2, 0.8) * HOUR, 9, 19, random);
  }
  life.act(at, tale.desk, { action: 'close', note: sayOne(talk.closings, random) });
}
