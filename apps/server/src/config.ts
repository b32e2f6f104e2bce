import { isAbsolute, join } from 'node:path';
import { type ChannelConfig, channelsOf } from './config-channels.ts';
import { ConfigError } from './config-error.ts';
import { type HealthCodeConfig, healthCodeOf } from './config-health.ts';
import { type MeterPort, meterPortOf } from './config-meters.ts';
import { type MqttConfig, mqttOf } from './config-mqtt.ts';
import { type PaymentsConfig, paymentsOf } from './config-payments.ts';

export type ServerRole = 'api' | 'worker' | 'devices';

/** Pino's. */
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Config extends ChannelConfig {
  readonly mode: 'demo' | 'production';
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** The app's own role; row-level security applies. */
  readonly databaseUrl: string;
  /** Owner of the schema: used by migrate and by loaders only. */
  readonly adminUrl: string | null;
  readonly roles: ReadonlySet<ServerRole>;
  /**
   * Where one-time codes go: shown on the page (demo), appended to a file only its owner can read, or posted to an
   * SMS gateway.
   */
  readonly codeSender: 'page' | 'file' | 'webhook';
  /** The gateway and the secret its requests are signed with; null unless codes go there. */
  readonly codeWebhook: { readonly url: string; readonly secret: string } | null;
  readonly poolSize: number;
  readonly logLevel: LogLevel;
  /** What a scraper of /metrics brings as Bearer token; null: it asks on this machine itself. */
  readonly metricsToken: string | null;
  /** Cookies only travel over TLS when the product is reached that way. */
  readonly isSecure: boolean;
  /** The origin people type, when a TLS proxy stands in front; null: the server's own. */
  readonly publicUrl: string | null;
  /** A bucket for uploaded files; null: a folder of dataDir. */
  readonly fileBucket: BucketConfig | null;
  /** How many proxies of our own stand in front; their last hop's X-Forwarded-For names the client. 0: believe nobody. */
  readonly proxies: number;
  /** Where devices report; served by the devices role. */
  readonly mqtt: MqttConfig;
  /** Where gateways of meters call; null: nowhere. */
  readonly meters: MeterPort;
  /** Asked at the gate while a measure wants to know. */
  readonly healthCodes: HealthCodeConfig;
  /** Who takes money in for the operator's companies. */
  readonly payments: PaymentsConfig;
}

