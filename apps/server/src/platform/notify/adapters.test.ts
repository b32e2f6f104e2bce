import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/clock.ts';
import { type Message, NotDeliverable } from './adapter.ts';
import { mailAdapter } from './adapters/mail.ts';
import { smsAdapter, smsText } from './adapters/sms.ts';
import { wechatAdapter } from './adapters/wechat.ts';
import { parseWebhook, workChatAdapter } from './adapters/work-chat.ts';
import { type Provider, startProvider } from './fixtures.ts';

const clock = new VirtualClock(new Date('2026-11-22T08:00:00Z'));
const message: Message = {
  id: '019a0000-0000-7000-8000-000000000001.019a0000-0000-7000-8000-000000000002',
  to: '13800000001',
  template: 'work_order.accepted',
  urgency: 'news',
  locale: 'zh-CN',
  sentence: '“家中漏水”有师傅接单了',
  url: 'https://city.example/m/orders/1/2',
  reference: '26-1122-0001',
};
let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.asked.length = 0;
  provider.answer = () => ({});
});
/** Longer than a busy machine stalls: what is answered is not to be taken for silence. */
const patient = { timeoutMilliseconds: 3_000 };

describe('a text message', () => {
  const secret = 'a gateway secret of 32 characters';
  const adapter = (more = {}) =>
    smsAdapter({ url: `${provider.origin}/sms`, secret, signature: '共治', ...more }, clock);

  it('is signed, bears the delivery as its key, and says no more than its sentence', async () => {
    provider.answer = () => ({ json: { reference: 'r-1' } });
    expect(await adapter().send(message)).toEqual({ reference: 'r-1' });
    const [asked] = provider.asked;
    const body = JSON.parse(asked!.body) as Record<string, unknown>;
    expect(body).toEqual({
      kind: 'message',
      id: message.id,
      phone: '13800000001',
      text: '【共治】“家中漏水”有师傅接单了 26-1122-0001',
      template: 'work_order.accepted',
      locale: 'zh-CN',
    });
    const timestamp = asked!.headers['x-gongzhi-timestamp'] as string;
    expect(asked!.headers['x-gongzhi-signature']).toBe(
      `sha256=${createHmac('sha256', secret).update(`${timestamp}.${asked!.body}`).digest('hex')}`,
    );
  });

  it.each<[string, ReturnType<Provider['answer']>, 'again' | 'never' | 'taken']>([
    ['taken before, says so', { status: 409 }, 'taken'],
    ['answered with no JSON', { text: 'OK' }, 'taken'],
    ['refused for good', { status: 400 }, 'never'],
    ['unsubscribed', { status: 410 }, 'never'],
    ['too fast', { status: 429 }, 'again'],
    ['broken', { status: 500 }, 'again'],
    ['silent', null, 'again'],
  ])('that is %s', async (_, answer, then) => {
    provider.answer = () => answer;
    const sending = adapter(patient).send(message);
    if (then === 'taken') expect(await sending).toEqual({ reference: null });
    else {
      const error = await sending.then(
        () => null,
        (failure: Error) => failure,
      );
      expect(error instanceof NotDeliverable).toBe(then === 'never');
      expect(error?.message).not.toMatch(/138|127/);
    }
  });

  it('is at most 70 characters, the number left out first', () => {
    expect(smsText('共治', '好'.repeat(66), '26-1122-0001')).toBe(`【共治】${'好'.repeat(66)}`);
    expect([...smsText('共治', '好'.repeat(67), '')]).toHaveLength(70);
    expect(smsText('共治', '好'.repeat(67), '').endsWith('…')).toBe(true);
    expect(smsText('共治', '单号 1 好了', '1')).toBe('【共治】单号 1 好了');
    // Not cut in the middle of a character beyond the first plane.
    expect(smsText('共治', '𠮷'.repeat(80), '')).toBe(`【共治】${'𠮷'.repeat(65)}…`);
  });
});

describe('a WeChat template message', () => {
  const adapter = () =>
    wechatAdapter(
      { origin: provider.origin, appId: 'app', appSecret: 'hush', templateId: 't1', ...patient },
      clock,
    );
  const tokens = () => provider.asked.filter(({ path }) => path.startsWith('/cgi-bin/token')).length;

  it('asks for a token once, and again when it has gone', async () => {
    let valid = 'tok-1';
    provider.answer = ({ path }) =>
      path.startsWith('/cgi-bin/token')
        ? { json: { access_token: valid, expires_in: 7200 } }
        : { json: path.includes(`access_token=${valid}`) ? { errcode: 0, msgid: 77 } : { errcode: 40001 } };
    const wechat = adapter();
    expect(await wechat.send(message)).toEqual({ reference: '77' });
    await wechat.send(message);
    expect(tokens()).toBe(1);
    valid = 'tok-2';
    expect(await wechat.send(message)).toEqual({ reference: '77' });
    expect(tokens()).toBe(2);
    clock.advance(2 * 3_600_000);
    await wechat.send(message);
    expect(tokens()).toBe(3);
    const body = JSON.parse(provider.asked.at(-1)!.body) as Record<string, unknown>;
    expect(body).toMatchObject({
      touser: message.to,
      template_id: 't1',
      url: message.url,
      data: { thing1: { value: message.sentence }, character_string2: { value: message.reference } },
    });
    expect(String(body['client_msg_id'])).toHaveLength(32);
  });

  it('tells a reader who has gone from a fault that passes', async () => {
    const answering = (errcode: number) => {
      provider.answer = ({ path }) =>
        path.startsWith('/cgi-bin/token')
          ? { json: { access_token: 't', expires_in: 7200 } }
          : { json: { errcode } };
      return adapter().send(message);
    };
    await expect(answering(43004)).rejects.toBeInstanceOf(NotDeliverable);
    await expect(answering(45009)).rejects.not.toBeInstanceOf(NotDeliverable);
    provider.answer = () => ({ json: { errcode: 40125 } });
    await expect(adapter().send(message)).rejects.toThrow('token refused (40125)');
    provider.answer = () => null;
    await expect(adapter().send(message)).rejects.toThrow('timed out');
  });
});

