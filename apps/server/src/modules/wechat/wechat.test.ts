import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client, Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { due } from './due.ts';
import {
  account,
  accountEnv,
  encrypt,
  encryptedEnv,
  fieldOf,
  Follower,
  type Heard,
  sha1,
  Weixin,
} from './fixtures.ts';

/** The official account against the real server, in both modes; WeChat's side is fixtures.ts and knows nothing of ours. */
const MINUTE = 60_000;
const site = 'https://gongzhi.example';

interface Side {
  readonly world: World;
  readonly weixin: Weixin;
}
const begin = async (isEncrypted: boolean): Promise<Side> => {
  const world = await aWorld({ env: isEncrypted ? encryptedEnv : accountEnv });
  return { world, weixin: new Weixin(world, isEncrypted) };
};

let side: Side;
let plain: Side;
beforeAll(async () => {
  [side, plain] = await Promise.all([begin(true), begin(false)]);
});
afterAll(() => Promise.all([side.world.close(), plain.world.close()]));

let named = 0;
const aFollower = ({ weixin }: Side) => new Follower(weixin, `f${++named}`);
const tokenIn = (link: string | undefined) => (link ?? '').split(/[/=]/).at(-1) ?? '';
const bindLink = async (who: Follower) => tokenIn((await who.says('绑定')).links[0]);
const linkOf = (client: Client, token: string) => client.get(`/me/wechat/links/${token}`);
const take = (client: Client, token: string) => client.post(`/me/wechat/links/${token}`);
const wechatOf = async (client: Client): Promise<Json> =>
  (await client.get('/me/messages')).body.available.find((one: Json) => one.channel === 'wechat');
async function sweep({ world }: Side): Promise<Record<string, number>> {
  const { house } = world.server;
  return runDueOnce({ worker: world.worker, sweeps: due, house, clock: world.clock, log: house.log });
}
const kept = async ({ world }: Side) =>
  (
    await world.ask<{ messages: number; links: number }>(
      `select (select count(*)::int from wechat.message) as messages, (select count(*)::int from wechat.answer_link) as links`,
    )
  )[0]!;
const sides = () =>
  [
    ['encrypted', side],
    ['plain', plain],
  ] as const;

