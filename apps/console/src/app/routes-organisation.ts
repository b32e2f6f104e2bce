/** What the address of the organisation's tree says. */
export const organisationViews = ['place', 'company', 'unit'] as const;
export type OrganisationView = (typeof organisationViews)[number];
export interface OrganisationSearch {
  view?: OrganisationView | undefined;
  q?: string | undefined;
  /** Of units. */
  kind?: string | undefined;
}
