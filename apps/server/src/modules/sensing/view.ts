import { localDate, type LocalDate } from '@gongzhi/kernel';
import type { Wall } from '../places/index.ts';
import type { standingsOf } from '../work-orders/index.ts';
import { type DeviceKind, defaultRules, type Rule, ruleOn } from './domain.ts';
import { chainOf } from './facts.ts';
import type { StoredRuleVersion } from './queries.ts';
import type { ListedAlarm, ListedDevice } from './queries-devices.ts';

/** Rows as the pages are told them. */

const iso = (date: Date | null) => date?.toISOString() ?? null;

export function deviceView(row: ListedDevice) {
  const { cityId: _c, streetId: _s, companyId: _o, credentialVersion: _v, createdAt: _t, ...rest } = row;
  return {
    ...rest,
    lastSeenAt: iso(row.lastSeenAt),
    lastAt: iso(row.lastAt),
    faultAt: iso(row.faultAt),
    clockOffAt: iso(row.clockOffAt),
    retiredAt: iso(row.retiredAt),
  };
}

type Standing = Awaited<ReturnType<typeof standingsOf>>[number];

export function alarmView(row: ListedAlarm, standings: ReadonlyMap<string, Standing>) {
  const standing = row.workOrderId === null ? undefined : standings.get(row.workOrderId);
  return {
    id: row.id,
    scopeId: row.scopeId,
    scopeName: row.scopeName,
    deviceId: row.deviceId,
    deviceLabel: row.deviceLabel,
    deviceKind: row.deviceKind,
    ruleCode: row.ruleCode,
    since: row.since.toISOString(),
    raisedAt: row.raisedAt.toISOString(),
    clearedAt: iso(row.clearedAt),
    endedAt: iso(row.endedAt),
    endedHow: row.endedHow,
    returnCount: row.returnCount,
    order:
      row.workOrderId === null
        ? null
        : {
            id: row.workOrderId,
            number: row.orderNumber ?? '',
            status: standing?.status ?? null,
            assigneeName: standing?.assigneeName ?? null,
          },
    evidence: [...row.evidence],
  };
}

type Level = 'compound' | 'company' | 'street' | 'city' | 'base';

function levelOf(wall: Wall, scopeId: string | null): Level {
  if (scopeId === null) return 'base';
  if (scopeId === wall.companyId) return 'company';
  if (scopeId === wall.streetId) return 'street';
  return scopeId === wall.cityId ? 'city' : 'compound';
}

function ruleView(wall: Wall, rule: Rule, version: StoredRuleVersion | null, ownVersion: number) {
  return {
    ...rule,
    level: levelOf(wall, version?.scopeId ?? null),
    validFrom: version?.validFrom ?? null,
    source: version?.source ?? '',
    changedByName: version?.changedByName ?? '',
    ownVersion,
  };
}

/** Every rule as it holds for a place on a day, and what the place itself has written for later. */
export function rulesView(
  wall: Wall,
  versions: readonly StoredRuleVersion[],
  now: Date,
  kind: DeviceKind | null = null,
) {
  const today: LocalDate = localDate(now.getTime(), wall.timeZone);
  const chain = chainOf(wall);
  const own = (code: string) => versions.filter((one) => one.scopeId === wall.scopeId && one.code === code);
  const ownVersion = (code: string) => Math.max(0, ...own(code).map(({ version }) => version));
  const usual = defaultRules.filter((rule) => kind === null || rule.kind === kind);
  return {
    items: usual.flatMap(({ code }) => {
      const found = ruleOn(versions, chain, code, today);
      return found === null ? [] : [ruleView(wall, found.rule, found.version, ownVersion(code))];
    }),
    upcoming: usual.flatMap(({ code }) =>
      own(code)
        .filter(({ validFrom }) => validFrom > today)
        .map((version) => ruleView(wall, version.rule, version, ownVersion(code))),
    ),
  };
}
