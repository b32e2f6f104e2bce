import { addDays, type LocalDate, multiplyFen, ok } from '@gongzhi/kernel';
import type { Basis, MeterUse } from './basis.ts';
import { type ColdDays, coldRefund, monthlyPart, rentOn, type RentTerms } from './charges.ts';
import { fenOf, type Formula, type InputValues, scaled } from './formula.ts';
import { daysOf, daysWithin, lastDayOf } from './months.ts';
import {
  isAmount,
  type MeterKind,
  MOST_FEN,
  partOf,
  rateTimes,
  type Rule,
  type Terms,
  tiered,
  usedBetween,
} from './tariffs.ts';
import type { HomeUse } from './uses.ts';

/** One month of one home, item by item: pure; every fact is passed in, and every line carries what explains it. */

export interface Home {
  readonly householdId: string;
  readonly label: string;
  readonly buildingId: string;
  readonly areaHundredths: number;
  readonly floor: number;
}

export interface Tariff {
  readonly id: string;
  readonly item: string;
  readonly name: string;
  readonly rule: Rule;
  readonly terms: Terms;
}

export interface Agreement {
  readonly id: string;
  readonly kind: 'parking' | 'rent' | 'deposit' | 'vacancy';
  readonly item: string | null;
  readonly params: {
    readonly spaces?: number;
    readonly label?: string;
    readonly rent?: RentTerms;
    readonly depositFen?: number;
  };
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate | null;
}

export interface SpellOfCold extends ColdDays {
  readonly id: string;
  readonly from: LocalDate;
  readonly until: LocalDate;
  /** What was billed for that season, and for how many days. */
  readonly seasonFen: number;
  readonly seasonDays: number;
}

export interface HomeFacts {
  readonly home: Home;
  readonly agreements: readonly Agreement[];
  /** By item; an item that is not there asks for a meter that this home has not. */
  readonly used: Readonly<Record<string, HomeUse>>;
  /** Of this year, before this month, by item. */
  readonly usedBeforeMilli: Readonly<Record<string, number>>;
  /** Its part of what was spent together, by item. */
  readonly shares: readonly Share[];
  /** By item. */
  readonly cold: Readonly<Record<string, readonly SpellOfCold[]>>;
}

export interface Share {
  readonly costId: string;
  readonly item: string;
  readonly amountFen: number;
  readonly totalFen: number;
  readonly by: 'area' | 'household';
  readonly weight: number;
  readonly ofWeight: number;
  readonly homes: number;
}

export interface Month {
  readonly period: LocalDate;
  readonly issueOn: LocalDate;
  /** Days of the heating season that the fee is for. */
  readonly season: { readonly name: string; readonly days: number } | null;
}

export interface PricedLine {
  readonly item: string;
  readonly name: string;
  readonly tariffId: string;
  /** Before what is taken off; below nothing for a credit. */
  readonly grossFen: number;
  readonly discountFen: number;
  readonly quantityMilli: number | null;
  readonly basis: Basis;
  readonly serviceFrom: LocalDate;
  readonly serviceTo: LocalDate;
  readonly sourceKind: string | null;
  readonly sourceId: string | null;
}

export interface Exception {
  readonly item: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly isLeftOut: boolean;
}

export interface Priced {
  readonly lines: readonly PricedLine[];
  readonly exceptions: readonly Exception[];
}

type One = Omit<PricedLine, 'item' | 'name' | 'tariffId' | 'serviceFrom' | 'serviceTo' | 'discountFen'> &
  Partial<Pick<PricedLine, 'serviceFrom' | 'serviceTo' | 'discountFen'>>;

