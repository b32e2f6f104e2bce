import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type LinkView, readLink, takeLink } from './service-links.ts';

const Link = Type.Object(
  {
    kind: Type.Enum(['bind', 'words']),
    masked: Type.Union([Type.String(), Type.Null()]),
    words: Type.Union([Type.String(), Type.Null()]),
    expiresAt: Type.String({ format: 'date-time' }),
  },
  { title: 'WechatLink' },
);
const Token = Type.Object({
  token: Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' }),
});

/** What the official account's answers link to, for whoever is signed in. */
export function routes(app: App, house: House): void {
  const config = { permission: 'inbox.read' } as const;
  const tags = ['inbox'];
  const bodyOf = (view: LinkView) => ({ ...view });
  const Found = Type.Object({
    link: Type.Union([Link, Type.Null()], { description: 'Null: it leads nowhere' }),
  });

  app.get(
    '/me/wechat/links/:token',
    {
      config,
      schema: {
        tags,
        operationId: 'readWechatLink',
        summary: 'What a link from the WeChat account is about; nothing happens yet',
        params: Token,
        response: { 200: Found },
      },
    },
    async (request) => {
      const view = await readLink(house, request.acting as Acting, request.params.token);
      return { link: view === null ? null : bodyOf(view) };
    },
  );

  app.post(
    '/me/wechat/links/:token',
    {
      config,
      schema: {
        tags,
        operationId: 'takeWechatLink',
        summary: 'Be told things by this WeChat account, or take the words that were written there',
        description:
          'The first account that takes a link owns it until it expires; taking it again answers the same.',
        params: Token,
        response: { 200: Link },
      },
    },
    async (request) => bodyOf(await takeLink(house, request.acting as Acting, request.params.token)),
  );
}
