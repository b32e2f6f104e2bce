import { compact, one, text } from './search-words.ts';

export const billingViews = [
  'runs',
  'tariffs',
  'agreements',
  'payers',
  'costs',
  'arrears',
  'corrections',
  'letters',
  'totals',
] as const;
export type BillingView = (typeof billingViews)[number];

export interface BillingSearch {
  view?: BillingView | undefined;
  scope?: string | undefined;
  /** The run that is looked at. */
  run?: string | undefined;
  /** What of it is shown. */
  part?: (typeof runParts)[number] | undefined;
}

export const runParts = ['items', 'households', 'exceptions'] as const;

export const readBilling = (raw: Record<string, unknown>): BillingSearch =>
  compact({
    view: one(raw['view'], billingViews),
    scope: text(raw['scope']),
    run: text(raw['run']),
    part: one(raw['part'], runParts),
  });
