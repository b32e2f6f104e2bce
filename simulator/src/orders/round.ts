import { type Instant, MINUTE } from '@gongzhi/kernel';
import * as talk from '../data/words-talk.ts';
import { sayOne } from '../text.ts';
import { type Hand, handFor } from './crews.ts';
import { whenOpen } from './hours.ts';
import { choiceMoment, deskMoment, factsOf, give, type Tale } from './tale.ts';
import { atTheDesk, onSite } from './visit.ts';

/** One round of work, from the desk's choice to the finish. The hand that finished it, or null when it got no further. */
export function round(tale: Tale, from: Instant, before?: Hand): Hand | null {
  const { life, report, random, desk } = tale;
  const { crew } = report;
  // After the first round, or a triage, the choice is quick; without one it is the desk's first act.
  const isFirst = life.state.status === 'submitted';
  const at = isFirst ? deskMoment(from, tale) : choiceMoment(from, tale);
  const { category } = life;
  let hand = before && random.chance(0.6) ? before : handFor(crew, category.skill, at, random);
  if (life.state.status === 'closed' || life.state.status === 'cancelled') return null;
  if (!give(life, at, desk, { action: 'assign', assignee: factsOf(hand) })) return null;
  if (!category.isEmergency && random.chance(0.025)) {
    if (
      !give(life, life.at + random.lognormal(4, 0.6) * MINUTE, hand.party, {
        action: 'refuse',
        reason: sayOne(talk.refusals, random),
      })
    )
      return null;
    hand = handFor(crew, category.skill, life.at, random, hand);
    if (
      !give(life, life.at + random.lognormal(3, 0.6) * MINUTE, desk, {
        action: 'assign',
        assignee: factsOf(hand),
      })
    )
      return null;
  }
  if (!give(life, acceptMoment(tale, hand), hand.party, { action: 'accept' })) return null;
  if (random.chance(0.012)) {
    const other = handFor(crew, category.skill, life.at, random, hand);
    if (other !== hand) {
      const at = life.at + random.lognormal(9, 0.5) * MINUTE;
      if (
        !give(life, at, hand.party, {
          action: 'transfer',
          assignee: factsOf(other),
          reason: sayOne(talk.transfers, random),
        })
      )
        return null;
      hand = other;
      if (!give(life, life.at + random.lognormal(4, 0.6) * MINUTE, hand.party, { action: 'accept' }))
        return null;
    }
  }
  if (random.chance(0.05))
    life.aside(life.at + random.between(1, 6) * MINUTE, hand.party, {
      action: 'comment',
      text: sayOne(talk.commentsOfWorkers, random),
    });
  const isDone = category.arriveMinutes === null ? atTheDesk(tale, hand) : onSite(tale, hand);
  return isDone ? hand : null;
}

function acceptMoment({ life, random, isForgotten }: Tale, hand: Hand): Instant {
  const { category, at } = life;
  if (category.isEmergency) return at + random.lognormal(0.9, 0.5) * MINUTE;
  const tail =
    isForgotten && random.chance(0.4) ? category.respondMinutes * random.between(0.8, 3) * MINUTE : 0;
  const busy = hand.diary.freeFrom(at, 1) > at ? random.between(1, 4) * MINUTE : 0;
  const prompt = random.lognormal(Math.min(12, category.respondMinutes * 0.2), 0.6) * MINUTE;
  return category.calendar === 'always'
    ? at + prompt + busy + tail
    : whenOpen(at, 8, 18, random) + prompt + busy + tail;
}
