/**
 * How much a message wants its reader. `emergency` is told at once, whatever the hour and the wish; `action` asks for
 * something; `news` only tells.
 */
export type Urgency = 'emergency' | 'action' | 'news';

/** What a module says of one of its templates (i18n `inbox.<template>`). */
export interface MessageKind {
  readonly urgency: Exclude<Urgency, 'emergency'>;
  /**
   * The params that may leave the house in an SMS, a mail or a chat: what its sentence needs and nothing personal.
   * What isn't listed is not even handed to the renderer (a test compares this with the sentence).
   */
  readonly outside: readonly string[];
}

export type MessageKinds = Readonly<Record<string, MessageKind>>;

/** Ways to reach somebody besides the inbox in the app. `log` stands in where no provider is configured. */
export const channels = ['sms', 'wechat', 'work_chat', 'mail'] as const;
export type Channel = (typeof channels)[number];
export type AnyChannel = Channel | 'log' | 'auto';

/** Those whose address is kept here; an SMS goes to the account's own phone. */
export const addressedChannels = ['wechat', 'work_chat', 'mail'] as const;
export type AddressedChannel = (typeof addressedChannels)[number];
