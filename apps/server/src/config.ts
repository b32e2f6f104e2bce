import { isAbsolute, join } from 'node:path';

export type ServerRole = 'api' | 'worker' | 'devices';

export interface Config {
  readonly mode: 'demo' | 'production';
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** The app's own role; row-level security applies. */
  readonly databaseUrl: string;
  /** Owner of the schema: used by migrate and by loaders only. */
  readonly adminUrl: string | null;
  readonly roles: ReadonlySet<ServerRole>;
  /** Where one-time codes go: shown on the page (demo), or appended to a file only its owner can read. */
  readonly codeSender: 'page' | 'file';
  readonly poolSize: number;
  readonly logLevel: string;
  /** Cookies only travel over TLS when the product is reached that way. */
  readonly isSecure: boolean;
  /** Origins other than the server's own that may write; none by default. */
  readonly publicUrl: string | null;
}

/** One sentence for the operator; printed without a stack. */
export class ConfigError extends Error {}

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
      throw new ConfigError('Demonstration mode uses its own database only: unset DATABASE_URL, or set GONGZHI_MODE=production.');
    }
    if (!loopback.has(host)) {
      throw new ConfigError(`Demonstration mode listens on this machine only: HOST must be 127.0.0.1, not ${host}. Set GONGZHI_MODE=production to serve others.`);
    }
  }
  const roles = new Set<ServerRole>();
  for (const role of (env['GONGZHI_ROLES'] ?? 'api,worker,devices').split(',')) {
    if (role !== 'api' && role !== 'worker' && role !== 'devices') {
      throw new ConfigError(`"${role}" is no server role; roles are api, worker and devices.`);
    }
    roles.add(role);
  }
  const codeSender = mode === 'demo' ? 'page' : env['GONGZHI_CODE_SENDER'];
  if (codeSender !== 'page' && codeSender !== 'file') {
    throw new ConfigError('Production needs a sender for one-time codes: set GONGZHI_CODE_SENDER=file (codes are appended to codes.log in the data folder, for development only) until an SMS adapter is configured.');
  }
  if (mode === 'production' && codeSender === 'page') {
    throw new ConfigError('GONGZHI_CODE_SENDER=page would show codes to anybody; it belongs to demonstration mode.');
  }
  const publicUrl = env['GONGZHI_PUBLIC_URL'] ?? null;
  return {
    mode, host, port, dataDir, databaseUrl, roles, codeSender, publicUrl,
    adminUrl: env['DATABASE_ADMIN_URL'] ?? null,
    poolSize: wholeNumber(env['GONGZHI_POOL'] ?? '10', 'GONGZHI_POOL', 1, 200),
    logLevel: env['GONGZHI_LOG'] ?? 'info',
    isSecure: publicUrl?.startsWith('https:') ?? false,
  };
}

function wholeNumber(text: string, name: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new ConfigError(`${name} is "${text}"; it must be a whole number from ${least} to ${most}.`);
  }
  return value;
}
