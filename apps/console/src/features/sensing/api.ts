import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

export type Device = Answer<'listDevices'>['items'][number];
export type DeviceDetail = Answer<'getDevice'>;
export type Alarm = Answer<'listAlarms'>['items'][number];
export type SensorRules = Answer<'getSensorRules'>;
export type SensorRule = SensorRules['items'][number];
export type Plot = Answer<'plotDevice'>;
export type Secret = Answer<'issueDeviceSecret'>;

const path = (device: string): string => `/sensing/devices/${encodeURIComponent(device)}`;

/** Devices that watch a place. */
export const sensingApi = {
  devices: (query: Query<'listDevices'>) =>
    http.call<Answer<'listDevices'>>('GET', '/sensing/devices', { query }),
  device: (scopeId: string, id: string) => http.call<DeviceDetail>('GET', path(id), { query: { scopeId } }),
  plot: (id: string, query: Query<'plotDevice'>) => http.call<Plot>('GET', `${path(id)}/readings`, { query }),
  register: (body: Body<'registerDevice'>, key: string) =>
    http.call<Answer<'registerDevice'>>('POST', '/sensing/devices', { body, key }),
  command: (scopeId: string, id: string, body: Body<'commandDevice'>, key: string) =>
    http.call<Answer<'commandDevice'>>('POST', `${path(id)}/commands`, { query: { scopeId }, body, key }),
  /** Each call makes the secret before void: never sent again by itself. */
  issueSecret: (scopeId: string, id: string) =>
    http.call<Secret>('POST', `${path(id)}/credentials`, { query: { scopeId } }),
  alarms: (query: Query<'listAlarms'>) =>
    http.call<Answer<'listAlarms'>>('GET', '/sensing/alarms', { query }),
  rules: (scopeId: string) => http.call<SensorRules>('GET', '/sensing/rules', { query: { scopeId } }),
  saveRule: (code: string, body: Body<'saveSensorRule'>) =>
    http.call<SensorRules>('PUT', `/sensing/rules/${encodeURIComponent(code)}`, { body }),
};
