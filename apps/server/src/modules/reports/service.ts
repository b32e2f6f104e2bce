import { localDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../places/index.ts';
import { workingOf } from '../work-orders/index.ts';
import { insertReport, type NextTurn, removeReport, storeReport, tell } from './changes.ts';
import { firstTurn, type Schedule, turnAfter } from './domain.ts';
import { faultsOf, kindsOf } from './facts.ts';
import { countOwn, lockReport } from './queries.ts';
import type { ReportInput } from './schemas.ts';
import type { Definition } from './tables.ts';

/** Keeping a report: what is wished has to fit its list, and to be due some day. */

const MOST = 100;
/** What was missed longer ago than this is not made up for. */
const missedMilliseconds = 31 * 24 * 60 * 60 * 1000;

export async function nextTurn(
  q: Executor,
  wall: Wall,
  schedule: Schedule | null,
  after: string | null,
  now: Date,
): Promise<NextTurn | null> {
  if (schedule === null) return null;
  const calendar = await workingOf(q, wall);
  const zone = wall.timeZone;
  const first = () => firstTurn(schedule, localDate(now.getTime(), zone), now.getTime(), zone, calendar);
  let turn = after === null ? first() : turnAfter(schedule, after, zone, calendar);
  if (turn !== null && turn.at < now.getTime() - missedMilliseconds) turn = first();
  return turn === null ? null : { day: turn.day, at: new Date(turn.at) };
}

export async function saveReport(
  house: House,
  acting: Acting,
  tx: Tx,
  id: string,
  { expectedVersion, ...input }: ReportInput,
  now: Date,
): Promise<void> {
  const wish: Definition = { ...input, name: input.name.trim() };
  const kind = kindsOf(house, acting.role).find(({ name }) => name === wish.kind) ?? null;
  const faults = faultsOf(wish, kind);
  if (faults.length > 0) throw new Problem('validation.failed', {}, faults);
  const wall = await accessScope(tx, acting, acting.homeScopeId);
  if (wish.aboutScopeId !== null) await accessScope(tx, acting, wish.aboutScopeId);
  const before = await lockReport(tx, acting, id);
  if (before !== null && before.removedAt !== null) throw new Problem('not_found');
  if ((before?.version ?? 0) !== expectedVersion)
    throw new Problem('reports.stale', { version: before?.version ?? 0 });
  const next = await nextTurn(tx, wall, wish.schedule, null, now);
  if (wish.schedule !== null && next === null) throw new Problem('reports.never_due');
  if (before === null) {
    if ((await countOwn(tx, acting)) >= MOST) throw new Problem('reports.too_many', { most: MOST });
    insertReport(tx, wall, id, acting, wish, next, now);
  } else storeReport(tx, before, acting, wish, next, now);
  tell(tx, { ...wall, id }, 'saved', now);
}

export async function dropReport(acting: Acting, tx: Tx, id: string, now: Date): Promise<void> {
  const before = await lockReport(tx, acting, id);
  if (before === null || before.removedAt !== null) throw new Problem('not_found');
  removeReport(tx, before, now);
  tell(tx, before, 'removed', now);
}
