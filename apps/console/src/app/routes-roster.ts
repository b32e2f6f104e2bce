/** What the addresses of rosters say. */

export interface RosterFileSearch {
  /** Of which department; the own one where left out. */
  scope?: string | undefined;
}

export interface RosterSearch {
  /** The first day shown. */
  from?: string | undefined;
  /** Of which department; the own one where left out. */
  scope?: string | undefined;
}
