import { newKey } from '@gongzhi/ui/client/index.ts';
import { http } from './api.ts';
import type { Answer, Body, Query } from './api-types.ts';

/** Calls of the desk's own tools: saved queues, columns, notes, prepared answers, rules and their preview. */
const on = (path: string, id: string): string => `/work-orders/${path}/${encodeURIComponent(id)}`;

export type SavedFilter = Answer<'listSavedFilters'>['items'][number];
export type ColumnChoice = Answer<'getColumns'>['columns'][number];
export type Note = Answer<'listNotes'>['items'][number];
export type AnswerTemplate = Answer<'listTemplates'>['items'][number];
export type FieldChange = Answer<'getFieldHistory'>['items'][number];
export type CatalogueEntry = Answer<'listCatalogueEntries'>['items'][number];
export type CategoryVersion = CatalogueEntry['current'];
export type CalendarInfo = Answer<'getCalendar'>;
export type DutyRule = Answer<'getDuties'>['items'][number];
export type Receiver = Answer<'getDuties'>['receivers'][number];
export type WhatIf = Answer<'whatIf'>;

export type DeskPhones = Answer<'listDeskPhones'>;

export const deskApi = {
  phones: () => http.call<DeskPhones>('GET', '/work-orders/desk-phones'),
  setPhone: (scopeId: string, phone: string, key: string) =>
    http.call<Answer<'setDeskPhone'>>('PUT', `/work-orders/desk-phones/${encodeURIComponent(scopeId)}`, {
      body: { phone },
      key,
    }),
  filters: () => http.call<Answer<'listSavedFilters'>>('GET', '/work-orders/filters'),
  saveFilter: (id: string, body: Body<'saveFilter'>) =>
    http.call<SavedFilter>('PUT', on('filters', id), { body }),
  removeFilter: (id: string) => http.call<void>('DELETE', on('filters', id)),
  columns: () => http.call<Answer<'getColumns'>>('GET', '/work-orders/columns'),
  keepColumns: (columns: ColumnChoice[]) =>
    http.call<Answer<'keepColumns'>>('PUT', '/work-orders/columns', { body: { columns } }),

  notes: (query: Query<'listNotes'>) =>
    http.call<Answer<'listNotes'>>('GET', '/work-orders/notes', { query }),
  addNote: (body: Body<'addNote'>, key: string) =>
    http.call<Note>('POST', '/work-orders/notes', { body, key }),
  changeNote: (scopeId: string, id: string, change: Body<'changeNote'>['change']) =>
    http.call<Answer<'changeNote'>>('POST', `${on('notes', id)}/changes`, {
      query: { scopeId },
      body: { change },
      key: newKey(),
    }),
  history: (scopeId: string, id: string) =>
    http.call<Answer<'getFieldHistory'>>('GET', `/work-orders/${encodeURIComponent(id)}/history`, {
      query: { scopeId },
    }),

  templates: (query: Query<'listTemplates'>) =>
    http.call<Answer<'listTemplates'>>('GET', '/work-orders/templates', { query }),
  templateVersions: (id: string) =>
    http.call<Answer<'listTemplateVersions'>>('GET', `${on('templates', id)}/versions`),
  saveTemplate: (id: string, body: Body<'saveTemplate'>) =>
    http.call<AnswerTemplate>('PUT', on('templates', id), { body }),

  entries: (scopeId: string) =>
    http.call<Answer<'listCatalogueEntries'>>('GET', '/work-orders/catalogue/entries', {
      query: { scopeId },
    }),
  entryVersions: (scopeId: string, code: string) =>
    http.call<Answer<'listCategoryVersions'>>('GET', `${on('catalogue/entries', code)}/versions`, {
      query: { scopeId },
    }),
  saveEntry: (code: string, body: Body<'saveCategoryVersion'>) =>
    http.call<CategoryVersion>('PUT', on('catalogue/entries', code), { body }),
  clocks: (query: Query<'previewClocks'>) =>
    http.call<Answer<'previewClocks'>>('GET', '/work-orders/catalogue/clocks', { query }),
  whatIf: (body: Body<'whatIf'>) => http.call<WhatIf>('POST', '/work-orders/catalogue/what-if', { body }),

  calendar: (query: Query<'getCalendar'>) =>
    http.call<CalendarInfo>('GET', '/work-orders/calendar', { query }),
  saveCalendar: (body: Body<'saveCalendar'>) =>
    http.call<Answer<'saveCalendar'>>('PUT', '/work-orders/calendar', { body }),

  duties: (scopeId: string) =>
    http.call<Answer<'getDuties'>>('GET', '/work-orders/duties', { query: { scopeId } }),
  saveDuty: (duty: DutyRule['duty'], body: Body<'saveDuty'>) =>
    http.call<DutyRule>('PUT', on('duties', duty), { body }),
  saveReceiver: (code: string, body: Body<'saveReceiver'>) =>
    http.call<Receiver>('PUT', on('receivers', code), { body }),
};

export const deskKeys = {
  phones: ['desk-phones'] as const,
  /** Under the queues' own name: what makes their counts old makes these old. */
  filters: ['queues', 'saved'] as const,
  columns: ['desk-columns'] as const,
  notes: (id: string) => ['notes', id] as const,
  history: (id: string) => ['history', id] as const,
  templates: ['templates'] as const,
  entries: (scopeId: string) => ['catalogue-entries', scopeId] as const,
  calendar: (scopeId: string, from: string) => ['calendar', scopeId, from] as const,
  duties: (scopeId: string) => ['duties', scopeId] as const,
};
