import { newKey } from '@gongzhi/ui/client/index.ts';
import { http } from '../../api.ts';
import type { Answer, Body } from '../../api-types.ts';

export type CallbackTable = Answer<'getCallbackRules'>;
export type CallbackRow = CallbackTable['items'][number];
export type SaidRules = CallbackRow['rules'];
export type Script = Answer<'getCallbackScript'>;
export type Question = Script['questions'][number];

/** Whom the desk calls and what it asks: read by the desk, said by company, street and city. */
export const callbackApi = {
  rules: (scopeId: string) =>
    http.call<CallbackTable>('GET', '/work-orders/callbacks/rules', { query: { scopeId } }),
  saveRules: (body: Body<'saveCallbackRules'>) =>
    http.call<Answer<'saveCallbackRules'>>('PUT', '/work-orders/callbacks/rules', { body, key: newKey() }),
  saveScript: (body: Body<'writeCallbackScript'>) =>
    http.call<Script>('PUT', '/work-orders/callbacks/script', { body, key: newKey() }),
};

export const callbackKeys = {
  rules: (scopeId: string) => ['callback-rules', scopeId] as const,
};
