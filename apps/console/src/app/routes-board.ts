/** What the address of the dispatch board says; its part of the table in routes.ts. */
export const boardViews = ['board', 'plan', 'times'] as const;
export type BoardView = (typeof boardViews)[number];
export interface BoardSearch {
  view?: BoardView | undefined;
  /** Of which department; the own one where left out. */
  scope?: string | undefined;
}
