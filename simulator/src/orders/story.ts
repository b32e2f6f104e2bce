import { HOUR, MINUTE, SECOND } from '@gongzhi/kernel';
import { matters } from '../data/matters.ts';
import * as talk from '../data/words-talk.ts';
import type { Random } from '../random.ts';
import { sayOne } from '../text.ts';
import { answer } from './answers.ts';
import { deskFor } from './crews.ts';
import type { Life, Stage } from './life.ts';
import { categoryByCode, type Report } from './reports.ts';
import { round } from './round.ts';
import { submit } from './submit.ts';
import { deskMoment, pass, type Tale } from './tale.ts';

/** From the report to wherever it stands now. What nobody has done yet is simply not given. */
export function tell(stage: Stage, report: Report, random: Random): Life {
  const wantsPhoto = report.category.photosRequired ? 0.15 : 0.04;
  const takesPhoto =
    stage.hasPictures !== false && report.by.role === 'resident' && random.chance(wantsPhoto);
  const isMistaken = report.by.role === 'resident' && random.chance(0.03);
  const mistaken = isMistaken ? sibling(report, random) : null;
  const life = submit(stage, mistaken ? { ...report, category: mistaken } : report, random, {
    photos: takesPhoto ? random.int(1, 2) : 0,
  });
  const desk = deskFor(report.crew, report.ground, report.household, random);
  const tale: Tale = {
    stage,
    report,
    random,
    life,
    desk,
    isMistaken: mistaken !== null,
    isForgotten: !life.state.isEmergency && random.chance(0.035),
  };
  besides(tale);
  if (takeIn(tale)) {
    const hand = round(tale, life.at);
    if (hand) answer(tale, hand);
  }
  life.finish();
  return life;
}

/** Words and urgings beside the main line; whether they still fit is the rules' business. */
function besides({ life, report, random, desk, isForgotten }: Tale): void {
  const start = report.at;
  const limit = (report.category.arriveMinutes ?? report.category.resolveMinutes) * MINUTE;
  if (report.by.role === 'resident' && random.chance(0.07)) {
    life.aside(start + limit * random.between(0.05, 0.6), report.by, {
      action: 'comment',
      text: sayOne(talk.commentsOfResidents, random),
    });
  }
  if (random.chance(0.04)) {
    life.aside(start + limit * random.between(0.1, 0.7), desk, {
      action: 'comment',
      text: sayOne(talk.internalComments, random),
      isInternal: true,
    });
  }
  const resolve = report.category.resolveMinutes * MINUTE;
  if (report.by.role === 'resident' && random.chance(isForgotten ? 0.7 : 0.09)) {
    const first =
      start + (isForgotten ? resolve * random.between(0.5, 1.1) : limit * random.between(0.6, 1.3));
    life.aside(first, report.by, { action: 'urge' });
    if (random.chance(0.3)) life.aside(first + random.between(1, 20) * HOUR, report.by, { action: 'urge' });
  }
  if (random.chance(isForgotten ? 0.25 : 0.006)) {
    const overseer = random.chance(0.5)
      ? report.ground.committee
      : [...report.ground.socialWorkerOf.values()][0]!;
    const at = start + resolve * random.between(0.7, 1.3);
    life.aside(at, overseer, { action: 'urge' });
    life.aside(at + 40 * SECOND, overseer, {
      action: 'comment',
      text: sayOne(talk.urgings, random),
      isInternal: true,
    });
  }
}

/** The desk's first turn. False when the order ended with it. */
function takeIn(tale: Tale): boolean {
  const { life, report, random, desk } = tale;
  const at = deskMoment(report.at, tale);
  const cancels = report.by.role === 'resident' && random.chance(0.03);
  if (cancels && random.chance(0.4)) {
    life.actIfOpen(Math.min(at - 5 * SECOND, report.at + random.between(1, 8) * MINUTE), report.by, {
      action: 'cancel',
      reason: cancelWords(random),
    });
    return false;
  }
  if (cancels)
    life.aside(report.at + random.lognormal(50, 0.8) * MINUTE, report.by, {
      action: 'cancel',
      reason: cancelWords(random),
    });
  if (random.chance(0.008)) {
    life.actIfOpen(at, desk, { action: 'cancel', reason: sayOne(talk.cancelsByDesk, random) });
    return false;
  }
  const refer = matters[report.category.code]?.refer;
  if (refer && random.chance(refer.share * 0.6)) return !pass(tale, at, refer.to);
  if (tale.isMistaken || random.chance(0.35)) {
    const priority =
      !report.category.isEmergency && random.chance(0.06) ? ({ priority: 'high' } as const) : {};
    const category = tale.isMistaken ? { category: report.category } : {};
    return life.actIfOpen(at, desk, { action: 'triage', ...category, ...priority });
  }
  return true;
}

function cancelWords(random: Random): string | null {
  const words = random.pick(talk.cancels);
  return words === null ? null : sayOne([words], random);
}

/** What a resident chooses by mistake: another matter of the same group and trade that may lie in the same place. */
function sibling(report: Report, random: Random): Report['category'] | null {
  const near = [...categoryByCode.values()].filter(
    (c) =>
      c.code !== report.category.code &&
      c.group === report.category.group &&
      c.skill === report.category.skill &&
      c.kind === report.category.kind &&
      !c.isEmergency &&
      !c.isConfidential &&
      !report.category.isConfidential &&
      !report.category.isEmergency &&
      c.arriveMinutes !== null &&
      report.category.arriveMinutes !== null &&
      (c.place === 'both' || c.place === report.place) &&
      matters[c.code]?.months === undefined,
  );
  return near.length > 0 ? random.pick(near) : null;
}
