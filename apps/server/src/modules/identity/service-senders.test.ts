import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../config.ts';
import { VirtualClock } from '../../platform/clock/clock.ts';
import { signatureOf, webhookSender } from './service-senders.ts';

const clock = new VirtualClock(new Date('2026-11-21T08:00:00Z'));
const secret = 'a gateway secret of 32 characters';
let gateway: Server;
let url: string;
let answers: number[];
let received: { headers: IncomingHttpHeaders; body: string }[];

beforeEach(async () => {
  answers = [];
  received = [];
  gateway = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      const status = answers.shift() ?? 200;
      if (status === 0) return;
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/codes`;
});
afterEach(() => {
  gateway.closeAllConnections();
  gateway.close();
});

/** Longer than a busy machine stalls: what is answered is not to be taken for silence. */
const sender = () =>
  webhookSender({ url, secret, timeoutMilliseconds: 3_000, retryAfterMilliseconds: [1, 1] }, clock);

it('signs what it posts', async () => {
  await sender().send('13800000000', '123456');
  const [{ headers, body } = { headers: {}, body: '' }] = received;
  expect(JSON.parse(body)).toEqual({
    kind: 'sign_in_code',
    phone: '13800000000',
    code: '123456',
    expiresInSeconds: 300,
  });
  expect(headers['x-gongzhi-signature']).toBe(
    signatureOf(secret, String(headers['x-gongzhi-timestamp']), body),
  );
  expect(signatureOf(`${secret}!`, String(headers['x-gongzhi-timestamp']), body)).not.toBe(
    headers['x-gongzhi-signature'],
  );
});

it('tries again after a failure or silence, and stops after three', async () => {
  answers = [503, 0, 200];
  await sender().send('13800000000', '123456');
  expect(received).toHaveLength(3);
  answers = [500, 429, 502];
  await expect(sender().send('13800000000', '123456')).rejects.toThrow('status 502');
  expect(received).toHaveLength(6);
});

it('does not repeat what the gateway refuses, and follows no redirect', async () => {
  answers = [400];
  await expect(sender().send('13800000000', '123456')).rejects.toThrow('status 400');
  expect(received).toHaveLength(1);
  answers = [302, 302, 302];
  await expect(sender().send('13800000000', '123456')).rejects.toThrow('code gateway');
});

it('production takes a webhook anywhere, a file on this machine only, a page never', () => {
  const base = { GONGZHI_MODE: 'production', DATABASE_URL: 'postgresql://app@db/gongzhi' };
  const load = (env: Record<string, string>) => loadConfig({ ...base, ...env }, '/srv');
  const webhook = {
    GONGZHI_CODE_SENDER: 'webhook',
    GONGZHI_CODE_URL: 'https://sms.example/codes',
    GONGZHI_CODE_SECRET: secret,
  };
  expect(load({ ...webhook, HOST: '0.0.0.0', GONGZHI_PUBLIC_URL: 'https://city.example' })).toMatchObject({
    codeSender: 'webhook',
    codeWebhook: { url: webhook.GONGZHI_CODE_URL, secret },
  });
  expect(load({ GONGZHI_CODE_SENDER: 'file' })).toMatchObject({ codeSender: 'file', codeWebhook: null });
  for (const env of [
    {},
    { GONGZHI_CODE_SENDER: 'page' },
    { GONGZHI_CODE_SENDER: 'file', HOST: '0.0.0.0' },
    { ...webhook, GONGZHI_CODE_URL: 'http://sms.example/codes' },
    { ...webhook, GONGZHI_CODE_SECRET: secret.slice(0, 31) },
  ]) {
    expect(() => load(env)).toThrow(ConfigError);
  }
  expect(loadConfig({}, '/srv')).toMatchObject({ mode: 'demo', codeSender: 'page' });
});