const plain = { quantityMilli: null, sourceKind: null, sourceId: null } as const;
const leftOut = (item: string, code: string, params: Exception['params'] = {}): Exception => ({
  item,
  code,
  params,
  isLeftOut: true,
});

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
): One[] | Exception {
  const { rule, item } = tariff;
  const { home } = facts;
  switch (rule.kind) {
    case 'none':
      return [];
    case 'area':
      return [
        {
          ...plain,
          grossFen: Number(rateTimes(rule.rateE4, home.areaHundredths, 100)),
          basis: { kind: 'area', areaHundredths: home.areaHundredths, rateE4: rule.rateE4 },
        },
      ];
    case 'fixed':
      return [{ ...plain, grossFen: rule.amountFen, basis: { kind: 'fixed', unitFen: rule.amountFen } }];
    case 'metered':
    case 'tiered':
      return byMeter(tariff, facts);
    case 'shared':
      return facts.shares
        .filter((share) => share.item === item)
        .map(({ costId, item: _, amountFen, ...share }) => ({
          ...plain,
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

/** What was used, or why there is nothing to bill: what hangs there and was not read is no nothing. */
function usedOf(item: string, meter: MeterKind, facts: HomeFacts): number | null | Exception {
  const { uses, faults } = facts.used[item] ?? { uses: [], faults: [] };
  const fault = faults.find(({ isLeftOut }) => isLeftOut);
  if (fault !== undefined) return leftOut(item, fault.code, { meter, ...fault.params });
  if (uses.length === 0) return null;
  let used = 0;
  for (const { fromMilli, toMilli, toOn, usedMilli } of uses) {
    const one = usedMilli === undefined ? usedBetween(fromMilli, toMilli) : ok(usedMilli);
    if (!one.ok) return leftOut(item, one.error, { fromMilli, toMilli, on: toOn });
    used += one.value;
  }
  return used;
}

/** What was billed, and is worth a second look all the same. */
const toldOf = ({ item, rule }: Tariff, facts: HomeFacts): Exception[] =>
  'meter' in rule
    ? (facts.used[item]?.faults ?? [])
        .filter(({ isLeftOut }) => !isLeftOut)
        .map((fault) => ({ item, ...fault }))
    : [];

function byMeter({ rule, item }: Tariff, facts: HomeFacts): One[] | Exception {
  if (rule.kind !== 'metered' && rule.kind !== 'tiered') return [];
  const used = usedOf(item, rule.meter, facts);
  if (used === null) return [];
  if (typeof used !== 'number') return used;
  const readings = facts.used[item]?.uses ?? [];
  const period = periodOf(readings);
  const common = { meter: rule.meter, readings: [...readings], usedMilli: used };
  if (rule.kind === 'metered')
    return [
      {
        ...plain,
        ...period,
        grossFen: Number(rateTimes(rule.rateE4, used, 1000)),
        quantityMilli: used,
        basis: { kind: 'metered', ...common, rateE4: rule.rateE4 },
      },
    ];
  const usedBeforeMilli = facts.usedBeforeMilli[item] ?? 0;
  const { amountFen, parts } = tiered(rule.steps, usedBeforeMilli, used);
  return [
    {
      ...plain,
      ...period,
      grossFen: amountFen,
      quantityMilli: used,
      basis: { kind: 'tiered', ...common, usedBeforeMilli, steps: parts },
    },
  ];
}

/** From the earliest reading that a bill begins with to the latest it ends with. */
function periodOf(uses: readonly MeterUse[]): { serviceFrom: LocalDate; serviceTo: LocalDate } {
  return {
    serviceFrom: uses.map(({ fromOn }) => fromOn).toSorted()[0]!,
    serviceTo: uses
      .map(({ toOn }) => toOn)
      .toSorted()
      .at(-1)!,
  };
}

function byAgreement({ rule, item }: Tariff, facts: HomeFacts, { period }: Month): One[] {
  const held = facts.agreements.filter(
    (one) => one.kind === rule.kind && one.item === item && daysWithin(period, one.startsOn, one.endsOn) > 0,
  );
  return held.map((one) => {
    const label = one.params.label === undefined ? {} : { label: one.params.label };
    if (rule.kind === 'deposit') {
      const unitFen = one.params.depositFen ?? rule.amountFen;
      // Once, whenever the first run comes that sees it.
      const source = { sourceKind: 'agreement', sourceId: one.id };
      return { ...plain, ...source, grossFen: unitFen, basis: { kind: 'deposit', unitFen, ...label } };
    }
    const spaces = one.params.spaces ?? 1;
    const unitFen =
      rule.kind === 'parking'
        ? rule.amountFen
        : rentOn(period, one.params.rent ?? { monthlyFen: 0, rises: [] });
    const { amountFen, days, ofDays } = monthlyPart(unitFen * spaces, period, one.startsOn, one.endsOn);
    const many = rule.kind === 'parking' ? { spaces } : {};
    return {
      ...plain,
      grossFen: amountFen,
      basis: { kind: rule.kind, unitFen, ...many, days, ofDays, ...label },
    };
  });
}

function heating({ rule, item }: Tariff, facts: HomeFacts, { period, season }: Month): One[] {
  if (rule.kind !== 'heating') return [];
  const { areaHundredths } = facts.home;
  const fee: One[] =
    season !== null && Number(period.slice(5, 7)) === rule.month
      ? [
          {
            ...plain,
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
  const back = (facts.cold[item] ?? []).map((spell): One => {
    const { amountFen, shareBp } = coldRefund(spell.seasonFen, spell.seasonDays, spell, rule.cold);
    return {
      ...plain,
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
    };
  });
  return [...fee, ...back];
}

function byFormula(
  { rule, item }: Tariff,
  facts: HomeFacts,
  { period }: Month,
  formula: Formula | undefined,
): One[] | Exception {
  if (rule.kind !== 'formula' || formula === undefined)
    return leftOut(item, 'formula', { fault: 'not_readable' });
  const asksMeter = formula.inputs.some((name) => name === 'used' || name === 'usedThisYear');
  const { uses } = facts.used[item] ?? { uses: [] };
  let used: number | null = null;
  if (asksMeter && rule.meter !== undefined) {
    const found = usedOf(item, rule.meter, facts);
    if (found !== null && typeof found !== 'number') return found;
    // No such meter: the item is not this home's.
    if (found === null) return [];
    used = found;
  }
  const vacantDays = vacantDaysOf(facts, period);
  const values: InputValues = {
    area: scaled(facts.home.areaHundredths, 100),
    floor: scaled(facts.home.floor, 1),
    days: scaled(daysOf(period), 1),
    month: scaled(Number(period.slice(5, 7)), 1),
    isVacant: vacantDays === daysOf(period),
    ...(used === null
      ? {}
      : { used: scaled(used, 1000), usedThisYear: scaled((facts.usedBeforeMilli[item] ?? 0) + used, 1000) }),
  };
  const fen = fenOf(formula, values, MOST_FEN);
  if (!fen.ok) return leftOut(item, 'formula', { fault: fen.error.code, what: fen.error.what });
  const shown = Object.fromEntries(
    formula.inputs.map((name) => {
      const value = values[name];
      return [name, typeof value === 'boolean' ? String(value) : value === undefined ? '' : decimalOf(value)];
    }),
  );
  return [
    {
      ...plain,
      grossFen: fen.value,
      quantityMilli: used,
      ...(used === null ? {} : periodOf(uses)),
      basis: {
        kind: 'formula',
        expression: formula.expression,
        inputs: shown,
        ...(used === null || rule.meter === undefined
          ? {}
          : { meter: rule.meter, readings: [...uses], usedMilli: used }),
      },
    },
  ];
}

/** Of hundredths or thousandths, as people write it. */
function decimalOf({ n, d }: { readonly n: bigint; readonly d: bigint }): string {
  const milli = (n * 1000n) / d;
  const text = `${milli / 1000n}.${(milli % 1000n).toString().padStart(3, '0')}`;
  return text.replace(/\.?0+$/, '');
}

const vacantDaysOf = ({ agreements }: HomeFacts, period: LocalDate): number =>
  Math.min(
    daysOf(period),
    agreements
      .filter(({ kind }) => kind === 'vacancy')
      .reduce((days, one) => days + daysWithin(period, one.startsOn, one.endsOn), 0),
  );

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
