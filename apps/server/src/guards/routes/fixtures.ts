import type { Permission } from '../../platform/permissions/permissions.ts';

/** Reports that are kept. */
const reportRoutes: Record<string, Permission | 'public'> = {
  'GET /reports/kinds': 'report.use',
  'GET /reports': 'report.use',
  'GET /reports/:id': 'report.use',
  'PUT /reports/:id': 'report.use',
  'DELETE /reports/:id': 'report.use',
  'GET /reports/:id/table': 'report.use',
  'GET /reports/:id/file': 'report.use',
  'GET /reports/:id/runs/:runId/file': 'report.use',
};

/** One entry serves many forms. */
const formRoutes: Record<string, Permission | 'public'> = {
  'GET /forms/catalogue': 'form.author',
  'GET /forms': 'form.author',
  'GET /forms/:id': 'form.author',
  'PUT /forms/:id': 'form.author',
  'POST /forms/:id/commands': 'form.author',
  'GET /forms/:id/file': 'form.author',
  'GET /forms/report': 'form.author',
  'GET /forms/tasks': 'form.read',
  'GET /forms/tasks/:id': 'form.read',
  'GET /forms/tasks/:id/rows': 'form.read',
  'GET /forms/tasks/:id/file': 'form.read',
  'PUT /forms/tasks/:id/answers': 'form.fill',
  'POST /forms/tasks/:id/submission': 'form.fill',
  'POST /forms/tasks/:id/decision': 'form.author',
  'POST /forms/tasks/:id/effort': 'form.fill',
};

/** Part of the table of `roles.test.ts`: what the manager and the authority see and do at gates, the field over everything, the overview. */
export const authorityRoutes: Record<string, Permission | 'public'> = {
  ...reportRoutes,
  ...formRoutes,
  'GET /overview': 'overview.read',
  'GET /overview/wall': 'overview.read',
  'POST /searches': 'search.use',
  'GET /access/own/health': 'gate.own',
  'POST /access/own/health/declarations': 'gate.own',
  'POST /access/own/health/codes': 'gate.own',
  'GET /access/tracings': 'tracing.read',
  'POST /access/tracings': 'tracing.ask',
  'POST /access/tracings/:id/decision': 'tracing.authorise',
  'POST /access/tracings/:id/withdrawal': 'tracing.ask',
  'GET /access/tracings/:id/list': 'tracing.read',
  'POST /access/tracings/:id/export': 'tracing.read',
  'GET /access/follow-ups': 'follow_up.read',
  'POST /access/follow-ups': 'follow_up.work',
  'POST /access/follow-ups/done': 'follow_up.work',
  'GET /access/blind-spots': 'passage.figures',
  'GET /access/destructions/:id': 'gate.measures',
  'POST /access/pass-searches': 'pass.read',
};
