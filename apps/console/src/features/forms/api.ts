import { pathWithQuery } from '@gongzhi/ui/client/index.ts';
import { http } from '../../api.ts';
import type { Answer, Body, Locale, Query } from '../../api-types.ts';

export type Form = Answer<'getForm'>;
export type FormInput = Body<'saveForm'>;
export type Column = Form['columns'][number];
export type Question = Extract<Column, { kind: 'question' }>;
export type Subject = Form['subject'];
export type Catalogue = Answer<'readFormCatalogue'>;
export type Task = Answer<'listFormTasks'>['items'][number];
export type TaskDetail = Answer<'getFormTask'>;
export type Row = Answer<'listFormRows'>['items'][number];
export type Cell = Row['cells'][number];
export type Answers = Body<'answerForm'>;
export type Burden = Answer<'reportForms'>;

const form = (id: string): string => `/forms/${encodeURIComponent(id)}`;
const task = (id: string): string => `/forms/tasks/${encodeURIComponent(id)}`;

export const formsApi = {
  catalogue: () => http.call<Catalogue>('GET', '/forms/catalogue'),
  forms: (query: Query<'listForms'>) => http.call<Answer<'listForms'>>('GET', '/forms', { query }),
  form: (id: string) => http.call<Form>('GET', form(id)),
  save: (id: string, body: FormInput) => http.call<Form>('PUT', form(id), { body }),
  command: (id: string, body: Body<'commandForm'>, key: string) =>
    http.call<Form>('POST', `${form(id)}/commands`, { body, key }),
  burden: () => http.call<Burden>('GET', '/forms/report'),
  tasks: (query: Query<'listFormTasks'>) =>
    http.call<Answer<'listFormTasks'>>('GET', '/forms/tasks', { query }),
  task: (scopeId: string, id: string) => http.call<TaskDetail>('GET', task(id), { query: { scopeId } }),
  rows: (id: string, query: Query<'listFormRows'>) =>
    http.call<Answer<'listFormRows'>>('GET', `${task(id)}/rows`, { query }),
  answer: (scopeId: string, id: string, body: Answers) =>
    http.call<TaskDetail>('PUT', `${task(id)}/answers`, { query: { scopeId }, body }),
  submit: (scopeId: string, id: string, body: Body<'submitForm'>, key: string) =>
    http.call<TaskDetail>('POST', `${task(id)}/submission`, { query: { scopeId }, body, key }),
  decide: (scopeId: string, id: string, body: Body<'decideForm'>, key: string) =>
    http.call<TaskDetail>('POST', `${task(id)}/decision`, { query: { scopeId }, body, key }),
  effort: (scopeId: string, id: string, seconds: number, key: string) =>
    http.call<Answer<'countFormEffort'>>('POST', `${task(id)}/effort`, {
      query: { scopeId },
      body: { seconds },
      key,
    }),
};

/** Files that the browser downloads by itself. */
export const formFileUrl = (id: string, format: 'xlsx' | 'csv', locale: Locale): string =>
  pathWithQuery(`/api/v1${form(id)}/file`, { format, locale });
export const taskFileUrl = (scopeId: string, id: string, format: 'xlsx' | 'csv', locale: Locale): string =>
  pathWithQuery(`/api/v1${task(id)}/file`, { scopeId, format, locale });

export const formKeys = {
  all: ['forms'] as const,
  catalogue: ['forms', 'catalogue'] as const,
  forms: ['forms', 'forms'] as const,
  form: (id: string) => ['forms', 'form', id] as const,
  burden: ['forms', 'burden'] as const,
  tasks: (state: string | null, formId: string | null) => ['forms', 'tasks', state, formId] as const,
  task: (scopeId: string, id: string) => ['forms', 'task', scopeId, id] as const,
  rows: (scopeId: string, id: string) => ['forms', 'rows', scopeId, id] as const,
};
