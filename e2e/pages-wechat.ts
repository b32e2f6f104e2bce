import { Follower, Weixin } from '../apps/server/src/modules/wechat/fixtures.ts';
import type { Stop } from './stops.ts';
import type { MessageKey } from './words.ts';

/** Somebody has written to the WeChat account and opens what it answered. */
const fromWechat =
  (words: string, shown: MessageKey): Stop['open'] =>
  async (page, say) => {
    const weixin = new Weixin({ url: new URL(page.url()).origin, clock: { now: () => new Date() } }, true);
    const { links } = await new Follower(weixin, 'pages').says(words);
    const { pathname, search } = new URL(links[0] ?? '');
    await page.goto(pathname + search);
    await page.getByText(say(shown)).first().waitFor();
  };

const phone = (name: string, path: string, open: Stop['open']): Stop => ({
  name,
  app: 'mobile',
  as: 'resident',
  path: () => `/m${path}`,
  open,
});

/** What the links in the official account's answers open. */
export const wechatPages: readonly Stop[] = [
  phone('WeChat, to be confirmed', '/', fromWechat('绑定', 'mobile.wechat.careful')),
  phone('WeChat, a link that is gone', '/wechat/guessed-guessed', async (page, say) => {
    await page.getByText(say('mobile.wechat.goneText')).waitFor();
  }),
  phone('report, begun in WeChat', '/', async (page, say) => {
    await fromWechat('楼道里的灯坏了', 'mobile.wechat.words')(page, say);
    // Said in passing, over the page: what is looked at is the page.
    await page
      .getByRole('button', { name: say('ui.close'), exact: true })
      .first()
      .click();
  }),
];
