import { addDays, type LocalDate, multiplyFen } from '@gongzhi/kernel';
import { coldRefund, monthlyPart, rentOn } from './charges.ts';
import type { Formula } from './formula.ts';
import {
  type Exception,
  type HomeFacts,
  leftOut,
  type Month,
  type RuleLine,
  withoutSource,
  type Priced,
  type PricedLine,
  type Tariff,
  vacantDaysOf,
} from './homes.ts';
import { daysOf, daysWithin, lastDayOf } from './months.ts';
import { byFormula, byMeter, toldOf } from './pricing-uses.ts';
import { isAmount, partOf, rateTimes, type Terms } from './tariffs.ts';

/** One month of one home, item by item: pure; every fact is passed in, and every line carries what explains it. */

/** What one tariff makes of one home in one month: mostly one line, sometimes none, sometimes one for each space or spell. */
export function priceOf(
  tariff: Tariff,
  facts: HomeFacts,
  month: Month,
  formula: Formula | undefined,
): Priced {
  const found = linesOf(tariff, facts, month, formula);
  if ('code' in found) return { lines: [], exceptions: [found] };
  const lines = found
    .filter(({ grossFen }) => grossFen !== 0)
    .map(
      (line): PricedLine => ({
        item: tariff.item,
        name: tariff.name,
        tariffId: tariff.id,
        serviceFrom: month.period,
        serviceTo: lastDayOf(month.period),
        discountFen: 0,
        ...line,
      }),
    );
  const tooLarge = lines.find(({ grossFen }) => !isAmount(grossFen));
  if (tooLarge !== undefined) return { lines: [], exceptions: [leftOut(tariff.item, 'too_large')] };
  return {
    lines: lines.map((line) => lessVacancy(line, tariff, facts, month)),
    exceptions: toldOf(tariff, facts),
  };
}

function linesOf(
  tariff: Tariff,
  facts: HomeFacts,
  month: Month,
  formula: Formula | undefined,
): RuleLine[] | Exception {
  const { rule, item } = tariff;
  const { home } = facts;
  switch (rule.kind) {
    case 'none':
      return [];
    case 'area':
      return [
        {
          ...withoutSource,
          grossFen: Number(rateTimes(rule.rateE4, home.areaHundredths, 100)),
          basis: { kind: 'area', areaHundredths: home.areaHundredths, rateE4: rule.rateE4 },
        },
      ];
    case 'fixed':
      return [
        { ...withoutSource, grossFen: rule.amountFen, basis: { kind: 'fixed', unitFen: rule.amountFen } },
      ];
    case 'metered':
    case 'tiered':
      return byMeter(tariff, facts);
    case 'shared':
      return facts.shares
        .filter((share) => share.item === item)
        .map(({ costId, item: _, amountFen, ...share }) => ({
          ...withoutSource,
          grossFen: amountFen,
          basis: { kind: 'shared', ...share },
          sourceKind: 'shared_cost',
          sourceId: `${costId}:${home.householdId}`,
        }));
    case 'parking':
    case 'rent':
    case 'deposit':
      return byAgreement(tariff, facts, month);
    case 'heating':
      return heating(tariff, facts, month);
    case 'formula':
      return byFormula(tariff, facts, month, formula);
  }
}

function byAgreement({ rule, item }: Tariff, facts: HomeFacts, { period }: Month): RuleLine[] {
  const held = facts.agreements.filter(
    (one) => one.kind === rule.kind && one.item === item && daysWithin(period, one.startsOn, one.endsOn) > 0,
  );
  return held.map((one) => {
    const label = one.params.label === undefined ? {} : { label: one.params.label };
    if (rule.kind === 'deposit') {
      const unitFen = one.params.depositFen ?? rule.amountFen;
      // Once, whenever the first run comes that sees it.
      const source = { sourceKind: 'agreement', sourceId: one.id };
      return {
        ...withoutSource,
        ...source,
        grossFen: unitFen,
        basis: { kind: 'deposit', unitFen, ...label },
      };
    }
    const spaces = one.params.spaces ?? 1;
    const unitFen =
      rule.kind === 'parking'
        ? rule.amountFen
        : rentOn(period, one.params.rent ?? { monthlyFen: 0, rises: [] });
    const { amountFen, days, ofDays } = monthlyPart(unitFen * spaces, period, one.startsOn, one.endsOn);
    const many = rule.kind === 'parking' ? { spaces } : {};
    return {
      ...withoutSource,
      grossFen: amountFen,
      basis: { kind: rule.kind, unitFen, ...many, days, ofDays, ...label },
    };
  });
}

function heating({ rule, item }: Tariff, facts: HomeFacts, { period, season }: Month): RuleLine[] {
  if (rule.kind !== 'heating') return [];
  const { areaHundredths } = facts.home;
  const fee: RuleLine[] =
    season !== null && Number(period.slice(5, 7)) === rule.month
      ? [
          {
            ...withoutSource,
            grossFen: Number(rateTimes(rule.rateE4, areaHundredths, 100)),
            basis: {
              kind: 'heating',
              areaHundredths,
              rateE4: rule.rateE4,
              season: season.name,
              ofDays: season.days,
            },
          },
        ]
      : [];
  const back = (facts.cold[item] ?? []).map((spell): RuleLine => {
    const { amountFen, shareBp } = coldRefund(spell.seasonFen, spell.seasonDays, spell, rule.cold);
    return {
      ...withoutSource,
      grossFen: amountFen === 0 ? 0 : -amountFen,
      basis: {
        kind: 'cold_refund',
        totalFen: spell.seasonFen,
        ofDays: spell.seasonDays,
        days: spell.days,
        coldestTenths: spell.coldestTenths,
        shareBp,
      },
      serviceFrom: spell.from,
      serviceTo: addDays(spell.until, -1),
      sourceKind: 'cold_spell',
      sourceId: spell.id,
      paidBy: spell.paidBy,
    };
  });
  return [...fee, ...back];
}

/** For the days a home stands empty only a part is paid, where the contract says so: never of what was used or spent. */
function lessVacancy(
  line: PricedLine,
  { terms, rule }: Tariff,
  facts: HomeFacts,
  { period }: Month,
): PricedLine {
  const { vacantBp } = terms;
  if (vacantBp === undefined || line.grossFen <= 0 || (rule.kind !== 'area' && rule.kind !== 'fixed'))
    return line;
  const vacantDays = vacantDaysOf(facts, period);
  if (vacantDays === 0) return line;
  const discountFen = Number(
    multiplyFen(
      BigInt(line.grossFen),
      BigInt(vacantDays) * BigInt(10_000 - vacantBp),
      BigInt(daysOf(period)) * 10_000n,
    ),
  );
  return { ...line, discountFen, basis: { ...line.basis, vacantDays, vacantBp } };
}

/** When it is due, and what paying early takes off. */
export function datesOf(
  terms: Terms,
  issueOn: LocalDate,
  amountFen: number,
): { readonly dueOn: LocalDate; readonly earlyUntil: LocalDate | null; readonly earlyFen: number } {
  const dueOn = addDays(issueOn, terms.dueDays);
  const earlyFen = terms.early === undefined || amountFen <= 0 ? 0 : partOf(amountFen, terms.early.shareBp);
  if (terms.early === undefined || earlyFen === 0) return { dueOn, earlyUntil: null, earlyFen: 0 };
  return { dueOn, earlyUntil: addDays(issueOn, terms.early.withinDays), earlyFen };
}
