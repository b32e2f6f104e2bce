import type { LocalDate } from '@gongzhi/kernel';
import type { DeviceKind } from './devices.ts';

/** When a value counts as bad and when as good again; in between it stays what it was (hysteresis). */
export type Condition =
  | { readonly is: 'above'; readonly raiseAt: number; readonly clearAt: number }
  | { readonly is: 'below'; readonly raiseAt: number; readonly clearAt: number }
  /** Nothing heard for so long; after a broken connection (last will) for so long. */
  | { readonly is: 'silent'; readonly afterSeconds: number; readonly goneAfterSeconds: number };

/** Minutes of the local day between which nobody is sent; from > to runs over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

export interface Rule {
  readonly code: string;
  readonly kind: DeviceKind;
  readonly condition: Condition;
  /** The window: how long the condition must hold without a break. */
  readonly forSeconds: number;
  /** How long all must be well before the order closes by itself. */
  readonly clearForSeconds: number;
  /** After people ended the order while it still held: how long until the next may be opened. */
  readonly restSeconds: number;
  readonly quiet: QuietHours | null;
  /** Of the catalogue: what the order says, who does it, within which limits. */
  readonly categoryCode: string;
  readonly isActive: boolean;
}

const HOUR = 3_600;

function rule(
  code: string,
  kind: DeviceKind,
  condition: Condition,
  categoryCode: string,
  more: Partial<Omit<Rule, 'code' | 'kind' | 'condition' | 'categoryCode'>> = {},
): Rule {
  return {
    code,
    kind,
    condition,
    categoryCode,
    forSeconds: 0,
    clearForSeconds: 600,
    restSeconds: HOUR / 2,
    quiet: null,
    isActive: true,
    ...more,
  };
}

const isOn = { is: 'above', raiseAt: 1, clearAt: 0 } as const;
const night: QuietHours = { from: 22 * 60, to: 7 * 60 };

/** A trouble of the device and not of the house: nobody is woken for it. */
const silent = (kind: DeviceKind, afterSeconds: number, quiet: QuietHours | null = night) =>
  rule(
    `${kind}.silent`,
    kind,
    { is: 'silent', afterSeconds, goneAfterSeconds: Math.min(300, afterSeconds) },
    'patrol.equipment',
    { quiet, clearForSeconds: 300 },
  );

/** The product's own rules, where neither compound, company, street nor city wrote others. */
export const defaultRules: readonly Rule[] = [
  // A splash of the cleaner's bucket dries; what stands for ten seconds on two electrodes is water.
  rule('water.wet', 'water', isOn, 'water.burst', { forSeconds: 10 }),
  // A lift that a fitter parks is stopped too: five minutes, as a maintenance contract counts a standstill.
  rule('lift.stopped', 'lift', isOn, 'lift.fault', { forSeconds: 300, clearForSeconds: 300 }),
  // 0.15 MPa at the outlet no longer reaches the sixth floor; GB 50015-2019, 3.4: 0.10 MPa before the tap.
  rule('pump.low', 'pump', { is: 'below', raiseAt: 0.15, clearAt: 0.2 }, 'water.pump-room', {
    forSeconds: 120,
  }),
  rule('pump.high', 'pump', { is: 'above', raiseAt: 1.2, clearAt: 1.1 }, 'water.pump-room', {
    forSeconds: 60,
  }),
  // A removal or an ambulance takes a quarter of an hour.
  rule('gate.open', 'gate', isOn, 'gate.fault', { forSeconds: 900, clearForSeconds: 60 }),
  rule('smoke.detected', 'smoke', isOn, 'fire.smoke', { clearForSeconds: 900 }),
  // Heating season: 18 °C (Beijing heating regulations, article 17); half a degree of hysteresis.
  rule('thermometer.cold', 'thermometer', { is: 'below', raiseAt: 18, clearAt: 18.5 }, 'heating.building', {
    forSeconds: 2 * HOUR,
    clearForSeconds: HOUR,
    quiet: night,
    // Out of the season nobody heats: switched on by the city's rule from 15 November to 15 March.
    isActive: false,
  }),
  silent('water', 6 * HOUR),
  silent('lift', 600, null),
  silent('pump', 600, null),
  silent('gate', 6 * HOUR),
  silent('smoke', 24 * HOUR, null),
  silent('thermometer', 6 * HOUR),
  silent('meter', 26 * HOUR),
  silent('gateway', 900),
];

export const RULE_CODES: readonly string[] = defaultRules.map(({ code }) => code);
export const RULE_KINDS = ['above', 'below', 'silent'] as const;

/** What a level wrote, from a day on. */
export interface RuleVersion {
  readonly scopeId: string;
  readonly code: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly rule: Rule;
}

/** The nearest level's last written version that has begun on that day; the product's own where nobody wrote any. */
export function ruleOn<V extends RuleVersion>(
  versions: readonly V[],
  chain: readonly string[],
  code: string,
  date: LocalDate,
): { readonly rule: Rule; readonly version: V | null } | null {
  for (const scopeId of chain) {
    let found: V | null = null;
    for (const version of versions) {
      if (version.scopeId !== scopeId || version.code !== code || version.validFrom > date) continue;
      const isLater =
        found === null ||
        version.validFrom > found.validFrom ||
        (version.validFrom === found.validFrom && version.version > found.version);
      if (isLater) found = version;
    }
    if (found !== null) return { rule: found.rule, version: found };
  }
  const own = defaultRules.find((one) => one.code === code);
  return own === undefined ? null : { rule: own, version: null };
}

export type RuleFault = 'clear_beyond_raise' | 'condition_not_for_this' | 'quiet_empty';

/** What a schema cannot see: a rule that could never clear, or that asks what its device doesn't measure. */
export function faultOfRule(rule: Rule): RuleFault | null {
  const usual = defaultRules.find(({ code }) => code === rule.code);
  const { condition, quiet } = rule;
  const isSilence = usual?.condition.is === 'silent';
  if ((condition.is === 'silent') !== isSilence) return 'condition_not_for_this';
  if (condition.is === 'above' && condition.clearAt >= condition.raiseAt) return 'clear_beyond_raise';
  if (condition.is === 'below' && condition.clearAt <= condition.raiseAt) return 'clear_beyond_raise';
  if (quiet !== null && quiet.from === quiet.to) return 'quiet_empty';
  return null;
}
