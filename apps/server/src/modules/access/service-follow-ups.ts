import { addDays, DAY, HOUR, localDate, startOfDay, uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../places/index.ts';
import {
  awaySince,
  type FollowedPass,
  type FollowUpRow,
  followUpsUnder,
  lockFollowUp,
  passesNamed,
} from './queries-follow-ups.ts';
import { type ListedMeasure, measuresAt } from './queries-measures.ts';
import { findPass } from './queries-passes.ts';
import type { FollowUpBody, FollowUpDoneBody } from './schemas-tracing.ts';
import { keep, tellOfGate } from './service-gates.ts';

/**
 * Looking after who came home from a risk area, and asking about who stays away. Only while a measure stands that says so;
 * with the measure it is out of sight, and after its time destroyed.
 */

export const followUpFields = { words: 'access.follow_up.words', note: 'access.follow_up.note' } as const;

/** Further back nobody is looked for: whoever left before moved, or is on a journey. */
const longestAway = 14 * DAY;

type FollowingMeasure = ListedMeasure & {
  readonly followUp: { readonly days: number; readonly awayHours: number };
};

export async function followingMeasures(q: Executor, wall: Wall, now: Date): Promise<FollowingMeasure[]> {
  const standing = await measuresAt(q, wall, now);
  return standing.flatMap((measure) => {
    const followUp = measure.content.allows?.followUp ?? null;
    return followUp === null ? [] : [{ ...measure, followUp }];
  });
}

export interface FollowedUp {
  /** Null: it follows from the passages alone, and nobody has written anything. */
  readonly row: FollowUpRow | null;
  readonly policyId: string;
  readonly passId: string;
  readonly kind: 'risk' | 'declared' | 'away';
  readonly since: Date;
  readonly pass: FollowedPass;
}

export async function followedUp(
  q: Executor,
  scopeId: string,
  measures: readonly FollowingMeasure[],
  now: Date,
): Promise<FollowedUp[]> {
  if (measures.length === 0) return [];
  const away = await Promise.all(
    measures.map(async ({ id, startsAt, followUp }) => {
      const from = new Date(Math.max(startsAt.getTime(), now.getTime() - longestAway));
      const leftBefore = new Date(now.getTime() - followUp.awayHours * HOUR);
      return (await awaySince(q, scopeId, from, leftBefore)).map((one) => ({ ...one, policyId: id }));
    }),
  );
  const rows = await followUpsUnder(
    q,
    scopeId,
    measures.map(({ id }) => id),
  );
  // Under two measures somebody is away once, under the one that says so first.
  const awayOnce = new Map(
    away
      .flat()
      .reverse()
      .map((one) => [one.passId, one]),
  );
  const asked = new Map(rows.filter(({ kind }) => kind === 'away').map((row) => [row.passId, row]));
  const noted = rows.filter(({ kind }) => kind !== 'away');
  const passes = new Map(
    (
      await passesNamed(q, scopeId, [...new Set([...rows, ...awayOnce.values()].map((one) => one.passId))])
    ).map((pass) => [pass.id, pass]),
  );
  const listed = [
    ...noted.map((row) => ({
      row,
      policyId: row.policyId,
      passId: row.passId,
      kind: row.kind,
      since: row.since,
    })),
    ...[...awayOnce.values()].map(({ passId, policyId, since }) => {
      const row = asked.get(passId);
      // What was asked about an earlier absence says nothing of this one.
      const isOfThis = row !== undefined && row.since.getTime() === since.getTime();
      return { row: isOfThis ? row : null, policyId, passId, kind: 'away' as const, since };
    }),
  ];
  return listed.flatMap((one) => {
    const pass = passes.get(one.passId);
    return pass === undefined ? [] : [{ ...one, pass }];
  });
}

/** The measure under which this may be done, now and here. */
async function underMeasure(tx: Tx, wall: Wall, policyId: string, now: Date): Promise<FollowingMeasure> {
  const measure = (await followingMeasures(tx, wall, now)).find(({ id }) => id === policyId);
  if (measure === undefined) throw new Problem('access.no_follow_up_measure');
  return measure;
}

export async function declareReturn(
  house: House,
  acting: Acting,
  tx: Tx,
  body: FollowUpBody,
  now: Date,
): Promise<void> {
  const { scopeId, policyId, passId, cameOn } = body;
  const wall = await accessScope(tx, acting, scopeId);
  const measure = await underMeasure(tx, wall, policyId, now);
  if ((await findPass(tx, scopeId, passId)) === null)
    throw new Problem('validation.failed', {}, [{ path: '/passId', code: 'unknown', params: {} }]);
  const today = localDate(now.getTime(), wall.timeZone);
  if (cameOn > today || cameOn < addDays(today, -measure.followUp.days))
    throw new Problem('validation.failed', {}, [
      { path: '/cameOn', code: 'range', params: { mostDays: measure.followUp.days } },
    ]);
  const which = { policyId, passId, kind: 'declared' };
  const before = await lockFollowUp(tx, scopeId, which);
  const since = new Date(startOfDay(cameOn, wall.timeZone));
  // A later return is another one.
  if (before !== null && since <= before.since) throw new Problem('access.follow_up_there');
  const id = before?.id ?? uuidv7(now.getTime());
  const { cityId, streetId, companyId } = wall;
  tx.write(
    sql`insert into access.follow_up (scope_id, follow_up_id, city_id, street_id, company_id, policy_scope_id, policy_id, pass_id, kind, since_at, due_on,
          words_cipher, written_by_name, version, created_at)
        values (${scopeId}, ${id}, ${cityId}, ${streetId}, ${companyId}, ${measure.scopeId}, ${policyId}, ${passId}, 'declared',
          ${since}, ${addDays(cameOn, measure.followUp.days)},
          ${house.crypto.seal(body.words.trim(), followUpFields.words, id)}, ${acting.displayName}, 1, ${now})
        on conflict (scope_id, policy_id, pass_id, kind) do update set since_at = excluded.since_at, due_on = excluded.due_on,
          words_cipher = excluded.words_cipher, written_by_name = excluded.written_by_name, note_cipher = null, done_by_name = null, done_at = null,
          version = access.follow_up.version + 1`,
  );
  note(tx, acting, wall, 'follow_up.declared', id, now);
}

function note(tx: Tx, acting: Acting, wall: Wall, action: string, id: string, now: Date): void {
  keep(tx, acting, wall, action, { type: 'follow_up', id }, {}, now);
  tellOfGate(tx, wall, action, id, now);
}

/** What came of it. Of who is away it is the first word that is written down. */
export async function settleFollowUp(
  house: House,
  acting: Acting,
  tx: Tx,
  body: FollowUpDoneBody,
  now: Date,
): Promise<void> {
  const { scopeId, policyId, passId, kind } = body;
  const wall = await accessScope(tx, acting, scopeId);
  const measure = await underMeasure(tx, wall, policyId, now);
  const row = await lockFollowUp(tx, scopeId, { policyId, passId, kind });
  const words = body.note.trim();
  if (kind !== 'away') {
    if (row === null) throw new Problem('not_found');
    if (row.version !== body.expectedVersion) throw new Problem('access.stale', { version: row.version });
    tx.write(
      sql`update access.follow_up set note_cipher = ${house.crypto.seal(words, followUpFields.note, row.id)}, done_by_name = ${acting.displayName},
            done_at = ${now}, version = version + 1 where scope_id = ${scopeId} and follow_up_id = ${row.id}`,
    );
    note(tx, acting, wall, 'follow_up.done', row.id, now);
    return;
  }
  const away = (await followedUp(tx, scopeId, [measure], now)).find(
    (one) => one.kind === 'away' && one.passId === passId,
  );
  // Meanwhile they are back: nothing to write about them.
  if (away === undefined) throw new Problem('access.follow_up_over');
  if ((away.row?.version ?? 0) !== body.expectedVersion)
    throw new Problem('access.stale', { version: away.row?.version ?? 0 });
  const id = row?.id ?? uuidv7(now.getTime());
  const { cityId, streetId, companyId } = wall;
  tx.write(
    sql`insert into access.follow_up (scope_id, follow_up_id, city_id, street_id, company_id, policy_scope_id, policy_id, pass_id, kind, since_at,
          note_cipher, written_by_name, done_by_name, done_at, version, created_at)
        values (${scopeId}, ${id}, ${cityId}, ${streetId}, ${companyId}, ${measure.scopeId}, ${policyId}, ${passId}, 'away', ${away.since},
          ${house.crypto.seal(words, followUpFields.note, id)}, ${acting.displayName}, ${acting.displayName}, ${now}, 1, ${now})
        on conflict (scope_id, policy_id, pass_id, kind) do update set since_at = excluded.since_at, note_cipher = excluded.note_cipher,
          done_by_name = excluded.done_by_name, done_at = excluded.done_at, version = access.follow_up.version + 1`,
  );
  note(tx, acting, wall, 'follow_up.done', id, now);
}
