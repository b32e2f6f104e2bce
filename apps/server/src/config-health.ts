import { ConfigError } from './config-error.ts';

/** Who is asked for health codes while a measure wants them: the demonstration's own, a service over HTTP, or nobody. */
export type HealthCodeConfig =
  | { readonly kind: 'demonstration' }
  | { readonly kind: 'http'; readonly url: string; readonly key: string }
  | null;

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

export function healthCodeOf(env: NodeJS.ProcessEnv, mode: 'demo' | 'production'): HealthCodeConfig {
  const text = env['GONGZHI_HEALTH_CODES'] ?? '';
  if (text === '') return mode === 'demo' ? { kind: 'demonstration' } : null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPrivate = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname));
  if (url === null || !isPrivate || url.search !== '' || url.username !== '')
    throw new ConfigError(
      `GONGZHI_HEALTH_CODES is "${text}"; it must be like https://health.example/api, for what travels there concerns people's health.`,
    );
  const key = env['GONGZHI_HEALTH_CODES_KEY'] ?? '';
  if (key === '') throw new ConfigError('GONGZHI_HEALTH_CODES needs GONGZHI_HEALTH_CODES_KEY.');
  return { kind: 'http', url: text.replace(/\/$/, ''), key };
}
