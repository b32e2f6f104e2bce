import type { LocalDate } from '@gongzhi/kernel';
import type { App } from '../../../platform/http/app.ts';
import type { FieldProblem } from '../../../platform/http/problem.ts';
import type { House } from '../../../platform/house.ts';
import { sql } from '../../../platform/db/sql.ts';
import { accessScope, type Wall, wallsOf } from '../../places/index.ts';
import { DUTIES, type Duty, usualDuty } from '../domain.ts';
import { categoryOf } from '../facts.ts';
import { dutiesOf, type DutyRow, type ReceiverRow, receiversOf } from './queries-duties.ts';
import { actingOf } from './reach.ts';
import {
  DutyBody,
  DutyPath,
  DutyQuery,
  DutyTable,
  DutyView,
  ReceiverBody,
  ReceiverPath,
  ReceiverView,
} from './schemas-rules.ts';
import { earliestIn, mayEdit, refuseFields, refuseStale, scopeToEdit, todayIn } from './service-rules.ts';

const tags = ['desk'];
const EDITORS = ['company', 'street', 'city'];

/** The nearest first. */
function chainOf(wall: Wall): string[] {
  return [...new Set([wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null))];
}

/** Whose matter it is: who pays, who does it, and who takes over what isn't ours. */
export function dutyRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/duties',
    {
      config: { permission: 'catalogue.read' },
      schema: {
        tags,
        operationId: 'getDuties',
        summary: 'Who pays and who does it, by the kind of duty; and whom to call for what is not ours',
        querystring: DutyQuery,
        response: { 200: DutyTable },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, category } = request.query;
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const chain = chainOf(wall);
        const [rows, receivers, walls] = await Promise.all([
          dutiesOf(q, chain),
          receiversOf(q, chain),
          wallsOf(q, chain),
        ]);
        const names = new Map(walls.map((one) => [one.scopeId, one.name]));
        const today = todayIn(wall, now);
        const codes = [...new Set(rows.map((row) => row.categoryCode))].filter(
          (code) => code !== '' && (category === undefined || code === category),
        );
        const special = codes.flatMap((code) =>
          DUTIES.flatMap((duty) => {
            const row = inForce(rows, chain, duty, code, today);
            return row === null ? [] : [dutyView(duty, row, rows, wall)];
          }),
        );
        return {
          scopeId: wall.scopeId,
          mayEdit: mayEdit(acting, wall, EDITORS),
          earliest: earliestIn(wall, now),
          items: [
            ...DUTIES.map((duty) => dutyView(duty, inForce(rows, chain, duty, '', today), rows, wall)),
            ...special,
          ],
          receivers: nearest(receivers, chain).map((row) => receiverView(row, names.get(row.scopeId) ?? '')),
        };
      });
    },
  );

  app.put(
    '/work-orders/duties/:duty',
    {
      config: { permission: 'rules.write' },
      schema: {
        tags,
        operationId: 'saveDuty',
        summary: 'Say whose matter it is, from a day on',
        params: DutyPath,
        body: DutyBody,
        response: { 200: DutyView },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { duty } = request.params;
      const { scopeId, expectedVersion, categoryCode, ...body } = request.body;
      const now = house.clock.now();
      return house.db.act(acting.actor, async (tx) => {
        const wall = await scopeToEdit(tx, acting, scopeId, EDITORS);
        const [rows, receivers, category] = await Promise.all([
          dutiesOf(tx, [scopeId]),
          receiversOf(tx, chainOf(wall)),
          categoryCode === null ? null : categoryOf(tx, categoryCode),
        ]);
        const earliest = earliestIn(wall, now);
        const faults: FieldProblem[] = [];
        const fault = (path: string, code: string, params = {}) => faults.push({ path, code, params });
        if (body.validFrom < earliest || Number.isNaN(Date.parse(body.validFrom)))
          fault('/validFrom', 'too_early', { earliest });
        if (categoryCode !== null && category === null) fault('/categoryCode', 'unknown');
        // What isn't ours names who takes it: nobody is sent away with "not our business".
        if (body.doer === 'receiver' && body.receiverCode === null) fault('/receiverCode', 'required');
        if (
          body.receiverCode !== null &&
          !receivers.some((one) => one.code === body.receiverCode && one.isActive)
        )
          fault('/receiverCode', 'unknown');
        refuseFields(faults);
        const own = rows.filter((row) => row.duty === duty && row.categoryCode === (categoryCode ?? ''));
        refuseStale(own[0], expectedVersion);
        const row: DutyRow = {
          ...body,
          scopeId,
          duty,
          categoryCode: categoryCode ?? '',
          version: expectedVersion + 1,
          changedByName: acting.displayName,
        };
        tx.write(
          sql`insert into work_orders.duty_version (scope_id, duty, category_code, version, city_id, street_id, company_id, valid_from, payer, doer, receiver_code,
                sentence_zh, sentence_en, source, changed_by, changed_by_name, changed_at)
              values (${scopeId}, ${duty}, ${row.categoryCode}, ${row.version}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${row.validFrom}, ${row.payer}, ${row.doer},
                ${row.receiverCode}, ${row.sentenceZh}, ${row.sentenceEn}, ${row.source}, ${acting.accountId}, ${row.changedByName}, ${now})`,
        );
        return dutyView(duty, row, [row, ...own], wall);
      });
    },
  );

  app.put(
    '/work-orders/receivers/:code',
    {
      config: { permission: 'rules.write' },
      schema: {
        tags,
        operationId: 'saveReceiver',
        summary: 'Keep an office that takes over: its public number and its hours',
        params: ReceiverPath,
        body: ReceiverBody,
        response: { 200: ReceiverView },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { code } = request.params;
      const { scopeId, expectedVersion, ...body } = request.body;
      const now = house.clock.now();
      return house.db.act(acting.actor, async (tx) => {
        const wall = await scopeToEdit(tx, acting, scopeId, EDITORS);
        const latest = (await receiversOf(tx, [scopeId])).find((one) => one.code === code);
        refuseStale(latest, expectedVersion);
        const row = {
          scopeId,
          code,
          version: expectedVersion + 1,
          ...body,
          changedByName: acting.displayName,
        };
        tx.write(
          sql`insert into work_orders.receiver_version (scope_id, receiver_code, version, city_id, street_id, company_id, kind, name_zh, name_en, phone, hours, is_active,
                changed_by, changed_by_name, changed_at)
              values (${scopeId}, ${code}, ${row.version}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${row.kind}, ${row.nameZh}, ${row.nameEn}, ${row.phone},
                ${row.hours}, ${row.isActive}, ${acting.accountId}, ${row.changedByName}, ${now})`,
        );
        return receiverView(row, wall.name);
      });
    },
  );
}

/** The nearest level's last written rule that has begun. */
function inForce(
  rows: readonly DutyRow[],
  chain: readonly string[],
  duty: Duty,
  code: string,
  today: LocalDate,
): DutyRow | null {
  for (const scopeId of chain) {
    let found: DutyRow | null = null;
    for (const row of rows) {
      if (row.scopeId !== scopeId || row.duty !== duty || row.categoryCode !== code || row.validFrom > today)
        continue;
      if (found === null || row.validFrom > found.validFrom) found = row;
    }
    if (found !== null) return found;
  }
  return null;
}

function dutyView(duty: Duty, row: DutyRow | null, rows: readonly DutyRow[], wall: Wall) {
  const own = rows.filter(
    (one) =>
      one.scopeId === wall.scopeId && one.duty === duty && one.categoryCode === (row?.categoryCode ?? ''),
  );
  const level =
    row === null
      ? 'base'
      : row.scopeId === wall.companyId
        ? 'company'
        : row.scopeId === wall.streetId
          ? 'street'
          : 'city';
  return {
    duty,
    categoryCode: row === null || row.categoryCode === '' ? null : row.categoryCode,
    level: level as 'base' | 'company' | 'street' | 'city',
    version: row?.version ?? 0,
    validFrom: row?.validFrom ?? null,
    payer: row?.payer ?? usualDuty[duty].payer,
    doer: row?.doer ?? usualDuty[duty].doer,
    receiverCode: row?.receiverCode ?? null,
    sentenceZh: row?.sentenceZh ?? null,
    sentenceEn: row?.sentenceEn ?? null,
    source: row?.source ?? '',
    changedByName: row?.changedByName ?? '',
    ownVersion: Math.max(0, ...own.map((one) => one.version)),
  };
}

/** Of an office that several levels name, the nearest one's word; closed ones are left out of what is offered. */
function nearest(rows: readonly ReceiverRow[], chain: readonly string[]): ReceiverRow[] {
  const byCode = new Map<string, ReceiverRow>();
  for (const scopeId of [...chain].reverse())
    for (const row of rows) if (row.scopeId === scopeId) byCode.set(row.code, row);
  return [...byCode.values()].sort((a, b) => a.kind.localeCompare(b.kind) || a.code.localeCompare(b.code));
}

function receiverView(row: ReceiverRow, scopeName: string) {
  const { changedByName: _, ...rest } = row;
  return { ...rest, kind: row.kind as 'other', scopeName };
}
