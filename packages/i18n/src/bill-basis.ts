import { formatYuan } from '@gongzhi/kernel/money.ts';
import type { billingSharedLabels } from './zh-CN/billing-shared.ts';
import type { meteringSharedLabels } from './zh-CN/metering-shared.ts';

/** How a line of a bill came about, in the reader's words: both apps and the paper say it alike. */

type Key =
  | keyof typeof billingSharedLabels
  | Extract<keyof typeof meteringSharedLabels, `metering.unit.${string}` | `metering.kind.${string}`>;
export type SayBill = (key: Key, params?: Record<string, string | number>) => string;

export interface BillBasis {
  readonly kind: string;
  readonly areaHundredths?: number;
  readonly rateE4?: number;
  readonly unitFen?: number;
  readonly spaces?: number;
  readonly label?: string;
  readonly days?: number;
  readonly ofDays?: number;
  readonly meter?: 'power' | 'water' | 'gas' | 'heat';
  readonly readings?: readonly {
    readonly fromMilli: number;
    readonly toMilli: number;
    readonly fromOn: string;
    readonly toOn: string;
    readonly usedMilli?: number;
    readonly serial?: string;
  }[];
  readonly usedMilli?: number;
  readonly usedBeforeMilli?: number;
  readonly steps?: readonly {
    readonly usedMilli: number;
    readonly rateE4: number;
    readonly amountFen: number;
  }[];
  readonly totalFen?: number;
  readonly by?: string;
  readonly weight?: number;
  readonly ofWeight?: number;
  readonly homes?: number;
  readonly expression?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly season?: string;
  readonly coldestTenths?: number;
  readonly shareBp?: number;
  readonly vacantDays?: number;
  readonly vacantBp?: number;
  readonly lateDays?: number;
  readonly perDayE5?: number;
  readonly isCapped?: boolean;
  readonly ofLineId?: string;
  readonly orderNumber?: string;
  readonly serial?: string;
  readonly plate?: string;
  readonly months?: number;
  readonly partBp?: number;
}

export const yuan = (fen: number): string => formatYuan(BigInt(fen));

/** Of so many-ths, as people write it: at least `least` decimals, none that say nothing. */
function decimal(value: number, scale: number, least: number): string {
  const digits = String(scale).length - 1;
  const sign = value < 0 ? '-' : '';
  const whole = String(Math.abs(value)).padStart(digits + 1, '0');
  const rest = whole.slice(-digits).replace(/0+$/, '').padEnd(least, '0');
  return `${sign}${whole.slice(0, -digits)}${rest === '' ? '' : `.${rest}`}`;
}

export const rate = (e4: number): string => decimal(e4, 10_000, 2);
export const quantity = (milli: number): string => decimal(milli, 1_000, 0);
export const area = (hundredths: number): string => decimal(hundredths, 100, 0);
const percent = (bp: number): string => decimal(bp, 100, 0);

/** What a line is called: items of our own in the reader's language, all others as whoever set the price named them. */
export function lineName(
  say: SayBill,
  line: { readonly item: string; readonly name: string; readonly amountFen: number },
): string {
  if (line.item === 'repair' || line.item === 'vehicle_pass' || line.item === 'prepaid_meter')
    return say(`bills.item.${line.item}`);
  if (line.item === 'surcharge') return say('bills.surchargeOf', { name: line.name });
  return line.amountFen < 0 ? say('bills.creditOf', { name: line.name }) : line.name;
}

