import { addDays, localDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import type { House } from '../../platform/house.ts';
import { listOwners, ownerPeriods } from './queries-owners.ts';
import { accessScope } from './queries-walls.ts';
import { ScopeParams } from './schemas.ts';
import { OwnerChange, Owners } from './schemas-owners.ts';
import { setOwner } from './service-owners.ts';

const tags = ['places'];

/** Property-right units and their buildings. */
export function ownerRoutes(app: App, house: House): void {
  const { db, clock } = house;

  const ownersOf = async (q: Executor, scopeId: string, today: string) => {
    const [rows, periods] = await Promise.all([listOwners(q, scopeId, today), ownerPeriods(q, scopeId)]);
    return {
      items: rows.map((row) => ({
        ...row,
        periods: periods
          .filter(({ buildingId }) => buildingId === row.buildingId)
          .map(({ organisationId, organisationName, startsOn, endsOn }) => ({
            organisationId,
            organisationName,
            startsOn,
            lastDay: endsOn === null ? null : addDays(endsOn, -1),
          })),
      })),
    };
  };

  app.get(
    '/places/scopes/:scopeId/owners',
    {
      config: { permission: 'owner.list' },
      schema: {
        operationId: 'listOwners',
        tags,
        summary: 'Which property-right unit owns which building, today, before and from a day on',
        params: ScopeParams,
        response: { 200: Owners },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.params;
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        return ownersOf(q, scopeId, localDate(clock.now().getTime(), wall.timeZone));
      });
    },
  );

  app.post(
    '/places/scopes/:scopeId/owners',
    {
      config: { permission: 'owner.manage' },
      schema: {
        operationId: 'setOwner',
        tags,
        summary: 'From a day on a building belongs to a property-right unit, or to none',
        params: ScopeParams,
        body: OwnerChange,
        response: { 200: Owners },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { scopeId } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const wall = await setOwner(tx, acting, scopeId, request.body, now);
        return { status: 200, body: await ownersOf(tx, scopeId, localDate(now.getTime(), wall.timeZone)) };
      });
    },
  );
}
