/** Where a gate's device speaks and is spoken to by MQTT. Its user name is the one it has for HTTP. */
export interface GateDeviceName {
  readonly scopeId: string;
  readonly deviceId: string;
}

const root = 'gongzhi/gate/v1';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const names = ['checks', 'decisions', 'state', 'acks', 'answers', 'commands'] as const;
export type GateTopicName = (typeof names)[number];

export const gateTopic = ({ scopeId, deviceId }: GateDeviceName): string => `${root}/${scopeId}/${deviceId}`;

export function gateTopicsOf(device: GateDeviceName): Readonly<Record<GateTopicName, string>> {
  const base = gateTopic(device);
  return Object.fromEntries(names.map((name) => [name, `${base}/${name}`])) as Record<GateTopicName, string>;
}

/** Null for what is no gate device's: a dot between the two ids, where a sensor's name has a stroke. */
export function readGateUser(text: string): GateDeviceName | null {
  const [scopeId = '', deviceId = '', ...more] = text.split('.');
  return more.length === 0 && uuid.test(scopeId) && uuid.test(deviceId) ? { scopeId, deviceId } : null;
}

/** What this device may say there; null: not a topic of its own. */
export function readGateTopic(device: GateDeviceName, topic: string): GateTopicName | null {
  return names.find((name) => topic === `${gateTopic(device)}/${name}`) ?? null;
}
