import { ConfigError } from './config-error.ts';

/** How devices reach us by MQTT: a broker of our own, somebody's, or not at all. */
export type MqttConfig =
  | {
      readonly kind: 'embedded';
      readonly host: string;
      readonly port: number;
      /** Nobody asked for this very port: where it is taken, the rest runs without it. */
      readonly isUsualPort: boolean;
      readonly tls: { readonly certificateFile: string; readonly keyFile: string } | null;
    }
  | { readonly kind: 'external'; readonly url: string }
  | null;

const loopback = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);
const usualPort = '1883';

export function mqttOf(env: NodeJS.ProcessEnv): MqttConfig {
  const url = env['GONGZHI_MQTT_URL'];
  const portText = env['GONGZHI_MQTT_PORT'];
  if (url !== undefined) {
    if (portText !== undefined && portText !== 'off')
      throw new ConfigError(
        'GONGZHI_MQTT_URL names a broker of yours and GONGZHI_MQTT_PORT asks for ours: set one of them.',
      );
    return { kind: 'external', url: brokerUrl(url) };
  }
  if (portText === 'off') return null;
  const port = Number(portText ?? usualPort);
  if (!/^\d+$/.test(portText ?? usualPort) || port > 65_535)
    throw new ConfigError(`GONGZHI_MQTT_PORT is "${portText}"; it must be a port, or off.`);
  const certificateFile = env['GONGZHI_MQTT_CERT'] ?? '';
  const keyFile = env['GONGZHI_MQTT_KEY'] ?? '';
  if ((certificateFile === '') !== (keyFile === ''))
    throw new ConfigError('GONGZHI_MQTT_CERT and GONGZHI_MQTT_KEY belong together.');
  const tls = certificateFile === '' ? null : { certificateFile, keyFile };
  const host = env['GONGZHI_MQTT_HOST'] ?? '127.0.0.1';
  if (tls === null && !loopback.has(host))
    throw new ConfigError(
      `GONGZHI_MQTT_HOST is ${host}, so secrets of devices would travel readable for everybody: set GONGZHI_MQTT_CERT and GONGZHI_MQTT_KEY.`,
    );
  return { kind: 'embedded', host, port, isUsualPort: portText === undefined, tls };
}

function brokerUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPrivate = url?.protocol === 'mqtts:' || (url?.protocol === 'mqtt:' && loopback.has(url.hostname));
  if (!isPrivate)
    // It may hold a password: it is not repeated.
    throw new ConfigError(
      'GONGZHI_MQTT_URL must be like mqtts://user:password@broker.example:8883 (mqtt: on this machine only).',
    );
  return text;
}
