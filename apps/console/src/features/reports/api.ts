import { pathWithQuery } from '@gongzhi/ui/client/index.ts';
import { http } from '../../api.ts';
import type { Answer, Body, Locale } from '../../api-types.ts';

export type Report = Answer<'listReports'>['items'][number];
export type ReportDetail = Answer<'getReport'>;
export type Run = ReportDetail['runs'][number];
export type Kind = Answer<'listReportKinds'>['items'][number];
export type ReportBody = Body<'saveReport'>;

const path = (id: string): string => `/reports/${encodeURIComponent(id)}`;

export const reportsApi = {
  kinds: (locale: Locale) =>
    http.call<Answer<'listReportKinds'>>('GET', '/reports/kinds', { query: { locale } }),
  list: () => http.call<Answer<'listReports'>>('GET', '/reports'),
  report: (id: string) => http.call<ReportDetail>('GET', path(id)),
  table: (id: string, locale: Locale) =>
    http.call<Answer<'readReport'>>('GET', `${path(id)}/table`, { query: { locale } }),
  save: (id: string, body: ReportBody) => http.call<ReportDetail>('PUT', path(id), { body }),
  remove: (id: string) => http.call<void>('DELETE', path(id)),
};

/** Files that the browser downloads by itself. */
export const reportFileUrl = (id: string, format: 'xlsx' | 'csv' | 'pdf', locale: Locale): string =>
  pathWithQuery(`/api/v1${path(id)}/file`, { format, locale });
export const runFileUrl = (id: string, runId: string): string =>
  `/api/v1${path(id)}/runs/${encodeURIComponent(runId)}/file`;

export const reportKeys = {
  all: ['reports'] as const,
  kinds: (locale: Locale) => ['reports', 'kinds', locale] as const,
  list: ['reports', 'list'] as const,
  report: (id: string) => ['reports', 'one', id] as const,
  table: (id: string, version: number, locale: Locale) => ['reports', 'table', id, version, locale] as const,
};
