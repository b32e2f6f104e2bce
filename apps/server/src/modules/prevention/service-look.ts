import { setImmediate as others } from 'node:timers/promises';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { wallOf, type Wall } from '../places/index.ts';
import { keptSince } from '../work-orders/index.ts';
import { attach, house as byHouse, insertProposal, mark, refresh, storeProject, tell } from './changes.ts';
import {
  type Cluster,
  clustersIn,
  type Effect,
  effectOf,
  isAbout,
  isOpen,
  judgeSubject,
  type Around,
  type Matter,
  NOT_COMPARED,
  see,
  type Seen,
  spansOf,
  type Subject,
  weeksOf,
  YEAR,
} from './domain.ts';
import { daysBefore, type Known, mattersBetween, rulesOf, streetOf } from './facts.ts';
import { noteLook, placesOfStreet, projectsToKnow, takeLook } from './queries-look.ts';
import type { ProjectRow } from './tables.ts';

/** The nightly look through a compound: open projects are brought up to date, new ones proposed. */

export const subjectOf = (project: ProjectRow): Subject => ({
  kind: project.subjectKind,
  facilityId: project.facilityId,
  buildingId: project.buildingId,
  category: project.categoryCode,
});

/** How many matters of this subject came in a time. */
async function countOf(
  tx: Tx,
  project: ProjectRow,
  span: { readonly from: number; readonly until: number },
): Promise<number> {
  const matters = await mattersBetween(tx, project.scopeId, new Date(span.from), new Date(span.until));
  return matters.filter((matter) => isAbout(subjectOf(project), matter)).length;
}

async function effectNow(
  tx: Tx,
  project: ProjectRow,
  known: Known,
  kept: Date | null,
  now: Date,
): Promise<Effect | null> {
  const { acceptedAt, doneAt, watchUntil } = project;
  if (acceptedAt === null || doneAt === null || watchUntil === null || kept === null) return null;
  const compared = spansOf(
    { acceptedAt: acceptedAt.getTime(), doneAt: doneAt.getTime(), watchUntil: watchUntil.getTime() },
    now.getTime(),
    known.rules.windowDays,
    kept.getTime(),
  );
  if (compared === null) return null;
  const before = await countOf(tx, project, compared.before);
  return effectOf(compared, before, await countOf(tx, project, compared.after));
}

async function bringUpToDate(
  tx: Tx,
  project: ProjectRow,
  matters: readonly Matter[],
  seen: Seen,
  known: Known,
  kept: Date | null,
  now: Date,
): Promise<void> {
  const own = matters.filter((matter) => isAbout(subjectOf(project), matter));
  const added = await attach(tx, project, [...new Set(own.map(({ id }) => id))], now);
  // Nobody has decided yet: why it is shown, and before what else, is tonight's.
  if (project.state === 'proposed') {
    const judged = judgeSubject(subjectOf(project), seen);
    mark(tx, project, judged?.strength ?? NOT_COMPARED, judged?.reasons ?? project.reasons);
  }
  const weeks = weeksOf(
    own.map(({ at }) => at),
    now.getTime(),
    Math.ceil(known.rules.windowDays / 7),
  );
  const effect =
    project.state === 'watched' ? await effectNow(tx, project, known, kept, now) : project.effect;
  const isOver = project.state === 'watched' && project.watchUntil !== null && project.watchUntil <= now;
  if (isOver) {
    storeProject(tx, project, { state: 'closed', version: project.version + 1, closedAt: now, effect }, now);
    tell(tx, project, 'closed', byHouse, { avoided: effect?.avoided ?? null }, now);
  }
  refresh(tx, project, weeks, effect, now);
  if (added > 0) tell(tx, project, 'attached', byHouse, { count: added }, now);
}

interface Asked {
  readonly known: Known;
  readonly seen: Seen;
  readonly taken: ReadonlySet<string>;
  /** Proposals that nobody has decided on yet, and those of them that stand out. */
  readonly waiting: { readonly all: number; readonly strong: number };
}

/** A compound that somebody has flooded is looked through between requests, not instead of them. */
async function inSlices(slices: Generator<undefined, Cluster[]>): Promise<Cluster[]> {
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
    await others();
  }
}

async function propose(
  tx: Tx,
  wall: Wall,
  { known, seen, taken, waiting }: Asked,
  now: Date,
): Promise<number> {
  const { mostProposed } = known.rules;
  const most = Math.max(0, mostProposed - waiting.strong);
  let proposed = 0;
  for (const cluster of await inSlices(clustersIn(seen, most, taken))) {
    // What merely repeats does not pile up behind what nobody has looked at yet; what stands out comes through.
    if (cluster.strength < 0 && waiting.all + proposed >= mostProposed) continue;
    const project = await insertProposal(tx, wall, cluster, now);
    if (project === null) continue;
    await attach(tx, project, cluster.ids, now);
    tell(tx, project, 'proposed', byHouse, { count: cluster.ids.length }, now);
    proposed++;
  }
  return proposed;
}

/** The street in the same weeks, and these two weeks of last year; what was not kept then brought nothing. */
async function aroundOf(tx: Tx, wall: Wall, known: Known, now: Date): Promise<Around> {
  const places = await placesOfStreet(tx, wall.scopeId, wall.streetId);
  const yearAgo = new Date(now.getTime() - YEAR);
  const [street, lastYear] = await Promise.all([
    streetOf(tx, places, now, known.rules.windowDays),
    mattersBetween(tx, wall.scopeId, daysBefore(yearAgo, 14), yearAgo),
  ]);
  return { street, lastYear };
}

/** False when another worker is at it, or when there is nothing to look at. */
export async function lookThrough(
  house: House,
  tx: Tx,
  scopeId: string,
  before: Date,
  now: Date,
): Promise<boolean> {
  if (!(await takeLook(tx, scopeId, before, now))) return false;
  const wall = await wallOf(tx, scopeId);
  if (wall === null) return false;
  const known = await rulesOf(house, tx, wall, now);
  const matters = await mattersBetween(tx, scopeId, daysBefore(now, known.rules.windowDays), now);
  const projects = await projectsToKnow<ProjectRow>(tx, scopeId, daysBefore(now, known.restDays));
  const open = projects.filter(({ state }) => isOpen(state));
  const kept = await keptSince(tx, scopeId);
  const around = await aroundOf(tx, wall, known, now);
  const seen = see(matters, now.getTime(), known.rules, around);
  for (const project of open) await bringUpToDate(tx, project, matters, seen, known, kept, now);
  // Enough in hand is enough: what nobody has looked at yet is not buried under more.
  const proposals = open.filter(({ state }) => state === 'proposed');
  const strong = proposals.filter(
    (project) => (judgeSubject(subjectOf(project), seen)?.strength ?? NOT_COMPARED) >= 0,
  ).length;
  const taken = new Set(projects.map(({ subjectKey }) => subjectKey));
  const waiting = { all: proposals.length, strong };
  const proposed = await propose(tx, wall, { known, seen, taken, waiting }, now);
  noteLook(tx, scopeId, matters.length, proposed);
  return true;
}
