import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import type { House } from '../../platform/house.ts';
import { accessScope } from '../places/index.ts';
import { tariffsOn, tariffVersions } from './queries-facts.ts';
import {
  Basis,
  Fen,
  NewTariff,
  nullable,
  PayerName,
  ScopeQuery,
  Tariff,
  TariffPreview,
  Text,
  Uuid,
} from './schemas.ts';
import { dayOf } from './view-accounts.ts';
import { changeTariff, preview } from './service-tariffs.ts';
import { tariffView } from './view.ts';

const tags = ['billing'];
const Made = Type.Object({ id: Uuid });

export function tariffRoutes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/billing/tariffs',
    {
      config: { permission: 'tariff.read' },
      schema: {
        tags,
        operationId: 'listTariffs',
        summary: 'What everything costs in a compound, with the source; every version, the latest first',
        querystring: ScopeQuery,
        response: { 200: Type.Object({ items: Type.Array(Tariff) }) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, request.query.scopeId);
        const today = dayOf(wall, clock.now());
        const [rows, current] = await Promise.all([tariffVersions(q, wall), tariffsOn(q, wall, today)]);
        const held = new Set(current.map(({ id }) => id));
        return { items: rows.map((row) => tariffView(row, today, held.has(row.id))) };
      });
    },
  );

  app.post(
    '/billing/tariffs',
    {
      config: { permission: 'tariff.change' },
      schema: {
        tags,
        operationId: 'changeTariff',
        summary: 'A new version of a tariff from the first of a month; what was billed stays as it was',
        body: NewTariff,
        response: { 201: Made },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 201,
        body: { id: await changeTariff(tx, request.acting!, request.body, now) },
      })),
  );

  app.post(
    '/billing/tariffs/preview',
    {
      config: { permission: 'bill.run' },
      schema: {
        tags,
        operationId: 'previewTariff',
        summary: 'What a tariff would make of one home, by the rules that bill it; nothing is stored',
        body: TariffPreview,
        response: {
          200: Type.Object({
            householdId: Uuid,
            householdLabel: Text,
            areaHundredths: Type.Integer(),
            lines: Type.Array(
              Type.Object({
                payer: PayerName,
                partyName: nullable(Text),
                amountFen: Fen,
                discountFen: Fen,
                basis: Basis,
                dueOn: Text,
                earlyUntil: nullable(Text),
                earlyFen: Fen,
              }),
            ),
            exceptions: Type.Array(
              Type.Object({
                code: Text,
                params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const acting = request.acting!;
      return db.read(acting.actor, async (q) => {
        const { home, lines, exceptions } = await preview(house, q, acting, request.body);
        return {
          householdId: home.householdId,
          householdLabel: home.label,
          areaHundredths: home.areaHundredths,
          lines: lines.map(
            ({ payer, partyName, amountFen, discountFen, basis, dueOn, earlyUntil, earlyFen }) => {
              const { surcharge: _, ...shown } = basis;
              return { payer, partyName, amountFen, discountFen, basis: shown, dueOn, earlyUntil, earlyFen };
            },
          ),
          exceptions: exceptions.map(({ code, params }) => ({ code, params: { ...params } })),
        };
      });
    },
  );
}
