import { localDate, uuidv7 } from '@gongzhi/kernel';
import Type from 'typebox';
import { audit } from '../../../platform/audit/audit.ts';
import type { Executor } from '../../../platform/db/database.ts';
import type { App } from '../../../platform/http/app.ts';
import { runCommand } from '../../../platform/http/command.ts';
import { Problem } from '../../../platform/http/problem.ts';
import { mayAttempt } from '../../../platform/permissions/permissions.ts';
import type { House } from '../../../platform/house.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { accessScope, type Wall, wallsOf } from '../../places/index.ts';
import { phonesAt, writePhone } from './queries-phones.ts';
import { actingOf } from './reach.ts';

const tags = ['desk'];
const Uuid = Type.String({ format: 'uuid' });
const strict = { additionalProperties: false };

const DeskPhones = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        scopeId: Uuid,
        scopeName: Type.String(),
        phone: Type.String({ description: "What is said here; '' when nothing is" }),
        inherited: Type.Union([Type.String(), Type.Null()], {
          description: 'What counts while nothing is said here: the company’s',
        }),
      }),
    ),
    mayEdit: Type.Boolean(),
  },
  { title: 'DeskPhones' },
);
const DeskPhoneBody = Type.Object(
  {
    phone: Type.String({
      pattern: '^([0-9+][0-9 +()-]{2,28}[0-9])?$',
      description: "'' takes it away",
    }),
  },
  { ...strict, title: 'DeskPhoneBody' },
);
const Path = Type.Object({ scopeId: Uuid }, strict);

/** Whose numbers somebody answers for: a company for its own, a department for its compounds. */
async function placesOf(q: Executor, acting: Acting): Promise<Wall[]> {
  if (acting.actor.kind === 'company') return wallsOf(q, [acting.homeScopeId]);
  if (acting.actor.kind !== 'scope') return [];
  const walls = await wallsOf(q, acting.actor.scopeIds);
  return walls.filter(({ kind }) => kind === 'compound');
}

/** At which number the desk is called: printed on slips for who has no phone to look. */
export function phoneRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/desk-phones',
    {
      config: { permission: 'rules.read' },
      schema: {
        tags,
        operationId: 'listDeskPhones',
        summary: "The desk's telephone, for each place one answers for",
        response: { 200: DeskPhones },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const today = localDate(house.clock.now().getTime());
      return house.db.read(acting.actor, async (q) => {
        const places = await placesOf(q, acting);
        const above = places.flatMap(({ scopeId, companyId }) =>
          companyId === null || companyId === scopeId ? [] : [companyId],
        );
        const phones = await phonesAt(q, [...places.map(({ scopeId }) => scopeId), ...above], today);
        return {
          items: places.map(({ scopeId, name, companyId }) => ({
            scopeId,
            scopeName: name,
            phone: phones.get(scopeId) ?? '',
            inherited:
              companyId === null || companyId === scopeId ? null : (phones.get(companyId) ?? '') || null,
          })),
          mayEdit: mayAttempt(acting.role, 'desk_phone.write'),
        };
      });
    },
  );

  app.put(
    '/work-orders/desk-phones/:scopeId',
    {
      config: { permission: 'desk_phone.write' },
      schema: {
        tags,
        operationId: 'setDeskPhone',
        summary: 'Say at which number the desk is called, from today on',
        params: Path,
        body: DeskPhoneBody,
        response: { 200: DeskPhoneBody },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.params;
      const phone = request.body.phone.trim();
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const wall = await accessScope(tx, acting, scopeId);
        const places = await placesOf(tx, acting);
        if (!places.some((place) => place.scopeId === scopeId))
          throw new Problem('permission.denied', { permission: 'desk_phone.write' });
        writePhone(tx, scopeId, phone, localDate(now.getTime(), wall.timeZone), acting.displayName);
        audit(tx, {
          auditId: uuidv7(now.getTime()),
          scopeId,
          wall,
          accountId: acting.accountId,
          action: 'desk.phone_set',
          objectType: 'scope',
          objectId: scopeId,
          detail: { phone, role: acting.role },
          at: now,
        });
        return { status: 200, body: { phone } };
      });
    },
  );
}
