import type { Config } from '../../apps/server/src/config.ts';

/** What every measured server is configured with. */
export function benchConfig(
  dataDir: string,
  databaseUrl: string,
  poolSize: number,
): Omit<Config, 'roles' | 'port'> {
  return {
    mode: 'demo',
    host: '127.0.0.1',
    dataDir,
    databaseUrl,
    adminUrl: null,
    codeSender: 'page',
    codeWebhook: null,
    poolSize,
    logLevel: 'warn',
    metricsToken: null,
    isSecure: false,
    publicUrl: null,
    proxies: 0,
    fileBucket: null,
    sms: null,
    wechat: null,
    workChatHosts: [],
    mail: null,
    mqtt: null,
    meters: null,
    healthCodes: { kind: 'demonstration' },
    payments: { merchants: [], areSimulated: false },
  };
}
