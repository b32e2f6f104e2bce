import { HOUR, type Instant, MINUTE } from '@gongzhi/kernel';
import * as talk from '../data/words-talk.ts';
import type { Random } from '../random.ts';
import { queuesOf } from '../rules.ts';
import { sayOne } from '../text.ts';
import type { Crew } from './crews.ts';
import type { Life, Stage } from './life.ts';
import type { Reserved } from './reports.ts';
import { drawnReport, open, type Scripted, type Station, takeTo } from './scripts.ts';

/**
 * The desk's day at the moment of loading. Whatever hour that is, every department has something waiting, something
 * due within the hour, something late, calls to make and a dispute: six weeks drawn by lot mostly bring them, and
 * what is missing is played here, by the same commands.
 */
const wanted: Readonly<Record<string, number>> = {
  unassigned: 4,
  due_hour: 4,
  late: 3,
  callback: 4,
  disputed: 2,
  assigned: 2,
  accepted: 2,
  departed: 1,
  arrived: 1,
  in_progress: 3,
  paused: 3,
  finished: 5,
  confirmed: 2,
};

/** Matters whose clocks run day and night, so that a due can be set to the minute. */
const quick = [
  'water.leak.home',
  'water.drain',
  'water.toilet',
  'power.trip',
  'power.out.home',
  'gate.fault',
];
const short = ['cleaning.rubbish', 'gate.barrier', 'building.lock', 'noise.renovation'];

/** How many orders stand in each status and queue, counted as they are told. */
export class Tally {
  readonly #have = new Map<string, number>();
  readonly #now: Instant;

  constructor(now: Instant) {
    this.#now = now;
  }

  count({ state }: Life): void {
    for (const name of new Set([state.status, ...queuesOf(state, this.#now)]))
      this.#have.set(name, this.of(name) + 1);
  }

  of(name: string): number {
    return this.#have.get(name) ?? 0;
  }
}

export function* topUp(
  stage: Stage,
  crew: Crew,
  tally: Tally,
  random: Random,
  reserved: Reserved,
): Generator<Life> {
  for (const [what, least] of Object.entries(wanted)) {
    const aim = least + random.int(0, 2);
    while (tally.of(what) < aim) {
      const life = play(what, stage, crew, random, reserved);
      life.finish();
      tally.count(life);
      yield life;
    }
  }
}

function play(what: string, stage: Stage, crew: Crew, random: Random, reserved: Reserved): Life {
  const ago = (least: number, most: number): Instant =>
    stage.now - Math.round(random.between(least, most) * MINUTE);
  const begin = (codes: readonly string[], at: Instant): Scripted => {
    const ground = random.pick(crew.compounds);
    return open({
      stage,
      crew,
      random,
      report: drawnReport(crew, ground, random.pick(codes), at, random, reserved),
    });
  };
  const along = (station: Station, reported: Instant, until: Instant, codes = quick): Scripted => {
    const scripted = begin(codes, reported);
    takeTo(scripted, station, until, stage, random);
    return scripted;
  };
  switch (what) {
    case 'unassigned':
      return begin(quick, ago(1, 9)).life;
    case 'due_hour':
    case 'late': {
      // `short` matters have their own limits; the report is set back by the limit, less what is left.
      const left = what === 'late' ? -random.between(15, 300) : random.between(8, 55);
      const code = random.pick(short);
      const draft = drawnReport(crew, random.pick(crew.compounds), code, stage.now, random, reserved);
      const at = stage.now - Math.round((draft.category.resolveMinutes - left) * MINUTE);
      const scripted = open({ stage, crew, random, report: { ...draft, at } });
      takeTo(scripted, 'in_progress', at + draft.category.arriveMinutes! * 0.8 * MINUTE, stage, random);
      return scripted.life;
    }
    case 'callback': {
      const done =
        stage.now - stage.settings.callbackAfterHours * HOUR - Math.round(random.between(20, 700) * MINUTE);
      return along('finished', done - random.int(60, 170) * MINUTE, done).life;
    }
    case 'disputed': {
      const done = ago(400, 1500);
      const { life, report, desk } = along('finished', done - random.int(60, 170) * MINUTE, done);
      const at = ago(5, 240);
      const isCalled = report.by.role !== 'resident';
      if (isCalled)
        life.act(at, desk, {
          action: 'record_callback',
          result: 'not_done',
          note: sayOne(talk.callbackNotes.not_done, random),
        });
      else life.act(at, report.by, { action: 'dispute', reason: sayOne(talk.disputes, random) });
      return life;
    }
    case 'paused': {
      const { life, hand } = along('in_progress', ago(200, 600), ago(120, 160));
      life.act(ago(20, 100), hand.party, {
        action: 'pause',
        reason: 'waiting_parts',
        note: sayOne(talk.pauseNotes.waiting_parts, random),
        until: stage.now + random.int(4, 28) * HOUR,
      });
      return life;
    }
    case 'confirmed': {
      const done = ago(500, 3000);
      const { life, report, desk } = along('finished', done - random.int(60, 170) * MINUTE, done);
      if (report.by.role === 'resident') life.act(ago(30, 400), report.by, { action: 'confirm' });
      else life.act(ago(30, 400), desk, { action: 'record_callback', result: 'satisfied_done', note: null });
      return life;
    }
    case 'finished':
      return along('finished', ago(400, 900), ago(40, 300)).life;
    default: {
      const minutes: Readonly<Record<string, readonly [number, number]>> = {
        assigned: [2, 9],
        accepted: [9, 14],
        departed: [14, 30],
        arrived: [25, 45],
        in_progress: [50, 110],
      };
      const [least, most] = minutes[what]!;
      const at = ago(least, most);
      return along(what as Station, at, Math.round(at + (stage.now - at) * 0.7)).life;
    }
  }
}
