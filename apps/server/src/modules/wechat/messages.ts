import type { MessageKinds } from '../../platform/notify/messages.ts';

export const messages: MessageKinds = { 'wechat.bound': { urgency: 'action', outside: [] } };