export interface BucketConfig {
  readonly endpoint: string;
  readonly bucket: string;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export { ConfigError } from './config-error.ts';

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

export function loadConfig(env: NodeJS.ProcessEnv, projectRoot: string): Config {
  const mode = env['GONGZHI_MODE'] ?? 'demo';
  if (mode !== 'demo' && mode !== 'production') {
    throw new ConfigError(`GONGZHI_MODE is "${mode}"; it must be demo or production.`);
  }
  const host = env['HOST'] ?? '127.0.0.1';
  const port = wholeNumber(env['PORT'] ?? '3000', 'PORT', 0, 65_535);
  const dataSetting = env['GONGZHI_DATA'] ?? '.gongzhi';
  const dataDir = isAbsolute(dataSetting) ? dataSetting : join(projectRoot, dataSetting);
  const databaseUrl = env['DATABASE_URL'] ?? '';
  const isEmbedded = env['GONGZHI_EMBEDDED'] === '1' || databaseUrl === '';
  if (mode === 'demo') {
    if (!isEmbedded) {
      throw new ConfigError(
        'Demonstration mode uses its own database only: unset DATABASE_URL, or set GONGZHI_MODE=production.',
      );
    }
    if (!loopback.has(host)) {
      throw new ConfigError(
        `Demonstration mode listens on this machine only: HOST must be 127.0.0.1, not ${host}. Set GONGZHI_MODE=production to serve others.`,
      );
    }
  }
  const roles = new Set<ServerRole>();
  for (const role of (env['GONGZHI_ROLES'] ?? 'api,worker,devices').split(',')) {
    if (role !== 'api' && role !== 'worker' && role !== 'devices') {
      throw new ConfigError(`"${role}" is no server role; roles are api, worker and devices.`);
    }
    roles.add(role);
  }
  const codeSender = codeSenderOf(env, mode, host);
  const publicUrl = publicUrlOf(env);
  const isSecure = publicUrl?.protocol === 'https:';
  if (mode === 'production' && !loopback.has(host) && !isSecure) {
    throw new ConfigError(
      `HOST is ${host}, so others can reach this server: set GONGZHI_PUBLIC_URL to the https address of the TLS proxy in front of it, or HOST=127.0.0.1.`,
    );
  }
  return {
    mode,
    host,
    port,
    dataDir,
    databaseUrl,
    roles,
    codeSender,
    publicUrl: publicUrl?.origin ?? null,
    proxies: wholeNumber(env['GONGZHI_PROXIES'] ?? '0', 'GONGZHI_PROXIES', 0, 10),
    codeWebhook: codeSender === 'webhook' ? codeWebhookOf(env) : null,
    adminUrl: env['DATABASE_ADMIN_URL'] ?? null,
    poolSize: wholeNumber(env['GONGZHI_POOL'] ?? '10', 'GONGZHI_POOL', 1, 200),
    logLevel: logLevelOf(env),
    metricsToken: metricsTokenOf(env),
    isSecure,
    fileBucket: fileBucketOf(env),
    mqtt: mqttOf(env),
    meters: meterPortOf(env),
    healthCodes: healthCodeOf(env, mode),
    payments: paymentsOf(env, mode),
    ...channelsOf(env),
  };
}

/** `s3+https://host[:port]/bucket[/prefix]`; plain http only to this machine. */
export function fileBucketOf(env: NodeJS.ProcessEnv): BucketConfig | null {
  const text = env['GONGZHI_FILES'];
  if (text === undefined || text === '') return null;
  const form =
    /^s3\+(https?:\/\/[^/?#@]+)\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[A-Za-z0-9._-]+)*)\/?$/.exec(text);
  const endpoint = form?.[1] ?? '';
  if (form === null || !URL.canParse(endpoint))
    throw new ConfigError(
      `GONGZHI_FILES is "${text}"; it must be like s3+https://s3.example.com/bucket/prefix, or left out for a folder.`,
    );
  if (endpoint.startsWith('http:') && !loopback.has(new URL(endpoint).hostname))
    throw new ConfigError(
      'GONGZHI_FILES must use s3+https: files would travel readable for everybody otherwise.',
    );
  const accessKeyId = env['GONGZHI_FILES_KEY_ID'] ?? '';
  const secretAccessKey = env['GONGZHI_FILES_SECRET'] ?? '';
  if (accessKeyId === '' || secretAccessKey === '')
    throw new ConfigError('GONGZHI_FILES needs GONGZHI_FILES_KEY_ID and GONGZHI_FILES_SECRET.');
  return {
    endpoint,
    bucket: form[2] as string,
    prefix: form[3] === undefined || form[3] === '' ? '' : `${form[3].slice(1)}/`,
    region: env['GONGZHI_FILES_REGION'] ?? 'us-east-1',
    accessKeyId,
    secretAccessKey,
  };
}

function publicUrlOf(env: NodeJS.ProcessEnv): URL | null {
  const text = env['GONGZHI_PUBLIC_URL'];
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new ConfigError(
      `GONGZHI_PUBLIC_URL is "${text}"; it must be the address people type, such as https://gongzhi.example.`,
    );
  }
  return url;
}

function logLevelOf(env: NodeJS.ProcessEnv): LogLevel {
  const text = env['GONGZHI_LOG'] ?? 'info';
  const level = logLevels.find((known) => known === text);
  if (level === undefined) {
    throw new ConfigError(`GONGZHI_LOG is "${text}"; it must be one of ${logLevels.join(', ')}.`);
  }
  return level;
}

function metricsTokenOf(env: NodeJS.ProcessEnv): string | null {
  const token = env['GONGZHI_METRICS_TOKEN'];
  if (token === undefined) return null;
  if (!/^[\x21-\x7e]{16,}$/.test(token)) {
    throw new ConfigError('GONGZHI_METRICS_TOKEN must have at least 16 characters, and no spaces.');
  }
  return token;
}

function codeSenderOf(env: NodeJS.ProcessEnv, mode: Config['mode'], host: string): Config['codeSender'] {
  if (mode === 'demo') return 'page';
  const sender = env['GONGZHI_CODE_SENDER'];
  if (sender === 'page') {
    throw new ConfigError(
      'GONGZHI_CODE_SENDER=page would show codes to anybody; it belongs to demonstration mode.',
    );
  }
  if (sender !== 'webhook' && sender !== 'file') {
    throw new ConfigError(
      'Production needs a sender for one-time codes: set GONGZHI_CODE_SENDER=webhook with GONGZHI_CODE_URL (or =file, codes.log in the data folder, while HOST is this machine).',
    );
  }
  if (sender === 'file' && !loopback.has(host)) {
    throw new ConfigError(
      `GONGZHI_CODE_SENDER=file is for trying on this machine only, but HOST is ${host}: set GONGZHI_CODE_SENDER=webhook and GONGZHI_CODE_URL.`,
    );
  }
  return sender;
}

function codeWebhookOf(env: NodeJS.ProcessEnv): { url: string; secret: string } {
  const url = env['GONGZHI_CODE_URL'] ?? '';
  const secret = env['GONGZHI_CODE_SECRET'] ?? '';
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const isPrivate =
    parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && loopback.has(parsed.hostname));
  if (!isPrivate) {
    throw new ConfigError(
      'GONGZHI_CODE_SENDER=webhook needs GONGZHI_CODE_URL, an https address (or http on this machine).',
    );
  }
  if (secret.length < 32) {
    throw new ConfigError(
      'GONGZHI_CODE_SENDER=webhook needs GONGZHI_CODE_SECRET, at least 32 characters that the gateway checks signatures with.',
    );
  }
  return { url, secret };
}

function wholeNumber(text: string, name: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new ConfigError(`${name} is "${text}"; it must be a whole number from ${least} to ${most}.`);
  }
  return value;
}
