import { ConfigError } from './config-error.ts';

/** Where concentrators of meters call by TCP. They speak no TLS: the port belongs into a network of their own. */
export type MeterPort = { readonly host: string; readonly port: number } | null;

export function meterPortOf(env: NodeJS.ProcessEnv): MeterPort {
  const text = env['GONGZHI_METER_PORT'];
  if (text === undefined || text === '' || text === 'off') return null;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new ConfigError(`GONGZHI_METER_PORT is "${text}"; it must be a port, or off.`);
  return { host: env['GONGZHI_METER_HOST'] ?? '127.0.0.1', port };
}
