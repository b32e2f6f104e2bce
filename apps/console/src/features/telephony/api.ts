import { newKey } from '@gongzhi/ui/client/index.ts';
import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

export type PhoneDesk = Answer<'getPhoneDesk'>;
export type OwnCall = PhoneDesk['own'][number];
export type PhoneCall = PhoneDesk['waiting'][number];
export type PhoneTask = Answer<'listPhoneTasks'>['items'][number];
export type TaskOutcome = Body<'sayPhoneTaskOutcome'>['outcome'];

const taskPath = (id: string): string => `/telephony/tasks/${encodeURIComponent(id)}`;

/** The desk's telephone: who sits where, what rings, who is to be called back, and the provider's lines. */
export const telephonyApi = {
  desk: () => http.call<PhoneDesk>('GET', '/telephony/desk'),
  sit: (extension: string | null) =>
    http.call<Answer<'takePhoneSeat'>>('PUT', '/telephony/seat', { body: { extension }, key: newKey() }),
  calls: (query: Query<'listPhoneCalls'>) =>
    http.call<Answer<'listPhoneCalls'>>('GET', '/telephony/calls', { query }),
  tasks: (query: Query<'listPhoneTasks'>) =>
    http.call<Answer<'listPhoneTasks'>>('GET', '/telephony/tasks', { query }),
  claim: (id: string, key: string) =>
    http.call<Answer<'claimPhoneTask'>>('POST', `${taskPath(id)}/claim`, { body: {}, key }),
  say: ({ id, missedCount }: PhoneTask, outcome: TaskOutcome, key: string) =>
    http.call<Answer<'sayPhoneTaskOutcome'>>('POST', `${taskPath(id)}/outcome`, {
      body: { outcome, missedCount },
      key,
    }),
  lines: () => http.call<Answer<'listPhoneLines'>>('GET', '/telephony/lines'),
  makeLine: (name: string) =>
    http.call<Answer<'makePhoneLine'>>('POST', '/telephony/lines', { body: { name }, key: newKey() }),
  revokeLine: (id: string) =>
    http.call<void>('POST', `/telephony/lines/${encodeURIComponent(id)}/revoke`, { key: newKey() }),
};

/** What the live connection tells of the telephone makes `all` old at once: whoever rings does not wait. */
export const telephonyKeys = {
  all: ['phone'] as const,
  desk: ['phone', 'desk'] as const,
  tasks: ['phone', 'tasks'] as const,
  calls: ['phone', 'calls'] as const,
  lines: ['phone-lines'] as const,
};
