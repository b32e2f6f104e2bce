import { begin } from './begin.ts';
import { type Instant, MINUTE, SECOND } from '@gongzhi/kernel';
import type { Account, Household } from '../model.ts';
import type { Random } from '../random.ts';
import { sayOne } from '../text.ts';
import { type Crew, deskFor, type Ground, type Hand, handFor, residentParty } from './crews.ts';
import type { Life, Party, Stage } from './life.ts';
import { categoryByCode, makeReport, type Report, type Reserved, wordsOf } from './reports.ts';
import { drawingOf, submit } from './submit.ts';
import { factsOf } from './tale.ts';

/** An order that is told by a script instead of by lot. */
export interface Scripted {
  readonly life: Life;
  readonly report: Report;
  readonly desk: Party;
  readonly hand: Hand;
}

export interface Opening {
  readonly stage: Stage;
  readonly crew: Crew;
  readonly random: Random;
  readonly report: Report;
  readonly hand?: Hand;
  readonly desk?: Party;
  readonly photos?: number;
}

export function open({ stage, crew, random, report, hand, desk, photos = 0 }: Opening): Scripted {
  return {
    life: submit(stage, report, random, { photos }),
    report,
    desk: desk ?? deskFor(crew, report.ground, report.household, random),
    hand: hand ?? handFor(crew, report.category.skill, report.at, random),
  };
}

export function drawnReport(
  crew: Crew,
  ground: Ground,
  code: string,
  at: Instant,
  random: Random,
  reserved: Reserved,
): Report {
  return makeReport(crew, ground, categoryByCode.get(code)!, Math.round(at), random, reserved);
}

/** What a given resident reports about their own home. */
export function reportOf(
  crew: Crew,
  ground: Ground,
  code: string,
  at: Instant,
  who: Account | Party,
  household: Household,
  description: string | null,
  random: Random,
): Report {
  const category = categoryByCode.get(code)!;
  return {
    at: Math.round(at),
    crew,
    ground,
    category,
    household,
    description: description ?? sayOne(wordsOf[code]!.said, random),
    place: 'home',
    facility: null,
    buildingId: household.buildingId,
    placeLabel: household.label,
    by: 'role' in who ? who : residentParty(who),
    source: 'phone',
    contact: null,
  };
}

export const stations = ['assigned', 'accepted', 'departed', 'arrived', 'in_progress', 'finished'] as const;
export type Station = (typeof stations)[number];

/**
 * Takes an order along to a station, the last of whose steps happened at `until`; the earlier ones are spread over
 * the time since the report, close together at first, as a prompt crew would.
 */
export function takeTo(
  { life, desk, hand, report }: Scripted,
  station: Station,
  until: Instant,
  stage: Stage,
  random: Random,
): void {
  const all = stations.slice(0, stations.indexOf(station) + 1);
  const span = until - report.at;
  const { respondMinutes, arriveMinutes } = report.category;
  const limits: Readonly<Record<Station, number>> = {
    assigned: Math.min(respondMinutes * 0.3, 4),
    accepted: Math.min(respondMinutes * 0.6, 8),
    departed: (arriveMinutes ?? 60) * 0.4,
    arrived: (arriveMinutes ?? 60) * 0.7,
    in_progress: (arriveMinutes ?? 60) * 0.75,
    finished: Number.POSITIVE_INFINITY,
  };
  all.forEach((step, i) => {
    const isLast = i === all.length - 1;
    const at = isLast
      ? until
      : report.at + Math.min(limits[step] * MINUTE, (span * (i + 1)) / (all.length + 1));
    switch (step) {
      case 'assigned':
        life.act(at, desk, { action: 'assign', assignee: factsOf(hand) });
        break;
      case 'accepted':
        life.act(at, hand.party, { action: 'accept' });
        break;
      case 'departed':
        life.act(at, hand.party, { action: 'depart' });
        break;
      case 'arrived':
        life.act(at, hand.party, { action: 'arrive' });
        break;
      case 'in_progress':
        begin(life, at, hand, stage);
        break;
      case 'finished':
        finish({ life, hand, report }, at, stage, random);
        break;
    }
  });
}

function finish(
  { life, hand, report }: Pick<Scripted, 'life' | 'hand' | 'report'>,
  at: Instant,
  stage: Stage,
  random: Random,
): void {
  const fileId = report.category.photosRequired ? stage.newId(at - 30 * SECOND) : null;
  life.act(at, hand.party, {
    action: 'finish',
    workDone: sayOne(wordsOf[life.category.code]!.done, random),
    photoIds: fileId ? [fileId] : [],
  });
  if (fileId === null) return;
  life.shots.push({
    fileId,
    drawing: drawingOf(life.category.group, true),
    uploadedBy: hand.member.account.id,
    type: 'work_order.work',
    at: at - 30 * SECOND,
  });
}
