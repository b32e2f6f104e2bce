import { toIso } from '@gongzhi/kernel';
import type { ImportRun } from '../../../platform/imports/runs.ts';
import { exitCodes } from './context.ts';
import { countDuplicates } from './links.ts';
import type { LoaderTx } from '../../../platform/db/loader-database.ts';
import type { CompiledMapping } from './mapping.ts';
import { countHistory, firstMismatches } from './summary.ts';

export const thousands = (n: number): string => n.toLocaleString('en-US');

interface Closing {
  readonly mapping: CompiledMapping;
  readonly cityId: string;
  readonly run: ImportRun;
  /** False when this very file had been imported before. */
  readonly isNew: boolean;
  readonly seconds: number;
  readonly hasViewer: boolean;
}

/** What is in the database now, in a few lines; and the exit code that goes with it. */
export async function closingReport(
  tx: LoaderTx,
  closing: Closing,
  out: (line: string) => void,
): Promise<number> {
  const { mapping, cityId, run, isNew, seconds } = closing;
  const { source, city } = mapping;
  const rowsNew = isNew ? run.rowsNew : 0;
  const known = run.rowsDone - run.rowsNew - run.rowsRejected;
  out(
    `${thousands(run.rowsDone)} rows in ${seconds.toFixed(1)} s: ${thousands(rowsNew)} new, ${thousands(isNew ? known : run.rowsDone - run.rowsRejected)} there before, ${thousands(run.rowsRejected)} refused.`,
  );
  const counts = await countHistory(tx, source, cityId);
  out(
    `${city.name} has ${thousands(counts.orders)} requests of ${source}: ${thousands(counts.open)} open, ${thousands(counts.late)} late.`,
  );
  if (mapping.duplicate !== undefined) {
    const d = await countDuplicates(tx, source, cityId);
    out(
      `Duplicates: ${thousands(d.said)} requests speak of one, ${thousands(d.unnamed)} of them without naming it; of ${thousands(d.named)} named, ${thousands(d.linked)} are here and linked, ${thousands(d.named - d.linked)} lie outside this history.`,
    );
  }
  let code: number = run.rowsRejected > 0 ? exitCodes.someRefused : exitCodes.done;
  if (mapping.verdict !== undefined) {
    out(
      `On time: compared with the source on ${thousands(counts.compared)} requests with both dates, ${thousands(counts.mismatches)} differ.`,
    );
    if (counts.mismatches > 0) {
      code = exitCodes.failed;
      for (const m of await firstMismatches(tx, source, cityId)) {
        const at = (date: Date) => toIso(date.getTime(), city.timeZone);
        out(
          `  ${m.externalId}: due ${at(m.dueAt)}, closed ${at(m.closedAt)}; the source says ${m.sourceOnTime ? 'on time' : 'late'}`,
        );
      }
    }
  }
  if (closing.hasViewer)
    out(`To look at it: sign in, switch to the membership "${city.name}", open the on-time report.`);
  else out(`To look at it: run this again with --viewer and the phone number of an account.`);
  return code;
}
