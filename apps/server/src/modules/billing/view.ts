import type { LocalDate } from '@gongzhi/kernel';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { dueNow, limitationEnds, openOf } from './domain.ts';
import type { TariffRow } from './queries-facts.ts';
import type { LineRow, RunRow } from './tables.ts';

export function runView(run: RunRow, acting: Acting) {
  const {
    scopeId,
    id,
    period,
    issueOn,
    state,
    askedByName,
    decidedByName,
    reason,
    households,
    lines,
    version,
  } = run;
  const { totalFen, lastTotalFen, exceptions, postedLines, postedFen } = run;
  return {
    id,
    scopeId,
    period,
    issueOn,
    state,
    askedByName,
    isAskedByMe: run.askedBy === acting.accountId,
    askedAt: run.askedAt.toISOString(),
    calculatedAt: run.calculatedAt?.toISOString() ?? null,
    decidedByName,
    decidedAt: run.decidedAt?.toISOString() ?? null,
    reason,
    households,
    lines,
    totalFen,
    lastTotalFen,
    exceptions,
    postedLines,
    postedFen,
    postedAt: run.postedAt?.toISOString() ?? null,
    version,
  };
}

/** A line with what it stands on; `reminded` are the days on which payment was asked for in writing. */
export function lineView(
  line: LineRow,
  sources: ReadonlyMap<string, string>,
  today: LocalDate,
  reminded: readonly LocalDate[],
) {
  const isVoided = line.voidedAt !== null;
  const {
    lineId,
    billId,
    period,
    payer,
    item,
    name,
    amountFen,
    discountFen,
    settledFen,
    earlyUntil,
    earlyFen,
  } = line;
  const openFen = openOf({ ...line, isVoided });
  const { surcharge: _, ...basis } = line.basis;
  return {
    lineId,
    billId,
    period,
    payer,
    item,
    name,
    amountFen,
    discountFen,
    settledFen,
    openFen,
    dueFen: dueNow({ ...line, isVoided }, today),
    earlyUntil,
    earlyFen,
    basis,
    tariffId: line.tariffId,
    tariffSource: line.tariffId === null ? null : (sources.get(line.tariffId) ?? null),
    serviceFrom: line.serviceFrom,
    serviceTo: line.serviceTo,
    issuedOn: line.issuedOn,
    dueOn: line.dueOn,
    isLate: openFen > 0 && line.dueOn < today,
    limitationOn: openFen > 0 ? limitationEnds(line.dueOn, reminded) : null,
    isVoided,
    voidReason: line.voidReason,
    corrects: line.corrects,
  };
}

export function tariffView(row: TariffRow, today: LocalDate, isCurrent: boolean) {
  return {
    id: row.id,
    item: row.item,
    name: row.name,
    rule: row.rule,
    terms: row.terms,
    validFrom: row.validFrom,
    validTo: row.validTo,
    source: row.source,
    createdAt: row.createdAt.toISOString(),
    createdByName: row.createdByName,
    isCurrent: isCurrent && (row.validTo === null || today < row.validTo),
  };
}
