import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

export type Project = Answer<'listPreventionProjects'>['items'][number];
export type ProjectDetail = Answer<'getPreventionProject'>;
export type ProjectCommand = Body<'commandPreventionProject'>;
export type RiskGrid = Answer<'listPreventionRisks'>['grids'][number];

const path = (id: string): string => `/prevention/projects/${encodeURIComponent(id)}`;

export const preventionApi = {
  projects: (query: Query<'listPreventionProjects'>) =>
    http.call<Answer<'listPreventionProjects'>>('GET', '/prevention/projects', { query }),
  project: (scopeId: string, id: string) => http.call<ProjectDetail>('GET', path(id), { query: { scopeId } }),
  command: (scopeId: string, id: string, body: ProjectCommand, key: string) =>
    http.call<ProjectDetail>('POST', `${path(id)}/commands`, { query: { scopeId }, body, key }),
  risks: (scopeId: string) =>
    http.call<Answer<'listPreventionRisks'>>('GET', '/prevention/risks', { query: { scopeId } }),
};

export const preventionKeys = {
  all: ['prevention'] as const,
  projects: (scopeId: string | null, state: string | null, isAll: boolean) =>
    ['prevention', 'list', scopeId, state, isAll] as const,
  project: (id: string) => ['prevention', 'project', id] as const,
  risks: (scopeId: string) => ['prevention', 'risks', scopeId] as const,
};