describe('a work chat', () => {
  const chat = () => workChatAdapter({ hosts: [new URL(provider.origin).host], ...patient }, clock);

  it('is only ever asked at the hosts that are allowed, by https', () => {
    const hosts = ['oapi.dingtalk.com', '127.0.0.1:1'];
    expect(parseWebhook('https://oapi.dingtalk.com/robot/send?access_token=a SECx', hosts)?.secret).toBe(
      'SECx',
    );
    expect(parseWebhook('http://127.0.0.1:1/x', hosts)).not.toBeNull();
    for (const address of [
      'http://oapi.dingtalk.com/robot/send',
      'https://oapi.dingtalk.com.evil.example/robot',
      'https://oapi.dingtalk.com:8443/robot',
      'https://user@oapi.dingtalk.com/robot',
      'https://169.254.169.254/latest',
      'file:///etc/passwd',
      'https://oapi.dingtalk.com/robot a b',
      '',
    ])
      expect(parseWebhook(address, hosts), address).toBeNull();
  });

  it('is told in the robot’s own form, signed the way each wants it', async () => {
    provider.answer = () => ({ json: { errcode: 0 } });
    await chat().send({ ...message, to: `${provider.origin}/cgi-bin/webhook/send?key=k` });
    await chat().send({ ...message, to: `${provider.origin}/robot/send?access_token=a SEC1` });
    await chat().send({ ...message, to: `${provider.origin}/open-apis/bot/v2/hook/h SEC2` });
    const [wecom, dingtalk, feishu] = provider.asked;
    const text = `${message.sentence}\n${message.reference}\n${message.url}`;
    expect(JSON.parse(wecom!.body)).toEqual({ msgtype: 'text', text: { content: text } });
    const query = new URL(dingtalk!.path, provider.origin).searchParams;
    const timestamp = query.get('timestamp')!;
    expect(query.get('sign')).toBe(
      createHmac('sha256', 'SEC1').update(`${timestamp}\nSEC1`).digest('base64'),
    );
    const sent = JSON.parse(feishu!.body) as Record<string, string>;
    expect(sent).toMatchObject({ msg_type: 'text', content: { text } });
    expect(sent['sign']).toBe(createHmac('sha256', `${sent['timestamp']}\nSEC2`).update('').digest('base64'));
  });

  it('that refuses is tried again, one that may not be asked is not', async () => {
    provider.answer = () => ({ json: { errcode: 45009 } });
    await expect(chat().send({ ...message, to: `${provider.origin}/robot` })).rejects.toThrow(
      'errcode 45009',
    );
    await expect(chat().send({ ...message, to: 'https://elsewhere.example/robot' })).rejects.toBeInstanceOf(
      NotDeliverable,
    );
  });
});

describe('a mail', () => {
  const received: { from: string; to: string; text: string }[] = [];
  let smtp: SMTPServer;
  let port: number;
  beforeAll(async () => {
    smtp = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo(address, _session, callback) {
        const refusal = Object.assign(new Error('no such mailbox'), { responseCode: 550 });
        if (address.address.startsWith('nobody')) callback(refusal);
        else if (address.address.startsWith('later'))
          callback(Object.assign(new Error('busy'), { responseCode: 451 }));
        else callback();
      },
      onData(stream, session, callback) {
        let text = '';
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          received.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo[0]?.address ?? '', text });
          callback();
        });
      },
    });
    await new Promise<void>((resolve) => {
      smtp.listen(0, '127.0.0.1', resolve);
    });
    port = (smtp.server.address() as AddressInfo).port;
  });
  afterAll(
    () =>
      new Promise<void>((resolve) => {
        smtp.close(resolve);
      }),
  );
  const mail = (at = port) =>
    mailAdapter({
      url: `smtp://127.0.0.1:${at}`,
      from: '共治 <no-reply@city.example>',
      ...patient,
    });

  it('arrives, in its language, under the delivery’s own message id', async () => {
    const { reference } = await mail().send({ ...message, to: 'wang@home.example' });
    expect(reference).toBe(`<${message.id}@city.example>`);
    const [one] = received;
    expect(one).toMatchObject({ from: 'no-reply@city.example', to: 'wang@home.example' });
    expect(one!.text.replaceAll('\r\n ', ' ')).toContain(`Message-ID: <${message.id}@city.example>`);
    expect(one!.text).toMatch(/Auto-Submitted: auto-generated/i);
  });

  it('to nobody is not tried again, to a busy server it is', async () => {
    await expect(mail().send({ ...message, to: 'nobody@home.example' })).rejects.toBeInstanceOf(
      NotDeliverable,
    );
    const later = await mail()
      .send({ ...message, to: 'later@home.example' })
      .catch((error: Error) => error);
    expect(later).toMatchObject({ message: 'SMTP 451' });
    const mute = await startProvider();
    mute.answer = () => null;
    const away = await mail(Number(new URL(mute.origin).port))
      .send({ ...message, to: 'wang@home.example' })
      .catch((error: Error) => error);
    expect(away).toMatchObject({ message: 'no answer' });
    expect(away).not.toBeInstanceOf(NotDeliverable);
    await mute.close();
  });
});
