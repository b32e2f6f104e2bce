import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig, logLevels } from './config.ts';

const secret = 'a gateway secret of 32 characters';
const production = {
  GONGZHI_MODE: 'production',
  DATABASE_URL: 'postgresql://gongzhi_app@db/gongzhi',
  GONGZHI_CODE_SENDER: 'webhook',
  GONGZHI_CODE_URL: 'https://sms.example/codes',
  GONGZHI_CODE_SECRET: secret,
};
const weixin = {
  GONGZHI_WECHAT_APP_ID: 'wx2c2769f8efd9abc2',
  GONGZHI_WECHAT_SECRET: secret,
  GONGZHI_WECHAT_TEMPLATE: 'template',
  GONGZHI_WECHAT_TOKEN: 'spamtestSPAMTEST0123',
  GONGZHI_PUBLIC_URL: 'https://city.example',
};
type Env = Record<string, string | undefined>;
const load = (env: Env) => loadConfig(env, '/srv/gongzhi');
const inProduction = (env: Env) => load({ ...production, ...env });

/** Every refusal there is, by a word of its sentence. */
const refusals: [what: string, env: Env, word: string][] = [
  ['an unknown mode', { GONGZHI_MODE: 'test' }, 'GONGZHI_MODE'],
  ['a demonstration on a database of its own', { DATABASE_URL: 'postgresql://db' }, 'unset DATABASE_URL'],
  ['a demonstration for others', { HOST: '0.0.0.0' }, 'HOST must be 127.0.0.1'],
  ['an unknown role', { GONGZHI_ROLES: 'api,cook' }, '"cook" is no server role'],
  ['no port', { PORT: 'http' }, 'PORT'],
  ['a port that is none', { PORT: '65536' }, 'PORT'],
  ['a fraction of a proxy', { GONGZHI_PROXIES: '0.5' }, 'GONGZHI_PROXIES'],
  ['too many proxies', { GONGZHI_PROXIES: '11' }, 'GONGZHI_PROXIES'],
  ['an empty pool', { GONGZHI_POOL: '0' }, 'GONGZHI_POOL'],
  ['an unknown log level', { GONGZHI_LOG: 'loud' }, 'GONGZHI_LOG'],
  ['a public address without a scheme', { GONGZHI_PUBLIC_URL: 'city.example' }, 'GONGZHI_PUBLIC_URL'],
  [
    'a public address that is no web page',
    { GONGZHI_PUBLIC_URL: 'ftp://city.example' },
    'GONGZHI_PUBLIC_URL',
  ],
  ['a token anybody guesses', { GONGZHI_METRICS_TOKEN: 'metrics' }, 'GONGZHI_METRICS_TOKEN'],
  ['production for others without a public address', { ...production, HOST: '0.0.0.0' }, 'TLS proxy'],
  [
    'production for others in the clear',
    { ...production, HOST: '::', GONGZHI_PUBLIC_URL: 'http://city.example' },
    'TLS proxy',
  ],
  ['production without a sender of codes', { ...production, GONGZHI_CODE_SENDER: undefined }, 'CODE_SENDER'],
  ['codes shown to anybody', { ...production, GONGZHI_CODE_SENDER: 'page' }, 'show codes'],
  [
    'codes in a file for others',
    {
      ...production,
      GONGZHI_CODE_SENDER: 'file',
      HOST: '0.0.0.0',
      GONGZHI_PUBLIC_URL: 'https://city.example',
    },
    'on this machine only',
  ],
  ['a bucket in no known form', { GONGZHI_FILES: 's3://bucket' }, 'must be like s3'],
  ['a bucket in the clear', { GONGZHI_FILES: 's3+http://s3.example/bucket' }, 'must use s3'],
  ['a bucket without a key', { GONGZHI_FILES: 's3+https://s3.example/bucket' }, 'GONGZHI_FILES_KEY_ID'],
  ['a gateway in the clear', { ...production, GONGZHI_CODE_URL: 'http://sms.example' }, 'GONGZHI_CODE_URL'],
  ['a gateway that is no address', { ...production, GONGZHI_CODE_URL: 'sms' }, 'GONGZHI_CODE_URL'],
  ['a port for devices that is none', { GONGZHI_MQTT_PORT: 'yes' }, 'GONGZHI_MQTT_PORT'],
  ['devices in the clear', { GONGZHI_MQTT_HOST: '0.0.0.0' }, 'GONGZHI_MQTT_CERT'],
  ['half of a certificate', { GONGZHI_MQTT_CERT: '/etc/cert.pem' }, 'GONGZHI_MQTT_KEY'],
  ['a broker in the clear', { GONGZHI_MQTT_URL: `mqtt://u:${secret}@broker.example` }, 'mqtts'],
  ['a broker that is no address', { GONGZHI_MQTT_URL: 'broker' }, 'GONGZHI_MQTT_URL'],
  [
    'two brokers',
    { GONGZHI_MQTT_URL: 'mqtts://broker.example', GONGZHI_MQTT_PORT: '1883' },
    'set one of them',
  ],
  ['a WeChat server without an account', { GONGZHI_WECHAT_TOKEN: secret }, 'GONGZHI_WECHAT_APP_ID'],
  ['a WeChat key without a token', { GONGZHI_WECHAT_AES_KEY: secret }, 'GONGZHI_WECHAT_TOKEN'],
  ['a WeChat token that can be guessed', { ...weixin, GONGZHI_WECHAT_TOKEN: 'short' }, '16 to 32'],
  ['a WeChat key that is none', { ...weixin, GONGZHI_WECHAT_AES_KEY: 'x'.repeat(42) }, 'EncodingAESKey'],
  ['WeChat without an address of ours', { ...weixin, GONGZHI_PUBLIC_URL: undefined }, 'GONGZHI_PUBLIC_URL'],
  ['a gateway that cannot check', { ...production, GONGZHI_CODE_SECRET: 'short' }, 'GONGZHI_CODE_SECRET'],
];

