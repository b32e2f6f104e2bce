import { addDays, daysBetween, type LocalDate, uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { coldHomes, latestSeason } from '../heating/index.ts';
import { homesOfScope, wallOf } from '../places/index.ts';
import {
  addMonths,
  type BilledLine,
  billedTo,
  type Exception,
  type Formula,
  type Home,
  type HomeFacts,
  lastDayOf,
  type Month,
  outliersOf,
  priceOf,
  type Rule,
  type Share,
  shareOut,
  type SpellOfCold,
  surchargeOn,
} from './domain.ts';
import {
  agreementsIn,
  billedIn,
  billedSources,
  costsOf,
  lateLines,
  payerRulesIn,
  seasonFees,
  type TariffRow,
  tariffsOn,
  usedThisYear,
} from './queries-facts.ts';
import {
  clearRun,
  insertExceptions,
  insertRunLines,
  markCalculated,
  type RunExceptionRow,
} from './queries-runs.ts';
import { usesOf } from './service-meters.ts';
import type { RunLineRow, RunRow } from './tables.ts';

/** The library that reads formulas is loaded for who has one. */
export async function formulaOf(rule: Rule): Promise<Formula | undefined> {
  if (rule.kind !== 'formula') return undefined;
  const { readFormula } = await import('./service-formulas.ts');
  const read = readFormula(rule.expression);
  if (!read.ok) throw new Problem('billing.formula', { fault: read.error.code, what: read.error.what });
  return read.value;
}

/** The season that a month's heating fee or refund is about. */
export async function seasonOf(
  house: House,
  q: Executor,
  chain: readonly string[],
  period: LocalDate,
): Promise<{ name: string; firstDay: LocalDate; lastDay: LocalDate; days: number }> {
  const lastDay = lastDayOf(period);
  const season = latestSeason(lastDay, await house.settings.get(q, chain, 'heating.season', lastDay));
  return { ...season, days: daysBetween(season.firstDay, season.lastDay) + 1 };
}

const grouped = <Row extends { readonly householdId: string }>(rows: readonly Row[]) =>
  Map.groupBy(rows, ({ householdId }) => householdId);

/** What was spent together falls on the homes of its building, or on all, the same way however often it is calculated. */
export function sharesOf(
  costs: readonly {
    readonly id: string;
    readonly item: string;
    readonly buildingId: string | null;
    readonly totalFen: number;
  }[],
  tariffs: readonly TariffRow[],
  homes: readonly Home[],
): Map<string, Share[]> {
  const shares = new Map<string, Share[]>();
  for (const cost of costs) {
    const rule = tariffs.find(({ item }) => item === cost.item)?.rule;
    if (rule?.kind !== 'shared') continue;
    const those = homes.filter(
      ({ buildingId }) => cost.buildingId === null || buildingId === cost.buildingId,
    );
    if (those.length === 0) continue;
    const weights = those.map(({ areaHundredths }) => (rule.by === 'area' ? areaHundredths : 1));
    const ofWeight = weights.reduce((sum, weight) => sum + weight, 0);
    const parts = shareOut(cost.totalFen, weights);
    those.forEach(({ householdId }, at) => {
      const own = shares.get(householdId) ?? [];
      own.push({
        costId: cost.id,
        item: cost.item,
        amountFen: parts[at]!,
        totalFen: cost.totalFen,
        by: rule.by,
        weight: weights[at]!,
        ofWeight,
        homes: those.length,
      });
      shares.set(householdId, own);
    });
  }
  return shares;
}

/** Spells that are over and not yet refunded, with the fee they are a part of. */
async function coldOf(
  q: Executor,
  run: RunRow,
  season: { name: string; firstDay: LocalDate; lastDay: LocalDate },
): Promise<Map<string, Record<string, SpellOfCold[]>>> {
  const fees = await seasonFees(q, run.scopeId, season.name);
  if (fees.length === 0) return new Map();
  const [cold, done] = await Promise.all([
    coldHomes(q, run.scopeId, season, run.issueOn),
    billedSources(q, run.scopeId, ['cold_spell']),
  ]);
  const feesOf = grouped(fees);
  const found = new Map<string, Record<string, SpellOfCold[]>>();
  for (const { householdId, spell } of cold) {
    const isOver = !spell.isOpen || run.issueOn > season.lastDay;
    if (!isOver) continue;
    for (const [item, paidBy] of Map.groupBy(feesOf.get(householdId) ?? [], (fee) => fee.item)) {
      const id = `${householdId}:${item}:${spell.from}`;
      if (done.has(`cold_spell ${id}`)) continue;
      const own = found.get(householdId) ?? {};
      own[item] = [
        ...(own[item] ?? []),
        {
          id,
          from: spell.from,
          until: spell.until,
          days: spell.days,
          coldestTenths: spell.coldestTenths,
          seasonFen: paidBy.reduce((sum, { fen }) => sum + fen, 0),
          paidBy: paidBy.map(({ payer, partyId, partyName, fen }) => ({ payer, partyId, partyName, fen })),
          seasonDays: Math.max(...paidBy.map(({ days }) => days)),
        },
      ];
      found.set(householdId, own);
    }
  }
  return found;
}

/** What lateness has added by the day before the bills go out, less what was billed of it before. */
async function surchargesOf(
  q: Executor,
  run: RunRow,
): Promise<Map<string, (BilledLine & { isHigh: boolean })[]>> {
  const late = await lateLines(q, run, run.issueOn);
  const found = new Map<string, (BilledLine & { isHigh: boolean })[]>();
  for (const line of late) {
    const until = addDays(run.issueOn, -1);
    const { amountFen: allFen, days, isCapped, isHigh } = surchargeOn(line, line.surcharge, until);
    const amountFen = allFen - line.chargedFen;
    if (amountFen <= 0) continue;
    const own = found.get(line.householdId) ?? [];
    own.push({
      item: 'surcharge',
      name: line.name,
      tariffId: '',
      amountFen,
      discountFen: 0,
      quantityMilli: null,
      basis: {
        kind: 'surcharge',
        ofLineId: line.lineId,
        lateDays: days,
        perDayE5: line.surcharge.perDayE5,
        totalFen: line.amountFen,
        isCapped,
      },
      serviceFrom: line.dueOn,
      serviceTo: until,
      payer: line.payer,
      partyId: line.partyId,
      partyName: line.partyName,
      dueOn: addDays(run.issueOn, 15),
      earlyUntil: null,
      earlyFen: 0,
      sourceKind: 'surcharge',
      sourceId: `${line.lineId}:${run.period}`,
      isHigh,
    });
    found.set(line.householdId, own);
  }
  return found;
}

const chunk = 4_000;

/** The whole month of a compound, anew: in one transaction, so that it is there whole or not at all. */
export async function calculate(house: House, tx: Tx, run: RunRow, now: Date): Promise<void> {
  const { scopeId, period, issueOn } = run;
  const wall = await wallOf(tx, scopeId);
  if (wall === null) throw new Problem('not_found');
  const chain = [scopeId, run.companyId, run.streetId, run.cityId].filter((id) => id !== null);
  clearRun(tx, run);
  const [tariffs, homes, agreements, payerRules, costs, used, last, done, season] = await Promise.all([
    tariffsOn(tx, run, period),
    homesOfScope(tx, scopeId),
    agreementsIn(tx, run, period),
    payerRulesIn(tx, run, period),
    costsOf(tx, run, period),
    usedThisYear(tx, scopeId, period),
    billedIn(tx, scopeId, addMonths(period, -1)),
    billedSources(tx, scopeId, ['agreement', 'shared_cost']),
    seasonOf(house, tx, chain, period),
  ]);
  const formulas = new Map<string, Formula | undefined>();
  for (const { id, rule } of tariffs) formulas.set(id, await formulaOf(rule));
  const uses = await usesOf(tx, scopeId, period, tariffs, wall.timeZone);
  const [cold, surcharges] = [await coldOf(tx, run, season), await surchargesOf(tx, run)];
  const shares = sharesOf(costs, tariffs, homes);
  const [agreementsOf, usedOf, lastOf] = [grouped(agreements), grouped(used), grouped(last)];
  const month: Month = { period, issueOn, season: { name: season.name, days: season.days } };
  const lines: RunLineRow[] = [];
  const exceptions: RunExceptionRow[] = [];
  const except = (home: Home | null, found: Exception): void => {
    exceptions.push({
      id: uuidv7(now.getTime()),
      householdId: home?.householdId ?? null,
      householdLabel: home?.label ?? null,
      ...found,
    });
  };
  if (tariffs.length === 0) except(null, { item: '', code: 'no_tariff', params: {}, isLeftOut: true });
  for (const cost of costs)
    if (!tariffs.some(({ item, rule }) => item === cost.item && rule.kind === 'shared'))
      except(null, {
        item: cost.item,
        code: 'cost_without_tariff',
        params: { totalFen: cost.totalFen },
        isLeftOut: true,
      });
  const billed = new Set<string>();
  for (const home of homes) {
    const facts: HomeFacts = {
      home,
      agreements: agreementsOf.get(home.householdId) ?? [],
      used: uses.get(home.householdId) ?? {},
      usedBeforeMilli: Object.fromEntries(
        (usedOf.get(home.householdId) ?? []).map(({ item, milli }) => [item, milli]),
      ),
      shares: shares.get(home.householdId) ?? [],
      cold: cold.get(home.householdId) ?? {},
    };
    const sums = new Map<string, number>();
    const keep = (line: BilledLine): void => {
      billed.add(home.householdId);
      sums.set(line.item, (sums.get(line.item) ?? 0) + line.amountFen);
      lines.push({
        ...line,
        tariffId: line.tariffId === '' ? null : line.tariffId,
        lineId: uuidv7(now.getTime()),
        householdId: home.householdId,
        householdLabel: home.label,
      });
    };
    for (const tariff of tariffs) {
      const priced = priceOf(tariff, facts, month, formulas.get(tariff.id));
      for (const found of priced.exceptions) except(home, found);
      for (const line of priced.lines) {
        if (line.sourceId !== null && done.has(`${line.sourceKind} ${line.sourceId}`)) continue;
        for (const part of billedTo(line, tariff, payerRules, home, month)) keep(part);
      }
    }
    for (const { isHigh, ...line } of surcharges.get(home.householdId) ?? []) {
      keep(line);
      if (isHigh)
        except(home, {
          item: line.item,
          code: 'surcharge_high',
          params: { nowFen: line.amountFen },
          isLeftOut: false,
        });
    }
    const before = new Map((lastOf.get(home.householdId) ?? []).map(({ item, fen }) => [item, fen]));
    for (const found of outliersOf(before, sums)) except(home, found);
  }
  for (let at = 0; at < lines.length; at += chunk) insertRunLines(tx, run, lines.slice(at, at + chunk));
  for (let at = 0; at < exceptions.length; at += chunk)
    insertExceptions(tx, run, exceptions.slice(at, at + chunk));
  markCalculated(
    tx,
    run,
    {
      households: billed.size,
      lines: lines.length,
      totalFen: lines.reduce((sum, { amountFen }) => sum + amountFen, 0),
      lastTotalFen: last.reduce((sum, { fen }) => sum + fen, 0),
      exceptions: exceptions.length,
    },
    now,
  );
}