describe('the server settings', () => {
  it('are verified by echoing what came, signed and fresh', async () => {
    for (const [mode, { weixin }] of sides()) {
      const right = await weixin.verify('4375120948345356249');
      expect([mode, right.status, await right.text()]).toEqual([mode, 200, '4375120948345356249']);
      expect(right.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect((await weixin.verify('1', { token: 'guessedGUESSED01' })).status).toBe(403);
      expect((await weixin.verify('1', { timestamp: String(Number(weixin.seconds()) - 301) })).status).toBe(
        403,
      );
      // Nothing that a browser could run comes back.
      const page = await weixin.verify('<script>alert(1)</script>');
      expect([page.status, await page.text()]).toEqual([400, '']);
    }
    expect((await fetch(`${side.world.url}/wechat`)).status).toBe(403);
    expect((await fetch(`${side.world.url}/wechat?signature=a&signature=b&timestamp=1`)).status).toBe(403);
  });
});

describe('what people write', () => {
  it('is answered by who was written to, in both modes', async () => {
    for (const [mode, here] of sides()) {
      const who = aFollower(here);
      const heard = await who.does('subscribe', 'qrscene_7');
      expect([mode, heard.status]).toEqual([mode, 200]);
      expect(fieldOf(heard.xml, 'ToUserName')).toBe(who.openId);
      expect(fieldOf(heard.xml, 'FromUserName')).toBe(account.id);
      expect(fieldOf(heard.xml, 'MsgType')).toBe('text');
      expect(fieldOf(heard.xml, 'CreateTime')).toBe(here.weixin.seconds());
      expect(heard.links).toEqual([
        expect.stringMatching(`^${site}/m/wechat/[\\w-]{32}$`),
        `${site}/m/report`,
      ]);
      expect((await who.does('CLICK', 'report')).links).toEqual([`${site}/m/report`]);
      expect((await who.says('报修')).links).toEqual([`${site}/m/report`]);
      expect((await who.does('CLICK', 'orders:en')).words).toBe(
        `<a href="${site}/m/orders">See what I reported</a>`,
      );
      expect((await who.does('SCAN', '7')).links).toEqual([`${site}/m/report`, `${site}/m/orders`]);
      const picture = await here.weixin.send(who.message('image', '<PicUrl><![CDATA[http://x]]></PicUrl>'));
      expect(picture.links).toHaveLength(3);
      // Nobody waits for these: the protocol's word for nothing.
      for (const event of ['VIEW', 'LOCATION', 'TEMPLATESENDJOBFINISH', 'unsubscribe'])
        expect([event, (await who.does(event)).body]).toEqual([event, 'success']);
    }
  });

  it('waits sealed behind a link, for the first who opens it, for an hour', async () => {
    const { world } = side;
    const { wang, chen } = world.people;
    const said = '3号楼2单元 电梯不动了 & <b>快</b>';
    const heard = await aFollower(side).says(said);
    expect(heard.links).toEqual([expect.stringMatching(`^${site}/m/report\\?words=[\\w-]{32}$`)]);
    expect(heard.words).not.toContain('电梯');
    const token = tokenIn(heard.links[0]);
    expect((await linkOf(wang.client, token)).body.link).toMatchObject({
      kind: 'words',
      words: null,
      masked: null,
    });
    for (let again = 0; again < 2; again++)
      expect((await take(wang.client, token)).body).toMatchObject({ kind: 'words', words: said });
    expect((await take(chen.client, token)).body.code).toBe('wechat.link_gone');
    expect((await linkOf(chen.client, token)).body).toEqual({ link: null });
    world.clock.advance(60 * MINUTE);
    expect((await take(wang.client, token)).body.code).toBe('wechat.link_gone');
    // Neither the words nor who wrote them lie anywhere in plain.
    const rows = await world.ask<{ row: string }>(
      `select t::text as row from wechat.answer_link t union all select t::text from wechat.message t
       union all select encode(content_cipher, 'escape') from wechat.answer_link`,
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { row } of rows) expect(row).not.toMatch(/电梯|oyORnuP8/);
  });

  it('may be a place or a voice', async () => {
    const { wang } = side.world.people;
    const who = aFollower(side);
    const send = async (type: string, fields: string) => {
      const heard = await side.weixin.send(who.message(type, fields));
      return (await take(wang.client, tokenIn(heard.links[0]))).body.words;
    };
    expect(
      await send(
        'location',
        '<Location_X>23.13</Location_X><Location_Y>113.35</Location_Y><Scale>20</Scale><Label><![CDATA[某路1号]]></Label>',
      ),
    ).toBe('某路1号');
    expect(await send('voice', '<MediaId>1</MediaId><Recognition><![CDATA[楼道灯不亮]]></Recognition>')).toBe(
      '楼道灯不亮',
    );
  });
});

describe('a message that comes again', () => {
  it('is answered to the letter as the first time, also at the same instant, and done once', async () => {
    for (const [mode, here] of sides()) {
      const who = aFollower(here);
      const message = who.message('text', '<Content>漏水了</Content>');
      const before = await kept(here);
      const answers = await Promise.all(Array.from({ length: 5 }, () => here.weixin.send(message)));
      here.world.clock.advance(4_000);
      answers.push(await here.weixin.send(message));
      expect([mode, new Set(answers.map(({ xml }) => xml)).size]).toEqual([mode, 1]);
      expect(answers[0]!.links).toHaveLength(1);
      const after = await kept(here);
      expect(after).toEqual({ messages: before.messages + 1, links: before.links + 1 });
      // An event has no number: who, when and what stand for it.
      const event = who.event('CLICK', 'bind');
      const clicks = [await here.weixin.send(event), await here.weixin.send(event)];
      expect(clicks[0]!.xml).toBe(clicks[1]!.xml);
    }
  });

  it('counts as forged when its signed time and nonce came with another message', async () => {
    for (const [mode, here] of sides()) {
      const who = aFollower(here);
      const pair = { timestamp: here.weixin.seconds(), nonce: '99887766' };
      const message = who.message('text', '<Content>漏水了</Content>');
      expect([mode, (await here.weixin.send(message, pair)).status]).toEqual([mode, 200]);
      expect([mode, (await here.weixin.send(message, pair)).status]).toEqual([mode, 200]);
      const other = who.message('text', '<Content>别的</Content>');
      expect([mode, (await here.weixin.send(other, pair)).status]).toEqual([mode, 403]);
      here.world.clock.advance(5 * MINUTE + 1_000);
      expect([mode, (await here.weixin.send(message, pair)).status]).toEqual([mode, 403]);
    }
  });
});

describe('an account bound to WeChat', () => {
  it('is told there once its owner has confirmed, signed in', async () => {
    const { world } = side;
    const { wang, chen } = world.people;
    const who = aFollower(side);
    expect(await wechatOf(wang.client)).toMatchObject({ isConfirmed: false, isByLink: true, address: null });
    // Had chosen other ways only.
    const wish = { channels: ['sms'], isNewsWanted: true, quietFrom: 0, quietTo: 0 };
    await wang.client.send('PUT', '/me/messages', wish);
    const token = await bindLink(who);
    const masked = `…${who.openId.slice(-4)}`;
    expect((await linkOf(wang.client, token)).body.link).toMatchObject({ kind: 'bind', masked, words: null });
    // Looking is not confirming.
    expect(await wechatOf(wang.client)).toMatchObject({ isConfirmed: false });
    for (let again = 0; again < 2; again++)
      expect((await take(wang.client, token)).body).toMatchObject({ kind: 'bind', masked });
    expect(await wechatOf(wang.client)).toMatchObject({ isConfirmed: true, address: masked });
    expect((await wang.client.get('/me/messages')).body.channels).toEqual(['sms', 'wechat']);
    // The account hears of it, once, wherever else it is told things.
    await world.told();
    const told = async ({ client }: typeof wang) =>
      (await client.get('/inbox')).body.items.filter((one: Json) => one.template === 'wechat.bound');
    expect(await told(wang)).toMatchObject([{ link: '/m/me/messages' }]);
    expect(await told(chen)).toEqual([]);
    // Taken back in the settings and confirmed once more: what is answered is so.
    await wang.client.send('DELETE', '/me/messages/addresses/wechat');
    expect(await wechatOf(wang.client)).toMatchObject({ isConfirmed: false });
    expect((await take(wang.client, token)).status).toBe(200);
    expect(await wechatOf(wang.client)).toMatchObject({ isConfirmed: true });
    // The link is spent for everybody else.
    expect((await take(chen.client, token)).body.code).toBe('wechat.link_gone');
    expect(await wechatOf(chen.client)).toMatchObject({ isConfirmed: false });
    const [row] = await world.ask<{ account_id: string; address_cipher: Buffer }>(
      `select account_id, address_cipher from platform.message_address where channel = 'wechat' and account_id = $1`,
      [wang.accountId],
    );
    const opened = world.server.house.crypto.open(
      row!.address_cipher,
      'platform.message_address',
      `${wang.accountId}:wechat`,
    );
    expect(opened).toBe(who.openId);
  });

  it('is told nothing there any more after leaving, and what was sent before opens no more', async () => {
    const { world } = side;
    const { fang, chen } = world.people;
    const [who, other] = [aFollower(side), aFollower(side)];
    await sweep(side);
    await take(fang.client, await bindLink(who));
    await take(chen.client, await bindLink(other));
    world.clock.advance(1_000);
    const late = await bindLink(who);
    expect((await who.does('unsubscribe')).body).toBe('success');
    expect((await take(fang.client, late)).body.code).toBe('wechat.link_gone');
    expect((await sweep(side))['wechat.departures']).toBe(1);
    expect(await wechatOf(fang.client)).toMatchObject({ isConfirmed: false, address: null });
    expect(await wechatOf(chen.client)).toMatchObject({ isConfirmed: true });
    // Followed and bound again before the worker comes to it: that is the last word.
    world.clock.advance(1_000);
    await who.does('unsubscribe');
    world.clock.advance(1_000);
    await who.does('subscribe');
    await take(fang.client, await bindLink(who));
    expect((await sweep(side))['wechat.departures']).toBe(1);
    expect(await wechatOf(fang.client)).toMatchObject({ isConfirmed: true });
  });

  it('may be anybody’s, whatever they are', async () => {
    const { li, desk, company, street, cityHall, committee } = side.world.people;
    for (const { client, name } of [li, desk, company, street, cityHall, committee]) {
      expect([name, (await take(client, await bindLink(aFollower(side)))).status]).toEqual([name, 200]);
      expect([name, (await wechatOf(client)).isConfirmed]).toEqual([name, true]);
    }
    await side.world.told();
    expect((await company.client.get('/inbox')).body.items).toMatchObject([{ template: 'wechat.bound' }]);
  });

  it('goes to one account when two open the link at one instant', async () => {
    const { wang, chen, fang, li } = side.world.people;
    const token = await bindLink(aFollower(side));
    const answers = await Promise.all([wang, chen, fang, li].map(({ client }) => take(client, token)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410, 410, 410]);
  });

  it('needs a session, a token that exists, and ten minutes at most', async () => {
    const { world } = side;
    const { wang } = world.people;
    const token = await bindLink(aFollower(side));
    const stranger = await fetch(`${world.url}/api/v1/me/wechat/links/${token}`, { method: 'POST' });
    expect(stranger.status).toBe(401);
    expect((await take(wang.client, 'guessed-guessed')).body.code).toBe('wechat.link_gone');
    expect((await take(wang.client, 'a%2Fb')).status).toBe(422);
    world.clock.advance(10 * MINUTE);
    expect((await linkOf(wang.client, token)).body).toEqual({ link: null });
    expect((await take(wang.client, token)).status).toBe(410);
  });
});

describe('what is refused', () => {
  const refused = async (
    here: Side,
    run: (who: Follower) => Promise<Heard>,
    status: number,
    name: string,
  ) => {
    const before = await kept(here);
    const heard = await run(aFollower(here));
    expect([name, heard.status, heard.body]).toEqual([name, status, '']);
    expect([name, await kept(here)]).toEqual([name, before]);
  };
  const text = (who: Follower) => who.message('text', '<Content>漏水了</Content>');

  it('is told apart from nothing and keeps nothing', async () => {
    for (const [mode, here] of sides()) {
      const { weixin } = here;
      const ago = (seconds: number) => String(Number(weixin.seconds()) - seconds);
      const wrong: [string, (who: Follower) => Promise<Heard>, number][] = [
        ['no signature', (who) => weixin.send(text(who), { signature: '' }), 403],
        ['a wrong one', (who) => weixin.send(text(who), { signature: '0'.repeat(40) }), 403],
        ['too old', (who) => weixin.send(text(who), { timestamp: ago(301) }), 403],
        ['from the future', (who) => weixin.send(text(who), { timestamp: ago(-301) }), 403],
        ['no XML', () => weixin.send('{"a":1}'), 400],
        ['no message', () => weixin.send('<xml></xml>'), 400],
        ['no number', (who) => weixin.send(text(who).replace(/<MsgId>\d+<\/MsgId>/, '')), 400],
        [
          'entities that unfold',
          (who) => weixin.send(`<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${text(who)}`),
          400,
        ],
        ['an entity of a file', (who) => weixin.send(text(who).replace('漏水了', '&file;')), 400],
        ['a sender that is markup', (who) => weixin.send(text(who).replace(who.openId, 'x]]&gt;y')), 400],
      ];
      for (const [name, run, status] of wrong) await refused(here, run, status, `${mode}: ${name}`);
    }
  });

  it('in encrypted mode: whatever is not sealed for this app with this key', async () => {
    const { weixin } = side;
    await refused(side, (who) => weixin.send(text(who), { appId: 'wx0000000000000000' }), 403, 'another app');
    await refused(
      side,
      () => weixin.send('', { body: Buffer.alloc(64, 3).toString('base64') }),
      403,
      'garbage',
    );
    await refused(side, () => weixin.send('', { body: '!!' }), 403, 'no base64');
    const sealed = await encrypt('<xml></xml>', account.appId, account.aesKey.replace('a', 'z'));
    await refused(side, () => weixin.send('', { body: sealed }), 403, 'another key');
    // What the compatible mode sends in plain is believed by nobody who has a key.
    const open = new Weixin(side.world, false);
    await refused(side, (who) => open.send(text(who)), 403, 'in plain');
    // The signature of the outside alone says nothing of what is inside.
    const [timestamp, nonce] = [weixin.seconds(), '4711'];
    const signature = await sha1(account.token, timestamp, nonce);
    await refused(
      side,
      (who) => weixin.send(text(who), { timestamp, nonce, signature }),
      403,
      'signed outside',
    );
  });

  it('too long, too much, no way', async () => {
    const long = await plain.weixin.send(
      aFollower(plain).message('text', `<Content>${'水'.repeat(30_000)}</Content>`),
    );
    expect(long.status).toBe(413);
    const broken = await fetch(`${plain.world.url}/wechat`, { method: 'PUT', body: 'x' });
    expect(broken.status).toBe(404);
    // Twenty a minute are answered; whoever goes on is left alone, and whoever then leaves is heard.
    const who = aFollower(plain);
    const answers: Heard[] = [];
    for (let i = 0; i < 22; i++) answers.push(await who.says(`第${i}件`));
    expect(answers.filter(({ links }) => links.length === 1)).toHaveLength(20);
    expect(answers.at(-1)!.body).toBe('success');
    await sweep(plain);
    await who.does('unsubscribe');
    expect((await sweep(plain))['wechat.departures']).toBe(1);
    plain.world.clock.advance(MINUTE);
    expect((await who.says('再说一件')).links).toHaveLength(1);
  });
});

describe('when the database takes its time', () => {
  it('says so before WeChat hangs up; the repetition gets the answer of the first', async () => {
    const { world, weixin } = plain;
    const who = aFollower(plain);
    const message = who.message('text', '<Content>漏水了</Content>');
    const client = await world.admin.connect();
    try {
      await client.query('begin');
      await client.query('lock table wechat.message in access exclusive mode');
      const late = await weixin.send(message);
      expect([late.status, late.body]).toEqual([503, '']);
      const again = weixin.send(message);
      await client.query('commit');
      expect((await again).links).toHaveLength(1);
      const third = await weixin.send(message);
      expect(third.xml).toBe((await again).xml);
    } finally {
      client.release();
    }
  });
});

describe('afterwards', () => {
  it('forgets what nobody can ask about any more', async () => {
    const who = aFollower(side);
    await who.says('漏水了');
    side.world.clock.advance(60 * MINUTE);
    expect((await sweep(side))['wechat.forgotten']).toBeGreaterThan(2);
    expect(await kept(side)).toEqual({ messages: 0, links: 0 });
    expect(await side.world.ask('select from wechat.request')).toHaveLength(0);
  });
});
