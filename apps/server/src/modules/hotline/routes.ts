import { uuidv7 } from '@gongzhi/kernel';
import Type from 'typebox';
import { audit } from '../../platform/audit/audit.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, pageOf, pageQuery, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { holderOf } from './domain.ts';
import { cityOf, unitOf, unitsUnder } from './facts.ts';
import { Month, ruledMonth } from './facts-month.ts';
import { callerOf, findCase } from './queries.ts';
import { CASE_FIGURES, countQueues, listCases } from './queries-list.ts';
import {
  CallerPlain,
  CallerReveal,
  CaseDetail,
  CaseItem,
  CasePath,
  Command,
  NewHotlineCase,
  oneOf,
  QUEUES,
  Queues,
  strict,
  Text,
  Units,
  Uuid,
} from './schemas.ts';
import { commandCase } from './service.ts';
import { refuseTaken, takeIn } from './service-intake.ts';
import { detailOf, itemOf } from './view.ts';

const tags = ['hotline'];

export function routes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/hotline/cases',
    {
      config: { permission: 'hotline.read' },
      schema: {
        tags,
        operationId: 'listHotlineCases',
        summary:
          'Cases of the 12345 hotline within reach: open ones by whose share of the deadline runs out first',
        querystring: Type.Object(
          {
            ...pageQuery,
            scopeId: Type.Optional(Uuid),
            queue: Type.Optional(oneOf(QUEUES)),
            number: Type.Optional(Type.String({ maxLength: 40 })),
            streetId: Type.Optional(Uuid),
            unitId: Type.Optional(Uuid),
            compoundId: Type.Optional(Uuid),
            topic: Type.Optional(Type.String({ maxLength: 100 })),
            withoutStreet: Type.Optional(Type.Boolean()),
            withoutTopic: Type.Optional(Type.Boolean()),
            figure: Type.Optional(oneOf(CASE_FIGURES)),
            month: Type.Optional(Month),
          },
          strict,
        ),
        response: { 200: pageOf(CaseItem) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { cursor, limit = 20, month, scopeId: _, ...filter } = request.query;
      const after = positionOf(cursor, ['instant', 'id']);
      const isPast = filter.queue === 'all' || filter.figure !== undefined || filter.number !== undefined;
      return db.read(acting.actor, async (q) => {
        const city = await cityOf(q, acting);
        const period =
          filter.figure === undefined && month === undefined
            ? null
            : (await ruledMonth(house, q, city, month)).period;
        const rows = await listCases(
          q,
          acting,
          city.scopeId,
          {
            ...filter,
            from: period === null ? undefined : new Date(period.from),
            to: period === null ? undefined : new Date(period.to),
          },
          after,
          limit + 1,
        );
        const now = clock.now();
        return page(
          rows,
          limit,
          (row) => itemOf(row, acting, now),
          (row) => [(isPast ? row.receivedAt : row.holderDueAt).toISOString(), row.id],
        );
      });
    },
  );

  app.get(
    '/hotline/queues',
    {
      config: { permission: 'hotline.read' },
      schema: {
        tags,
        operationId: 'countHotlineQueues',
        summary: 'How many cases wait in each queue',
        response: { 200: Queues },
      },
    },
    async (request) => {
      const acting = request.acting!;
      return db.read(acting.actor, async (q) => {
        const city = await cityOf(q, acting);
        return { items: await countQueues(q, acting, city.scopeId, QUEUES) };
      });
    },
  );

  app.post(
    '/hotline/cases',
    {
      config: { permission: 'hotline.take_in' },
      schema: {
        tags,
        operationId: 'enterHotlineCase',
        summary: 'A case entered by hand; it begins in the hands of who enters it',
        body: NewHotlineCase,
        response: { 201: CaseDetail },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { body } = request;
      const city = await db.read(acting.actor, (q) => cityOf(q, acting));
      const at = (path: string, text: string | undefined) => {
        if (text === undefined) return null;
        const instant = Date.parse(text);
        return { path, instant };
      };
      const now = clock.now().getTime();
      const [received, due] = [at('/receivedAt', body.receivedAt)!, at('/dueAt', body.dueAt)];
      if (received.instant > now)
        throw new Problem('validation.failed', {}, [{ path: '/receivedAt', code: 'in_future', params: {} }]);
      if (due !== null && due.instant <= received.instant)
        throw new Problem('validation.failed', {}, [
          { path: '/dueAt', code: 'due_before_received', params: {} },
        ]);
      return runCommand(house, request, reply, city.scopeId, async (tx, when) => {
        const unit = await unitOf(tx, acting.homeScopeId);
        if (unit === null) throw new Problem('hotline.unit_unknown');
        const taken = await takeIn(
          house,
          tx,
          {
            cityId: city.scopeId,
            unit,
            source: 'hand',
            sourceName: acting.displayName,
            by: { accountId: acting.accountId, name: acting.displayName, role: acting.role },
          },
          {
            number: body.number,
            receivedAt: received.instant,
            dueAt: due?.instant ?? null,
            urgency: body.urgency ?? 'ordinary',
            topic: body.topic?.trim() ?? '',
            description: body.description.trim(),
            placeText: body.placeText?.trim() ?? '',
            compound: body.compound?.trim() || null,
            callerName: body.callerName?.trim() || null,
            callerPhone: body.callerPhone?.replaceAll(/[\s-]/g, '') || null,
            isConfidential: body.isConfidential ?? false,
            repeatOf: body.repeatOf ?? null,
          },
          when,
        );
        if (taken.result !== 'taken') throw refuseTaken(taken, body.number);
        return { status: 201, body: await detailOf(house, tx, acting, city.scopeId, taken.id, when) };
      });
    },
  );

  app.get(
    '/hotline/cases/:id',
    {
      config: { permission: 'hotline.read' },
      schema: {
        tags,
        operationId: 'getHotlineCase',
        summary: 'A case: its chain of hands, facts, the draft of the reply and what may be done',
        params: CasePath,
        response: { 200: CaseDetail },
      },
    },
    async (request) => {
      const acting = request.acting!;
      return db.read(acting.actor, async (q) => {
        const city = await cityOf(q, acting);
        return detailOf(house, q, acting, city.scopeId, request.params.id, clock.now());
      });
    },
  );

  app.post(
    '/hotline/cases/:id/commands',
    {
      config: { permission: 'hotline.command' },
      schema: {
        tags,
        operationId: 'commandHotlineCase',
        summary: 'One step in the life of a case',
        params: CasePath,
        body: Command,
        response: { 200: CaseDetail },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { id } = request.params;
      const city = await db.read(acting.actor, (q) => cityOf(q, acting));
      return runCommand(house, request, reply, city.scopeId, async (tx, now) => {
        await commandCase(house, acting, tx, city.scopeId, id, request.body, now);
        return { status: 200, body: await detailOf(house, tx, acting, city.scopeId, id, now) };
      });
    },
  );

  app.post(
    '/hotline/cases/:id/caller',
    {
      config: { permission: 'hotline.caller' },
      schema: {
        tags,
        operationId: 'revealHotlineCaller',
        summary:
          'Who called, in plain words, for a stated purpose; recorded. Of a confidential case the street and the city only',
        params: CasePath,
        body: CallerReveal,
        response: { 200: CallerPlain },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { id } = request.params;
      const city = await db.read(acting.actor, (q) => cityOf(q, acting));
      reply.header('cache-control', 'no-store');
      return db.act(acting.actor, async (tx) => {
        const caller = await callerOf(tx, city.scopeId, id);
        const found = await findCase(tx, city.scopeId, id);
        if (caller === null || found === null) throw new Problem('not_found');
        const now = clock.now();
        const { streetId, companyId } = found.wall;
        audit(tx, {
          auditId: uuidv7(now.getTime()),
          scopeId: city.scopeId,
          wall: { cityId: city.scopeId, streetId, companyId },
          accountId: acting.accountId,
          action: 'hotline_case.caller_revealed',
          objectType: 'hotline_case',
          objectId: id,
          detail: { purpose: request.body.purpose },
          at: now,
        });
        return JSON.parse(house.crypto.open(caller.cipher, 'hotline.caller', id)) as {
          name: string | null;
          phone: string | null;
        };
      });
    },
  );

  app.get(
    '/hotline/cases/:id/units',
    {
      config: { permission: 'hotline.command' },
      schema: {
        tags,
        operationId: 'listHotlineUnits',
        summary:
          'To whom a case may be passed, or who may be called in: the streets below a city, the communities and compounds of a street',
        params: CasePath,
        querystring: Type.Object(
          { for: Type.Optional(oneOf(['pass', 'call_in'] as const)), words: Type.Optional(Text) },
          strict,
        ),
        response: { 200: Units },
      },
    },
    async (request) => {
      const acting = request.acting!;
      return db.read(acting.actor, async (q) => {
        const city = await cityOf(q, acting);
        const found = await findCase(q, city.scopeId, request.params.id);
        if (found === null) throw new Problem('not_found');
        const { streetId } = found.wall;
        const holder = holderOf(found.state);
        const units = await unitsUnder(q, { cityId: city.scopeId, streetId });
        const isBelow = (kind: string) =>
          holder.level === 'community'
            ? kind === 'compound'
            : kind !== holder.level || request.query.for === 'call_in';
        return { items: units.filter(({ kind, id }) => isBelow(kind) && id !== holder.unitId) };
      });
    },
  );
}
