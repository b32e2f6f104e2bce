import type { FastifyRequest } from 'fastify';
import { addDays, HOUR, localDate, startOfDay } from '@gongzhi/kernel';
import type { App } from '../../platform/http/app.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { blindSpotsOf, usualOf } from './domain/blind-spots.ts';
import { standingOfDevice } from './domain.ts';
import { devicesOfGates, listGates } from './queries-gates.ts';
import { hoursOfDays } from './queries-hours.ts';
import { ScopeQuery } from './schemas.ts';
import { BlindSpots } from './schemas-tracing.ts';
import { chainOf } from './service-parcels.ts';

/** The same weekday of so many weeks before. */
const WEEKS = 8;

export function blindSpotRoutes(app: App, house: House): void {
  const { db, clock } = house;
  app.get(
    '/access/blind-spots',
    {
      config: { permission: 'passage.figures' },
      schema: {
        tags: ['access'],
        operationId: 'listBlindSpots',
        summary:
          'Where something is not seen: devices that are silent, and gates out of proportion with their own weeks before',
        querystring: ScopeQuery,
        response: { 200: BlindSpots },
      },
    },
    async (request) => {
      const acting = (request as Pick<FastifyRequest, 'acting'>).acting as Acting;
      const { scopeId } = request.query;
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const today = localDate(now.getTime(), wall.timeZone);
        const dayOf = (day: string) => ({
          day,
          from: new Date(startOfDay(day, wall.timeZone)),
          until: new Date(startOfDay(addDays(day, 1), wall.timeZone)),
        });
        const days = [0, ...Array.from({ length: WEEKS }, (_, i) => i + 1)].map((weeks) =>
          dayOf(addDays(today, -7 * weeks)),
        );
        const [gates, devices, hours, silentMinutes] = await Promise.all([
          listGates(q, acting, wall),
          devicesOfGates(q, [scopeId]),
          hoursOfDays(q, scopeId, days, wall.timeZone),
          house.settings.get(q, chainOf(wall), 'access.silent_minutes', now),
        ]);
        const hoursOver = Math.floor((now.getTime() - days[0]!.from.getTime()) / HOUR);
        // On a day without a single passage anywhere nothing was counted: it says nothing of what is usual.
        const alive = new Set(hours.map(({ day }) => day));
        return {
          day: today,
          hoursOver,
          gates: gates.map((gate) => {
            const own = hours.filter(({ gateId }) => gateId === gate.id);
            const earlier = days
              .slice(1)
              .filter(({ day, until }) => alive.has(day) && gate.createdAt < until)
              .map(({ day }) => own.filter((hour) => hour.day === day));
            const seen = own.filter(({ day }) => day === today);
            return {
              gateId: gate.id,
              name: gate.name,
              days: earlier.length,
              usual: (usualOf(earlier) ?? []).map((hour) => ({ ...hour })),
              spots: blindSpotsOf(seen, earlier, hoursOver).map((spot) => ({ ...spot })),
              devices: devices
                .filter(({ gateId }) => gateId === gate.id)
                .flatMap((device) => {
                  const standing = standingOfDevice(device, now, silentMinutes);
                  return standing === 'silent' || standing === 'never' || standing === 'clock_off'
                    ? [
                        {
                          id: device.id,
                          label: device.label,
                          standing,
                          lastSeenAt: device.lastSeenAt?.toISOString() ?? null,
                        },
                      ]
                    : [];
                }),
            };
          }),
        };
      });
    },
  );
}
