import { createHash } from 'node:crypto';
import { DAY, MINUTE, localDate, uuidv7 } from '@gongzhi/kernel';
import type { Actor } from '../../platform/db/actor.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { Refused } from '../../platform/exports/asking.ts';
import { mediaTypes } from '../../platform/exports/table-writer.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { actingOf } from '../identity/index.ts';
import { wallOf } from '../places/index.ts';
import { insertFile, insertRun, lease, moveOn, stop, tell } from './changes.ts';
import { dueReports, isStillDue, lockDue } from './queries.ts';
import { nextTurn } from './service.ts';
import { fileNameOf, makeFile, openReport } from './service-making.ts';
import type { ReportRow } from './tables.ts';

/** A report whose turn has come is made with the eyes of its owner, once, however often it has to be begun. */

/** Longer than any takes; who was killed over it leaves it to the next. */
const leaseMilliseconds = 10 * MINUTE;
const MOST_ATTEMPTS = 3;

export async function claimTurn(tx: Tx, now: Date): Promise<ReportRow | null> {
  for (const { scopeId, id } of await dueReports(tx, now, 20)) {
    const report = await lockDue(tx, scopeId, id, now);
    if (report === null) continue;
    lease(tx, report, new Date(now.getTime() + leaseMilliseconds));
    return report;
  }
  return null;
}

/** Whoever closes the turn writes in the office's name and for the owner, who may have left. */
const closing = ({ scopeId, ownerAccountId }: ReportRow): Actor => ({
  kind: 'scope',
  accountId: ownerAccountId,
  membershipId: null,
  scopeIds: [scopeId],
  regionId: null,
  households: [],
});

async function zoneOf(q: Executor, report: ReportRow): Promise<string | undefined> {
  return (await wallOf(q, report.scopeId))?.timeZone;
}

async function stopIt(house: House, report: ReportRow, why: 'rights' | 'refused', now: Date): Promise<void> {
  await house.db.act(closing(report), async (tx) => {
    if (!(await isStillDue(tx, report))) return;
    stop(tx, report, why);
    const date = localDate(now.getTime(), await zoneOf(tx, report));
    tell(tx, report, 'stopped', now, { accountId: report.ownerAccountId, date });
  });
}

interface Made {
  readonly fileId: string;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly rows: number;
  readonly isCut: boolean;
  readonly fromDay: string | null;
  readonly toDay: string | null;
}

/** The run, the file's row, the word to its owner and the next turn, together; false when it was done before. */
async function close(
  house: House,
  report: ReportRow,
  acting: Acting,
  made: Made | null,
  now: Date,
): Promise<boolean> {
  return house.db.act(closing(report), async (tx) => {
    const wall = await wallOf(tx, report.scopeId);
    if (wall === null || !(await isStillDue(tx, report))) return false;
    const runId = uuidv7(now.getTime());
    const isFirst = await insertRun(tx, report, {
      id: runId,
      ownerAccountId: report.ownerAccountId,
      ownerRole: acting.role,
      forDay: report.nextDay!,
      fromDay: made?.fromDay ?? null,
      toDay: made?.toDay ?? null,
      state: made === null ? 'failed' : 'made',
      fileId: made?.fileId ?? null,
      fileName: made?.fileName ?? null,
      format: report.format,
      rowCount: made?.rows ?? null,
      isCut: made?.isCut ?? false,
      madeAt: now,
      expiresAt: new Date(now.getTime() + report.keepDays * DAY),
    });
    moveOn(tx, report, await nextTurn(tx, wall, report.schedule, report.nextDay, now));
    if (!isFirst) return false;
    const word = { accountId: report.ownerAccountId, date: report.nextDay! };
    if (made === null) tell(tx, report, 'failed', now, word);
    else {
      const { bytes } = made;
      const sha256 = createHash('sha256').update(bytes).digest();
      const mediaType = report.format === 'pdf' ? 'application/pdf' : mediaTypes.xlsx;
      insertFile(tx, report, { id: made.fileId, runId, mediaType, bytes: bytes.length, sha256 }, now);
      tell(tx, report, 'made', now, { ...word, count: made.rows });
    }
    return true;
  });
}

/** What the owner may no longer see is a reason to stop; what went wrong with us is one to try again. */
function refusalOf(error: unknown): 'rights' | 'refused' | null {
  const status = error instanceof Refused ? error.status : error instanceof Problem ? 404 : 0;
  if (status === 401 || status === 403 || status === 404) return 'rights';
  return status >= 400 && status < 500 && status !== 429 ? 'refused' : null;
}

export async function makeTurn(house: House, report: ReportRow): Promise<void> {
  const now = house.clock.now();
  const owner = {
    accountId: report.ownerAccountId,
    scopeId: report.scopeId,
    membershipId: report.ownerMembershipId,
  };
  const acting = await actingOf(house.db, house.settings, owner, now);
  if (acting === null || acting.mustEnrol === true || !mayAttempt(acting.role, 'report.use'))
    return stopIt(house, report, 'rights', now);
  if (report.attempts >= MOST_ATTEMPTS) return void (await close(house, report, acting, null, now));
  try {
    const opened = await openReport(house, acting, report, report.locale, report.nextDay);
    const { bytes, rows, isCut } = await makeFile(
      opened,
      report.format,
      report.locale,
      acting.displayName,
      now,
    );
    const fileId = uuidv7(now.getTime());
    await house.files.put(fileId, 'paper', bytes);
    const { span } = opened;
    const isKept = await close(
      house,
      report,
      acting,
      {
        fileId,
        fileName: fileNameOf(opened),
        bytes,
        rows,
        isCut,
        fromDay: span?.from ?? null,
        toDay: span?.to ?? null,
      },
      now,
    );
    if (!isKept) await house.files.remove(fileId);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== null) return stopIt(house, report, refusal, now);
    // The lease runs out, and it is tried again; what says so has no words of the report in it.
    house.log.error(
      { err: error, scopeId: report.scopeId, reportId: report.id },
      'a report could not be made',
    );
  }
}
