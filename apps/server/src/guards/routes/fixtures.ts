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

/** Part of the table of `roles.test.ts`: what the manager and the authority see and do at gates, the field over everything, the overview. */
export const authorityRoutes: Record<string, Permission | 'public'> = {
  ...reportRoutes,
  'GET /overview': 'overview.read',
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
