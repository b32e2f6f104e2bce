import type { Locale } from '@gongzhi/i18n';
import Type from 'typebox';
import { sql } from '../db/sql.ts';
import type { House } from '../house.ts';
import type { App } from '../http/app.ts';
import type { Acting } from '../sessions/sessions.ts';
import { confirmAddress, enterAddress, findAddresses, removeAddress } from './addresses.ts';
import { type Channel, addressedChannels, channels } from './messages.ts';
import { defaultPreference, type Preference } from './plan.ts';
import { preferenceOf } from './planning.ts';

const ChannelName = Type.Enum([...channels]);
const Addressed = Type.Enum([...addressedChannels]);
const MinuteOfDay = Type.Integer({ minimum: 0, maximum: 1439 });

const preferenceFields = {
  channels: Type.Array(ChannelName, {
    maxItems: channels.length,
    uniqueItems: true,
    description: 'In the order they are tried',
  }),
  isNewsWanted: Type.Boolean(),
  quietFrom: MinuteOfDay,
  quietTo: MinuteOfDay,
};
const MessageSettings = Type.Object(
  {
    ...preferenceFields,
    available: Type.Array(
      Type.Object({
        channel: ChannelName,
        /** Null: it goes to the account's phone, or nothing was entered yet. */
        address: Type.Union([Type.String(), Type.Null()]),
        isConfirmed: Type.Boolean(),
        needsAddress: Type.Boolean(),
        isByLink: Type.Boolean({
          description: 'Nothing to type: the account there answers with a link to here',
        }),
      }),
    ),
  },
  { title: 'MessageSettings' },
);

/** How I want to be told things. The inbox in the app always has everything. */
export function messageSettingsRoutes(app: App, house: House): void {
  const config = { permission: 'inbox.read' } as const;
  const tags = ['inbox'];
  const ChannelParams = Type.Object({ channel: Addressed });

  app.get(
    '/me/messages',
    {
      config,
      schema: {
        tags,
        operationId: 'getMessageSettings',
        summary: 'By which ways, in which order and at which hours I am told things',
        response: { 200: MessageSettings },
      },
    },
    async (request) => settingsOf(house, request.acting as Acting),
  );

  app.put(
    '/me/messages',
    {
      config,
      schema: {
        tags,
        operationId: 'setMessageSettings',
        summary: 'Choose ways, order and quiet hours',
        description: 'Emergencies ignore order and quiet hours. Equal minutes mean no quiet hours.',
        body: Type.Object(preferenceFields, { additionalProperties: false }),
        response: { 200: MessageSettings },
      },
    },
    async (request) => {
      const acting = request.acting as Acting;
      const wish = request.body as Preference;
      await house.db.act(acting.actor, async (tx) => {
        tx.write(
          sql`insert into platform.message_preference (account_id, channels, is_news_wanted, quiet_from, quiet_to, updated_at)
              values (${acting.accountId}, ${[...wish.channels]}::text[], ${wish.isNewsWanted}, ${wish.quietFrom}, ${wish.quietTo}, ${house.clock.now()})
              on conflict (account_id) do update set channels = excluded.channels, is_news_wanted = excluded.is_news_wanted,
                quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, updated_at = excluded.updated_at`,
        );
      });
      return settingsOf(house, acting);
    },
  );

  app.put(
    '/me/messages/addresses/:channel',
    {
      config,
      schema: {
        tags,
        operationId: 'enterMessageAddress',
        summary: 'Enter an address; a code is sent there',
        params: ChannelParams,
        body: Type.Object(
          { address: Type.String({ minLength: 3, maxLength: 400 }), locale: Type.Enum(['zh-CN', 'en']) },
          { additionalProperties: false },
        ),
        response: { 202: Type.Object({ masked: Type.String(), expiresInSeconds: Type.Integer() }) },
      },
    },
    async (request, reply) => {
      const { address, locale } = request.body;
      const sent = await enterAddress(
        house,
        request.acting as Acting,
        request.params.channel,
        address,
        locale as Locale,
      );
      return reply.code(202).send(sent);
    },
  );

  app.post(
    '/me/messages/addresses/:channel/confirm',
    {
      config,
      schema: {
        tags,
        operationId: 'confirmMessageAddress',
        summary: 'The code that came there',
        params: ChannelParams,
        body: Type.Object({ code: Type.String({ pattern: '^[0-9]{6}$' }) }, { additionalProperties: false }),
        response: { 200: MessageSettings },
      },
    },
    async (request) => {
      const acting = request.acting as Acting;
      await confirmAddress(house, acting, request.params.channel, request.body.code);
      return settingsOf(house, acting);
    },
  );

  app.delete(
    '/me/messages/addresses/:channel',
    {
      config,
      schema: {
        tags,
        operationId: 'removeMessageAddress',
        summary: 'Forget this address',
        params: ChannelParams,
        response: { 200: MessageSettings },
      },
    },
    async (request) => {
      const acting = request.acting as Acting;
      await removeAddress(house, acting, request.params.channel);
      return settingsOf(house, acting);
    },
  );
}

async function settingsOf(house: House, acting: Acting) {
  const { accountId, actor } = acting;
  return house.db.read(actor, async (q) => {
    const [[row], addresses] = await Promise.all([
      q.query<Parameters<typeof preferenceOf>[0]>(
        sql`select channels, is_news_wanted, quiet_from, quiet_to from platform.message_preference where account_id = ${accountId}`,
      ),
      findAddresses(q, accountId),
    ]);
    const wish = row === undefined ? defaultPreference : preferenceOf(row);
    return {
      channels: [...wish.channels],
      isNewsWanted: wish.isNewsWanted,
      quietFrom: wish.quietFrom,
      quietTo: wish.quietTo,
      available: channels
        // A robot of a group chat is for those who work together.
        .filter(
          (channel) => house.channels.has(channel) && (channel !== 'work_chat' || acting.role !== 'resident'),
        )
        .map((channel: Channel) => {
          const address = addresses.find((one) => one.channel === channel);
          const isSms = channel === 'sms';
          return {
            channel,
            address: address?.address_masked ?? null,
            isConfirmed: isSms || address?.verified_at != null,
            needsAddress: !isSms,
            isByLink: channel === 'wechat' && house.config.wechat?.server != null,
          };
        }),
    };
  });
}
