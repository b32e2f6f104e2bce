/** Addresses of a device: who it is, where it speaks, where it is spoken to. */
export interface DeviceRights {
  readonly scopeId: string;
  readonly deviceId: string;
}

const root = 'gongzhi/v1';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function topicsOf({ scopeId, deviceId }: DeviceRights) {
  const userName = `${scopeId}/${deviceId}`;
  const base = `${root}/${userName}`;
  return { userName, readings: `${base}/readings`, state: `${base}/state`, commands: `${base}/commands` };
}

/** Null for what is no device's name. */
export function readUserName(text: string): DeviceRights | null {
  const [scopeId = '', deviceId = '', ...more] = text.split('/');
  return more.length === 0 && uuid.test(scopeId) && uuid.test(deviceId) ? { scopeId, deviceId } : null;
}

export interface Topic extends DeviceRights {
  readonly name: 'readings' | 'state' | 'commands';
}

/** Null for what is none of ours. */
export function readTopic(text: string): Topic | null {
  if (!text.startsWith(`${root}/`)) return null;
  const at = text.lastIndexOf('/');
  const device = readUserName(text.slice(root.length + 1, at));
  const name = text.slice(at + 1);
  if (device === null || (name !== 'readings' && name !== 'state' && name !== 'commands')) return null;
  return { ...device, name };
}

/** What we ask an external broker for. */
export const allReadings = `${root}/+/+/readings`;
export const allStates = `${root}/+/+/state`;
