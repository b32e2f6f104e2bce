import type { Body } from '../../api-types.ts';
import type { Tariff } from './api.ts';

/** A tariff as it is typed: text, until it is whole figures. Nothing is a float on its way. */

type Rule = Body<'changeTariff'>['rule'];
type Terms = Body<'changeTariff'>['terms'];

export const kinds = [
  'area',
  'fixed',
  'metered',
  'tiered',
  'shared',
  'parking',
  'rent',
  'deposit',
  'heating',
  'formula',
  'none',
] as const satisfies readonly Rule['kind'][];

export interface TariffDraft {
  name: string;
  item: string;
  kind: (typeof kinds)[number];
  price: string;
  meter: 'power' | 'water' | 'gas' | 'heat';
  steps: string;
  by: 'area' | 'household';
  cold: string;
  expression: string;
  month: string;
  dueDays: string;
  source: string;
  vacantPercent: string;
  earlyDays: string;
  earlyPercent: string;
  surchargePerMille: string;
  graceDays: string;
  capPercent: string;
}

export function emptyDraft(now = new Date()): TariffDraft {
  return {
    name: '',
    item: '',
    kind: 'area',
    price: '',
    meter: 'power',
    steps: '',
    by: 'household',
    cold: '18 50, 16 100',
    expression: '',
    month: `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}`,
    dueDays: '15',
    source: '',
    vacantPercent: '',
    earlyDays: '',
    earlyPercent: '',
    surchargePerMille: '',
    graceDays: '0',
    capPercent: '30',
  };
}

/** '2.3' with four decimals is 23000; null when it is no such figure. */
export function scaledOf(text: string, decimals: number): number | null {
  const found = /^(\d{1,7})(?:\.(\d+))?$/.exec(text.trim());
  if (found === null || (found[2] ?? '').length > decimals) return null;
  return Number((found[1] ?? '') + (found[2] ?? '').padEnd(decimals, '0'));
}

/** 23000 with four decimals is '2.3'. */
export function textOf(value: number, decimals: number): string {
  const whole = String(value).padStart(decimals + 1, '0');
  const rest = whole.slice(-decimals).replace(/0+$/, '');
  return `${whole.slice(0, -decimals)}${rest === '' ? '' : `.${rest}`}`;
}

/** '2880 0.4883' a line, the last '- 0.7883'. */
function stepsOf(text: string): { upToMilli: number | null; rateE4: number }[] | null {
  const steps = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [upTo = '', price = ''] = line.split(/\s+/);
      const rateE4 = scaledOf(price, 4);
      const upToMilli = upTo === '-' ? null : scaledOf(upTo, 3);
      return rateE4 === null || (upTo !== '-' && upToMilli === null) ? null : { upToMilli, rateE4 };
    });
  return steps.length === 0 || steps.includes(null)
    ? null
    : (steps as { upToMilli: number | null; rateE4: number }[]);
}

/** '18 50, 16 100': below 18 °C half of the day's fee, below 16 all of it. */
function coldOf(text: string): { belowTenths: number; shareBp: number }[] | null {
  if (text.trim() === '') return [];
  const bands = text.split(/[,\uff0c]/).map((band) => {
    const [below = '', share = ''] = band.trim().split(/\s+/);
    const belowTenths = scaledOf(below, 1);
    const shareBp = scaledOf(share, 2);
    return belowTenths === null || shareBp === null ? null : { belowTenths, shareBp };
  });
  return bands.includes(null) ? null : (bands as { belowTenths: number; shareBp: number }[]);
}

export function ruleOf(draft: TariffDraft): Rule | null {
  const { kind, meter } = draft;
  const rateE4 = scaledOf(draft.price, 4);
  const amountFen = scaledOf(draft.price, 2);
  switch (kind) {
    case 'area':
      return rateE4 === null ? null : { kind, rateE4 };
    case 'metered':
      return rateE4 === null ? null : { kind, meter, rateE4 };
    case 'fixed':
    case 'parking':
    case 'deposit':
      return amountFen === null || amountFen === 0 ? null : { kind, amountFen };
    case 'tiered': {
      const steps = stepsOf(draft.steps);
      return steps === null ? null : { kind, meter, steps };
    }
    case 'heating': {
      const cold = coldOf(draft.cold);
      return rateE4 === null || cold === null
        ? null
        : { kind, rateE4, month: Number(draft.month.slice(5, 7)), cold };
    }
    case 'shared':
      return { kind, by: draft.by };
    case 'formula':
      return draft.expression.trim() === '' ? null : { kind, expression: draft.expression.trim(), meter };
    default:
      return { kind };
  }
}

export function termsOf(draft: TariffDraft): Terms | null {
  const dueDays = scaledOf(draft.dueDays, 0);
  if (dueDays === null) return null;
  const terms: Terms = { dueDays };
  if (draft.vacantPercent.trim() !== '') {
    const vacantBp = scaledOf(draft.vacantPercent, 2);
    if (vacantBp === null) return null;
    terms.vacantBp = vacantBp;
  }
  if (draft.earlyPercent.trim() !== '') {
    const [withinDays, shareBp] = [scaledOf(draft.earlyDays, 0), scaledOf(draft.earlyPercent, 2)];
    if (withinDays === null || shareBp === null) return null;
    terms.early = { withinDays, shareBp };
  }
  if (draft.surchargePerMille.trim() !== '') {
    const perDayE5 = scaledOf(draft.surchargePerMille, 2);
    const [graceDays, capBp] = [scaledOf(draft.graceDays, 0), scaledOf(draft.capPercent, 2)];
    if (perDayE5 === null || graceDays === null || capBp === null) return null;
    terms.surcharge = { perDayE5, graceDays, capBp };
  }
  return terms;
}

export function draftOf({ name, item, rule, terms, source }: Tariff): TariffDraft {
  const draft = { ...emptyDraft(), name, item, kind: rule.kind, source, dueDays: String(terms.dueDays) };
  if ('rateE4' in rule) draft.price = textOf(rule.rateE4, 4);
  if ('amountFen' in rule) draft.price = textOf(rule.amountFen, 2);
  if ('meter' in rule && rule.meter !== undefined) draft.meter = rule.meter;
  if ('by' in rule) draft.by = rule.by;
  if ('expression' in rule) draft.expression = rule.expression;
  if ('steps' in rule)
    draft.steps = rule.steps
      .map(
        ({ upToMilli, rateE4 }) => `${upToMilli === null ? '-' : textOf(upToMilli, 3)} ${textOf(rateE4, 4)}`,
      )
      .join('\n');
  if ('cold' in rule)
    draft.cold = rule.cold
      .map(({ belowTenths, shareBp }) => `${textOf(belowTenths, 1)} ${textOf(shareBp, 2)}`)
      .join(', ');
  if (terms.vacantBp !== undefined) draft.vacantPercent = textOf(terms.vacantBp, 2);
  if (terms.early !== undefined) {
    draft.earlyDays = String(terms.early.withinDays);
    draft.earlyPercent = textOf(terms.early.shareBp, 2);
  }
  if (terms.surcharge !== undefined) {
    draft.surchargePerMille = textOf(terms.surcharge.perDayE5, 2);
    draft.graceDays = String(terms.surcharge.graceDays);
    draft.capPercent = textOf(terms.surcharge.capBp, 2);
  }
  return draft;
}