describe('what cannot work is refused in one sentence', () => {
  it.each(refusals)('%s', (_what, env, word) => {
    let refusal: unknown;
    try {
      load(env);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ConfigError);
    const { message } = refusal as ConfigError;
    expect(message).toMatch(new RegExp(word));
    expect(message).toMatch(/^\S.*\.$/);
    expect(message).not.toContain(secret);
  });
});

describe('what works', () => {
  it('is a demonstration on this machine when nothing is said', () => {
    expect(load({})).toMatchObject({
      mode: 'demo',
      host: '127.0.0.1',
      port: 3000,
      dataDir: '/srv/gongzhi/.gongzhi',
      codeSender: 'page',
      publicUrl: null,
      isSecure: false,
      metricsToken: null,
      logLevel: 'info',
      proxies: 0,
    });
  });

  it.each([
    ['https://city.example', 'https://city.example', true],
    ['HTTPS://City.Example/', 'https://city.example', true],
    ['https://city.example:8443/start?x=1', 'https://city.example:8443', true],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000', false],
  ])('reads the public address %s', (text, origin, isSecure) => {
    expect(inProduction({ GONGZHI_PUBLIC_URL: text })).toMatchObject({ publicUrl: origin, isSecure });
  });

  it('serves others behind TLS, and itself without', () => {
    const others = { HOST: '0.0.0.0', GONGZHI_PUBLIC_URL: 'https://city.example' };
    expect(inProduction(others)).toMatchObject({ host: '0.0.0.0', isSecure: true });
    expect(inProduction({ HOST: '::1' })).toMatchObject({ isSecure: false, codeSender: 'webhook' });
  });

  it('takes every level that the log has', () => {
    expect([...logLevels].sort()).toEqual([...Object.keys(pino.levels.values), 'silent'].sort());
    for (const level of logLevels) expect(load({ GONGZHI_LOG: level }).logLevel).toBe(level);
  });

  it('takes a bucket for files, with or without a prefix', () => {
    const key = { GONGZHI_FILES_KEY_ID: 'id', GONGZHI_FILES_SECRET: 'secret' };
    const of = (text: string) => load({ GONGZHI_FILES: text, ...key }).fileBucket;
    expect(load({}).fileBucket).toBeNull();
    expect(of('s3+https://s3.example/bucket')).toMatchObject({
      endpoint: 'https://s3.example',
      bucket: 'bucket',
      prefix: '',
      region: 'us-east-1',
    });
    expect(of('s3+http://127.0.0.1:9000/my.bucket/a/b/')).toMatchObject({
      endpoint: 'http://127.0.0.1:9000',
      bucket: 'my.bucket',
      prefix: 'a/b/',
    });
  });

  it('hears a WeChat account in plain, encrypted, or not at all', () => {
    const server = (env: Env) => load({ ...weixin, ...env }).wechat?.server;
    expect(load({}).wechat).toBeNull();
    expect(server({ GONGZHI_WECHAT_TOKEN: undefined })).toBeNull();
    expect(server({})).toEqual({ token: weixin.GONGZHI_WECHAT_TOKEN, key: null });
    // As WeChat's own sample code has it: 43 letters are 32 bytes.
    const key = server({ GONGZHI_WECHAT_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' })?.key;
    expect(key?.toString('hex')).toMatch(/^69b71d79f8218a39259a7a29aabb2dbafc31cb3.{25}$/);
  });

  it('takes devices in on this machine, behind TLS for others, at a broker elsewhere, or not at all', () => {
    const of = (env: Env) => load(env).mqtt;
    const own = { kind: 'embedded', host: '127.0.0.1', port: 1_883, isUsualPort: true, tls: null };
    expect(of({})).toEqual(own);
    expect(of({ GONGZHI_MQTT_PORT: '1883' })).toEqual({ ...own, isUsualPort: false });
    expect(of({ GONGZHI_MQTT_PORT: 'off' })).toBeNull();
    const tls = { GONGZHI_MQTT_CERT: '/c.pem', GONGZHI_MQTT_KEY: '/k.pem' };
    expect(of({ GONGZHI_MQTT_HOST: '::', GONGZHI_MQTT_PORT: '8883', ...tls })).toMatchObject({
      host: '::',
      port: 8_883,
      tls: { certificateFile: '/c.pem', keyFile: '/k.pem' },
    });
    for (const url of ['mqtts://u:p@broker.example:8883', 'mqtt://127.0.0.1:1883'])
      expect(of({ GONGZHI_MQTT_URL: url })).toEqual({ kind: 'external', url });
  });
});
