import { type Instant, MINUTE } from '@gongzhi/kernel';
import { matters } from '../data/matters.ts';
import { seededIds } from '../ids.ts';
import { handlersOf } from '../orders/crews.ts';
import { momentIn } from '../orders/hours.ts';
import type { Life, Stage } from '../orders/life.ts';
import { makeReport, type Report } from '../orders/reports.ts';
import { tell } from '../orders/story.ts';
import { Random } from '../random.ts';
import { catalogue, type Category, defaultSettings, numberOf } from '../rules.ts';
import { type Almanac, makeAlmanac, type Span } from './calendar.ts';
import type { Part } from './part.ts';
import type { CityPlan } from './plan.ts';
import type { CitySettings } from './settings.ts';

/** This city's catalogue asks for no pictures: half a million of them would say nothing about the product. */
export const cityCatalogue: readonly Category[] = catalogue.map((category) => ({
  ...category,
  photosRequired: false,
}));

export const almanacOf = (settings: CitySettings): Almanac => makeAlmanac(settings, cityCatalogue);

const nobody = { accountIds: new Set<string>() };

/** The orders of one department, in the order in which they were reported, each played to where it stands now. */
export function* ordersOf(plan: CityPlan, almanac: Almanac, index: number, part: Part): Generator<Life> {
  const random = new Random(`${plan.settings.seed}/orders ${index}`);
  const nextId = seededIds(random.fork('ids'));
  const handlers = handlersOf(part.town.staff);
  const stage: Stage = {
    now: plan.settings.until,
    settings: defaultSettings,
    newId: nextId,
    handlerOf: (id) => handlers.get(id) ?? null,
    hasPictures: false,
  };
  const numbers = new Map(part.crew.compounds.map(({ compound }) => [compound.scope.id, new Set<string>()]));
  for (const [serial, report] of reportsOf(plan, almanac, index, part).entries()) {
    const life = tell(stage, report, random.fork(serial));
    rename(life, numbers.get(life.order.wall.scopeId)!, random);
    yield life;
  }
}

/** Of a million orders two may draw one number; the service tries another then, and so does this. */
function rename(life: Life, taken: Set<string>, random: Random): void {
  while (taken.has(life.order.number))
    life.order = { ...life.order, number: numberOf(life.state.createdAt, random.word()) };
  taken.add(life.order.number);
}

function reportsOf(plan: CityPlan, almanac: Almanac, index: number, { crew }: Part): Report[] {
  const all: Report[] = [];
  for (const [n, { orders, index: place }] of plan.departments[index]!.compounds.entries()) {
    const ground = crew.compounds[n]!;
    const random = new Random(`${plan.settings.seed}/reports ${place}`);
    const kinds = new Set(ground.compound.facilities.map(({ kind }) => kind));
    for (let left = orders; left > 0; left--) {
      const day = almanac.drawDay(random);
      const category = almanac.drawCategory(day, kinds, random);
      const at = momentWithin(almanac, day, category, random);
      all.push(makeReport(crew, ground, category, at, random, nobody));
    }
  }
  return all.sort((a, b) => a.at - b.at);
}

/** Of the first and the last day only a part counts, and nothing is reported at the very end. */
function momentWithin({ dates, span }: Almanac, day: number, category: Category, random: Random): Instant {
  for (let tries = 0; tries < 40; tries++) {
    const at = momentIn(dates[day]!, matters[category.code]!.rhythm, random);
    if (at >= span.from && at < span.to - MINUTE) return at;
  }
  return nearest(span, Date.parse(`${dates[day]!}T12:00:00+08:00`));
}

const nearest = ({ from, to }: Span, at: Instant): Instant => Math.min(Math.max(at, from), to - MINUTE);
