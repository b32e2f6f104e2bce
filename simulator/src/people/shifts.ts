import type { PatternDay, RosterKind } from '../../../apps/server/src/modules/dispatch/domain.ts';
import { seededIds } from '../ids.ts';
import type { Scope, StaffMember } from '../model.ts';
import { enteredAt } from '../places/places.ts';
import type { Random } from '../random.ts';

/** Who works when in the demonstration: four crews turn round the clock where a trade has the hands for it. */

export interface DemoPattern {
  readonly id: string;
  readonly scope: Scope;
  readonly name: string;
  readonly anchorOn: string;
  readonly days: readonly (PatternDay | null)[];
  readonly by: string;
}
export interface DemoRoster {
  readonly id: string;
  readonly scope: Scope;
  readonly accountId: string;
  readonly patternId: string;
  readonly kind: RosterKind;
  readonly by: string;
}
export interface DemoShifts {
  readonly patterns: readonly DemoPattern[];
  readonly rosters: readonly DemoRoster[];
}

const hours = (from: number, to: number): PatternDay => ({ from: from * 60, to: to * 60 });
const every = (day: PatternDay, free: readonly number[] = []) =>
  Array.from({ length: 7 }, (_, i) => (free.includes(i) ? null : day));
/** A day, a night, two free. */
const turn = [hours(8, 20), hours(20, 32), null, null];
const kinds = [
  { name: '甲班(四班两倒)', anchorOn: '2026-01-05', days: turn },
  { name: '乙班(四班两倒)', anchorOn: '2026-01-06', days: turn },
  { name: '丙班(四班两倒)', anchorOn: '2026-01-07', days: turn },
  { name: '丁班(四班两倒)', anchorOn: '2026-01-08', days: turn },
  { name: '白班', anchorOn: '2026-01-05', days: every(hours(8, 18)) },
  { name: '行政班', anchorOn: '2026-01-05', days: every({ from: 510, to: 1050 }, [6]) },
  { name: '夜间备勤', anchorOn: '2026-01-05', days: every(hours(18, 32)) },
] as const;
const [DAY_SHIFT, OFFICE, STANDBY] = [4, 5, 6];

export function makeShifts(members: readonly StaffMember[], random: Random): DemoShifts {
  const nextId = seededIds(random);
  const ids = (): string => nextId(enteredAt);
  const patterns: DemoPattern[] = [];
  const rosters: DemoRoster[] = [];
  const departments = [...new Set(members.map(({ scope }) => scope))].filter(
    ({ kind }) => kind === 'department',
  );
  for (const scope of departments) {
    const staff = members.filter((member) => member.scope === scope);
    const by = staff.find(({ role }) => role === 'manager')!.account.id;
    const made = kinds.map((kind) => ({ id: ids(), scope, by, ...kind }));
    patterns.push(...made);
    const put = (member: StaffMember, pattern: number, kind: RosterKind = 'duty'): void => {
      const { id: patternId } = made[pattern]!;
      rosters.push({ id: ids(), scope, by, kind, accountId: member.account.id, patternId });
    };
    const trades = Map.groupBy(
      staff.filter(({ role }) => role === 'worker'),
      ({ title }) => title,
    );
    for (const hands of trades.values()) {
      hands.forEach((member, i) => put(member, hands.length >= 4 ? i % 4 : DAY_SHIFT));
      // Few hands work by day, and one of them is called at night.
      if (hands.length < 4) put(hands[0]!, STANDBY, 'standby');
    }
    for (const member of staff) if (member.role !== 'worker') put(member, OFFICE);
  }
  return { patterns, rosters };
}
