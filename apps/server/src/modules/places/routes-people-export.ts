import { createIdSource, localDate } from '@gongzhi/kernel';
import { tKey } from '@gongzhi/i18n';
import { audit } from '../../platform/audit/audit.ts';
import { sayerOf } from '../../platform/exports/lists.ts';
import { sendTable } from '../../platform/exports/reply.ts';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { insertDisclosures, readRegister, type RegisterRow } from './queries-people-export.ts';
import { accessScope, wallOf } from './queries-walls.ts';
import { ScopeParams } from './schemas.ts';
import { PeopleExportBody } from './schemas-people.ts';
import { openPerson } from './service-people.ts';

const columns = [
  ['imports.column.building', 14],
  ['imports.column.unit', 12],
  ['imports.column.room', 10],
  ['imports.column.person', 14],
  ['imports.column.phone', 16],
  ['imports.column.relation', 10],
  ['imports.column.startsOn', 12],
  ['imports.column.endsOn', 12],
] as const;

/** A compound's register in plain text, as the importer reads it. On record, and told to each of them, before a byte leaves. */
export function peopleExportRoutes(app: App, house: House): void {
  const { db, clock, crypto } = house;
  app.post(
    '/places/scopes/:scopeId/people/export',
    {
      config: { permission: 'register.export' },
      schema: {
        operationId: 'exportPeople',
        tags: ['people'],
        summary: 'Everybody of a compound with name and phone, as a workbook or CSV; asks what for',
        produces: ['application/octet-stream'],
        params: ScopeParams,
        body: PeopleExportBody,
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { scopeId } = request.params;
      const { purpose, words, format, locale } = request.body;
      const now = clock.now();
      const { wall, register } = await db.act(acting.actor, async (tx) => {
        const found = await accessScope(tx, acting, scopeId);
        if (found.kind !== 'compound') throw new Problem('not_found');
        const [rows, home] = [await readRegister(tx, scopeId), await wallOf(tx, acting.homeScopeId)];
        const ids = createIdSource();
        const people = [...new Map(rows.map((row) => [row.person_id, row.account_id]))].map(
          ([personId, accountId]) => ({ disclosureId: ids(now.getTime()), personId, accountId }),
        );
        audit(tx, {
          auditId: ids(now.getTime()),
          scopeId,
          wall: found,
          accountId: acting.accountId,
          action: 'people.exported',
          objectType: 'scope',
          objectId: scopeId,
          detail: { purpose, words, role: acting.role, people: people.length },
          at: now,
        });
        await insertDisclosures(tx, {
          wall: found,
          people,
          accountId: acting.accountId,
          role: acting.role,
          organisationName: home?.name ?? '',
          purpose,
          words,
          at: now,
        });
        return { wall: found, register: rows };
      });
      const say = sayerOf(locale, wall.timeZone);
      async function* rows(all: readonly RegisterRow[]) {
        for (const row of all) {
          const { name, phone } = openPerson(crypto, row);
          const relation = say.label(`imports.choice.relation.${row.relation}`);
          yield [row.building, row.unit, row.room, name, phone, relation, row.starts_on, row.ends_on];
        }
      }
      const title = tKey(locale, 'exports.list.people');
      return sendTable(reply, {
        format,
        name: `${title}-${wall.name}-${localDate(now.getTime(), wall.timeZone)}`,
        sheet: title,
        columns: columns.map(([key, width]) => ({ title: tKey(locale, key), width })),
        rows: rows(register),
      });
    },
  );
}
