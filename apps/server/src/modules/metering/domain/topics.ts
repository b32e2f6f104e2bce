/** Where a gateway of meters speaks by MQTT, and how it is called: three words, where a gate's device has two ids. */
export interface GatewayName {
  readonly scopeId: string;
  readonly gatewayId: string;
}

const root = 'gongzhi/meters/v1';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const names = ['up', 'down', 'state'] as const;
export type GatewayTopic = (typeof names)[number];

export const gatewayUser = ({ scopeId, gatewayId }: GatewayName): string => `meters.${scopeId}.${gatewayId}`;

/** Null for what is no gateway's. */
export function readGatewayUser(text: string): GatewayName | null {
  const [word, scopeId = '', gatewayId = '', ...more] = text.split('.');
  return word === 'meters' && more.length === 0 && uuid.test(scopeId) && uuid.test(gatewayId)
    ? { scopeId, gatewayId }
    : null;
}

export const gatewayTopic = ({ scopeId, gatewayId }: GatewayName, name: GatewayTopic): string =>
  `${root}/${scopeId}/${gatewayId}/${name}`;

export const readGatewayTopic = (gateway: GatewayName, topic: string): GatewayTopic | null =>
  names.find((name) => topic === gatewayTopic(gateway, name)) ?? null;