function core(say: SayBill, basis: BillBasis): string[] {
  const { unitFen = 0, totalFen = 0, days = 0, ofDays = 0, meter = 'power' } = basis;
  const unit = say(`metering.unit.${meter}`);
  const readings = (basis.readings ?? []).map(({ fromMilli, toMilli, fromOn, toOn, usedMilli, serial }) =>
    say(serial === undefined ? 'bills.basis.reading' : 'bills.basis.readingOf', {
      serial: serial ?? '',
      used: quantity(usedMilli ?? toMilli - fromMilli),
      unit,
      from: fromOn,
      before: quantity(fromMilli),
      to: toOn,
      after: quantity(toMilli),
    }),
  );
  const part = ofDays > 0 && days < ofDays ? [say('bills.basis.part', { days, of: ofDays })] : [];
  switch (basis.kind) {
    case 'area':
      return [
        say('bills.basis.area', { area: area(basis.areaHundredths ?? 0), rate: rate(basis.rateE4 ?? 0) }),
      ];
    case 'fixed':
      return [say('bills.basis.fixed', { amount: yuan(unitFen) })];
    case 'metered':
      return [
        ...readings,
        say('bills.basis.metered', {
          used: quantity(basis.usedMilli ?? 0),
          unit,
          rate: rate(basis.rateE4 ?? 0),
        }),
      ];
    case 'tiered':
      return [
        ...readings,
        ...((basis.usedBeforeMilli ?? 0) > 0
          ? [say('bills.basis.tieredBefore', { used: quantity(basis.usedBeforeMilli ?? 0), unit })]
          : []),
        ...(basis.steps ?? []).map((step) =>
          say('bills.basis.step', {
            used: quantity(step.usedMilli),
            unit,
            rate: rate(step.rateE4),
            amount: yuan(step.amountFen),
          }),
        ),
      ];
    case 'shared':
      return [
        basis.by === 'area'
          ? say('bills.basis.sharedArea', {
              total: yuan(totalFen),
              homes: basis.homes ?? 0,
              weight: area(basis.weight ?? 0),
              of: area(basis.ofWeight ?? 0),
            })
          : say('bills.basis.sharedHousehold', { total: yuan(totalFen), homes: basis.homes ?? 0 }),
      ];
    case 'parking':
      return [say('bills.basis.parking', { spaces: basis.spaces ?? 1, amount: yuan(unitFen) }), ...part];
    case 'rent':
      return [say('bills.basis.rent', { amount: yuan(unitFen) }), ...part];
    case 'deposit':
      return [say('bills.basis.deposit', { amount: yuan(unitFen) })];
    case 'heating':
      return [
        say('bills.basis.heating', {
          season: basis.season ?? '',
          area: area(basis.areaHundredths ?? 0),
          rate: rate(basis.rateE4 ?? 0),
        }),
      ];
    case 'cold_refund':
      return [
        say('bills.basis.coldRefund', {
          days,
          of: ofDays,
          coldest: decimal(basis.coldestTenths ?? 0, 10, 1),
          total: yuan(totalFen),
          share: percent(basis.shareBp ?? 0),
        }),
      ];
    case 'formula':
      return [
        ...readings,
        say('bills.basis.formula', { expression: basis.expression ?? '' }),
        ...Object.entries(basis.inputs ?? {}).map(([name, value]) =>
          say('bills.basis.input', { name, value }),
        ),
      ];
    case 'surcharge':
      return [
        say('bills.basis.surcharge', {
          total: yuan(totalFen),
          days: basis.lateDays ?? 0,
          rate: decimal(basis.perDayE5 ?? 0, 100, 0),
        }),
        ...(basis.isCapped === true ? [say('bills.basis.capped')] : []),
      ];
    case 'work_order':
      return [say('bills.basis.work_order', { number: basis.orderNumber ?? '' })];
    case 'vehicle_pass':
      return [say('bills.basis.vehicle_pass', { plate: basis.plate ?? '', months: basis.months ?? 0 })];
    case 'prepaid_meter':
      return [
        say('bills.basis.prepaid_meter', { kind: say(`metering.kind.${meter}`), serial: basis.serial ?? '' }),
      ];
    default:
      return [];
  }
}

/** Sentence by sentence. */
export function explainBill(
  say: SayBill,
  line: {
    readonly basis: BillBasis;
    readonly discountFen: number;
    readonly corrects?: string | null;
    readonly tariffSource?: string | null;
  },
): string[] {
  const { basis } = line;
  const isCorrection = line.corrects !== null && line.corrects !== undefined;
  return [
    ...(isCorrection ? [say('bills.basis.corrects', { reason: basis.label ?? '' })] : core(say, basis)),
    ...(basis.vacantDays === undefined || isCorrection
      ? []
      : [say('bills.basis.vacant', { days: basis.vacantDays, share: percent(basis.vacantBp ?? 0) })]),
    ...(line.discountFen > 0 ? [say('bills.basis.discount', { amount: yuan(line.discountFen) })] : []),
    ...(basis.partBp === undefined ? [] : [say('bills.basis.partOfWhole', { share: percent(basis.partBp) })]),
    ...(line.tariffSource === null || line.tariffSource === undefined
      ? []
      : [say('bills.source', { source: line.tariffSource })]),
  ];
}
