import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { wallOf, type Wall } from '../places/index.ts';
import { keptSince } from '../work-orders/index.ts';
import { attach, house as byHouse, insertProposal, refresh, storeProject, tell } from './changes.ts';
import {
  type Effect,
  effectOf,
  findClusters,
  isAbout,
  isOpen,
  type Matter,
  spansOf,
  type Subject,
  weeksOf,
} from './domain.ts';
import { daysBefore, type Known, mattersBetween, rulesOf } from './facts.ts';
import { noteLook, projectsToKnow, takeLook } from './queries-look.ts';
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
  known: Known,
  kept: Date | null,
  now: Date,
): Promise<void> {
  const own = matters.filter((matter) => isAbout(subjectOf(project), matter));
  const added = await attach(
    tx,
    project,
    own.map(({ id }) => id),
    now,
  );
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

async function propose(
  tx: Tx,
  wall: Wall,
  matters: readonly Matter[],
  known: Known,
  taken: Set<string>,
  now: Date,
) {
  let proposed = 0;
  for (const cluster of findClusters(matters, now.getTime(), known.rules, taken)) {
    const project = await insertProposal(tx, wall, cluster, now);
    if (project === null) continue;
    await attach(tx, project, cluster.ids, now);
    tell(tx, project, 'proposed', byHouse, { count: cluster.ids.length }, now);
    proposed++;
  }
  return proposed;
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
  const kept = open.some(({ state }) => state === 'watched') ? await keptSince(tx, scopeId) : null;
  for (const project of open) await bringUpToDate(tx, project, matters, known, kept, now);
  // Enough in hand is enough: what nobody has looked at yet is not buried under more.
  const waiting = open.filter(({ state }) => state === 'proposed').length;
  const rules = { ...known.rules, mostProposed: Math.max(0, known.rules.mostProposed - waiting) };
  const taken = new Set(projects.map(({ subjectKey }) => subjectKey));
  const proposed = await propose(tx, wall, matters, { ...known, rules }, taken, now);
  noteLook(tx, scopeId, matters.length, proposed);
  return true;
}
