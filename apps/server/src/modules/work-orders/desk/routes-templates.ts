import Type from 'typebox';
import type { App } from '../../../platform/http/app.ts';
import { type FieldProblem, Problem } from '../../../platform/http/problem.ts';
import type { House } from '../../../platform/house.ts';
import { wallsOf } from '../../places/index.ts';
import { PLACEHOLDERS, unknownPlaceholders } from '../domain/placeholders.ts';
import { insertTemplate, type TemplateRow, templatesOf, versionsOf } from './queries-templates.ts';
import { actingOf, homeOf } from './reach.ts';
import { AnswerTemplate, AnswerTemplates, IdPath, oneOf, PURPOSES, strict, TemplateBody } from './schemas.ts';

const tags = ['desk'];

/** Prepared answers of the own department and of its company. */
export function templateRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/templates',
    {
      config: { permission: 'template.read' },
      schema: {
        tags,
        operationId: 'listTemplates',
        summary: 'Prepared answers, in both languages',
        querystring: Type.Object(
          { purpose: Type.Optional(oneOf(PURPOSES)), isActive: Type.Optional(Type.Boolean()) },
          strict,
        ),
        response: { 200: AnswerTemplates },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { purpose, isActive } = request.query;
      return house.db.read(acting.actor, async (q) => {
        const home = await homeOf(q, acting);
        const scopes = scopesOf(home);
        const [rows, walls] = await Promise.all([templatesOf(q, scopes), wallsOf(q, scopes)]);
        const names = new Map(walls.map((wall) => [wall.scopeId, wall.name]));
        const items = rows
          .filter((row) => purpose === undefined || row.purpose === purpose)
          .filter((row) => isActive === undefined || row.isActive === isActive)
          .map((row) => view(row, home.scopeId, names.get(row.scopeId) ?? ''));
        return { items: items.sort((a, b) => a.name.localeCompare(b.name, 'zh')) };
      });
    },
  );

  app.get(
    '/work-orders/templates/:id/versions',
    {
      config: { permission: 'template.read' },
      schema: {
        tags,
        operationId: 'listTemplateVersions',
        summary: 'What a prepared answer said before, and who changed it',
        params: IdPath,
        response: { 200: AnswerTemplates },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      return house.db.read(acting.actor, async (q) => {
        const home = await homeOf(q, acting);
        const rows = await versionsOf(q, scopesOf(home), request.params.id);
        if (rows.length === 0) throw new Problem('not_found');
        return { items: rows.map((row) => view(row, home.scopeId, home.name)) };
      });
    },
  );

  app.put(
    '/work-orders/templates/:id',
    {
      config: { permission: 'template.write' },
      schema: {
        tags,
        operationId: 'saveTemplate',
        summary: 'A new version of a prepared answer',
        params: IdPath,
        body: TemplateBody,
        response: { 200: AnswerTemplate },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { id } = request.params;
      const { expectedVersion, ...body } = request.body;
      const errors = (['textZh', 'textEn'] as const).flatMap((name): FieldProblem[] =>
        unknownPlaceholders(body[name]).map((unknown) => ({
          path: `/${name}`,
          code: 'placeholder',
          params: { name: unknown, allowedValues: PLACEHOLDERS },
        })),
      );
      if (errors.length > 0) throw new Problem('validation.failed', {}, errors);
      const now = house.clock.now();
      return house.db.act(acting.actor, async (tx) => {
        const home = await homeOf(tx, acting);
        const [latest] = await versionsOf(tx, scopesOf(home), id);
        // The company's is the company's to change: a department makes one of its own beside it.
        if (latest !== undefined && latest.scopeId !== home.scopeId)
          throw new Problem('permission.denied', { permission: 'template.write' });
        if ((latest?.version ?? 0) !== expectedVersion)
          throw new Problem('desk.stale', {
            version: latest?.version ?? 0,
            name: latest?.changedByName ?? '',
          });
        const row = {
          id,
          version: expectedVersion + 1,
          ...body,
          name: body.name.trim(),
          changedByName: acting.displayName,
          changedAt: now,
        };
        insertTemplate(tx, home, { ...row, changedBy: acting.accountId });
        return view({ ...row, scopeId: home.scopeId }, home.scopeId, home.name);
      });
    },
  );
}

function scopesOf(home: { readonly scopeId: string; readonly companyId: string | null }): string[] {
  return home.companyId === null ? [home.scopeId] : [...new Set([home.scopeId, home.companyId])];
}

function view(row: TemplateRow, homeScopeId: string, scopeName: string) {
  const { scopeId, changedAt, ...rest } = row;
  return { ...rest, scopeId, scopeName, isOwn: scopeId === homeScopeId, changedAt: changedAt.toISOString() };
}
