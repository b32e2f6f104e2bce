import { type LocalDate, ok } from '@gongzhi/kernel';
import type { MeterUse } from './basis.ts';
import { fenOf, type Formula, type InputValues, scaled } from './formula.ts';
import {
  type Exception,
  type HomeFacts,
  leftOut,
  type Month,
  type RuleLine,
  withoutSource,
  type Tariff,
  vacantDaysOf,
} from './homes.ts';
import { daysOf } from './months.ts';
import { type MeterKind, MOST_FEN, rateTimes, tiered, usedBetween } from './tariffs.ts';

/** What is billed by what meters counted, by steps or by a formula: what was not read is never nothing. */

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
export const toldOf = ({ item, rule }: Tariff, facts: HomeFacts): Exception[] =>
  'meter' in rule
    ? (facts.used[item]?.faults ?? [])
        .filter(({ isLeftOut }) => !isLeftOut)
        .map((fault) => ({ item, ...fault }))
    : [];

export function byMeter({ rule, item }: Tariff, facts: HomeFacts): RuleLine[] | Exception {
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
        ...withoutSource,
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
      ...withoutSource,
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

export function byFormula(
  { rule, item }: Tariff,
  facts: HomeFacts,
  { period }: Month,
  formula: Formula | undefined,
): RuleLine[] | Exception {
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
      ...withoutSource,
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
