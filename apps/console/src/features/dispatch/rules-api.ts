import { newKey } from '@gongzhi/ui/client/index.ts';
import { http } from '../../api.ts';
import type { Answer, Body } from '../../api-types.ts';

export type DispatchRules = Answer<'getDispatchRules'>;
export type ModeRow = DispatchRules['modes'][number];
export type Mode = ModeRow['mode'];
export type Countdowns = DispatchRules['offers']['value'];
export type Chain = DispatchRules['escalation']['value'];
export type Role = Chain['notThere'][number];
export type OwnWord = DispatchRules['own'][number];

export const MODES = ['by_hand', 'in_turn', 'automatic', 'grab'] as const satisfies readonly Mode[];
export const ROLES = [
  'desk',
  'steward',
  'manager',
  'company',
  'street',
  'city',
] as const satisfies readonly Role[];
export const COUNTDOWNS = [
  'turnSeconds',
  'grabSeconds',
  'emergencySeconds',
] as const satisfies readonly (keyof Countdowns)[];

/** How orders are dispatched at a place: read by the desk, said by company, street and city. */
export const rulesApi = {
  rules: (scopeId: string) => http.call<DispatchRules>('GET', '/dispatch/rules', { query: { scopeId } }),
  sayMode: (body: Body<'sayDispatchMode'>) =>
    http.call<Answer<'sayDispatchMode'>>('PUT', '/dispatch/rules/mode', { body, key: newKey() }),
  sayOffers: (body: Body<'sayDispatchOffers'>) =>
    http.call<Answer<'sayDispatchOffers'>>('PUT', '/dispatch/rules/offers', { body, key: newKey() }),
  sayEscalation: (body: Body<'sayDispatchEscalation'>) =>
    http.call<Answer<'sayDispatchEscalation'>>('PUT', '/dispatch/rules/escalation', {
      body,
      key: newKey(),
    }),
};

export const rulesKeys = { rules: (scopeId: string) => ['dispatch-rules', scopeId] as const };
