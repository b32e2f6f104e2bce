import { compact, one, text } from './search-words.ts';

/** What is in the query of the pages of forms: a part of routes.ts, which is long enough. */
export const formViews = ['tasks', 'forms', 'report'] as const;
export const taskStates = ['open', 'submitted', 'returned', 'accepted', 'withdrawn'] as const;

export interface FormsSearch {
  view?: (typeof formViews)[number] | undefined;
  state?: (typeof taskStates)[number] | undefined;
}

export interface FormSearch {
  /** The form that a new one is the next revision of. */
  revises?: string | undefined;
}

export const readForms = (raw: Record<string, unknown>): FormsSearch =>
  compact({ view: one(raw['view'], formViews), state: one(raw['state'], taskStates) });

export const readForm = (raw: Record<string, unknown>): FormSearch =>
  compact({ revises: text(raw['revises']) });
