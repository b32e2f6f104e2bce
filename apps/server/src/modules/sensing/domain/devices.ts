/** What a device is; each kind measures one thing. */
export const DEVICE_KINDS = [
  'water',
  'lift',
  'pump',
  'gate',
  'smoke',
  'thermometer',
  'meter',
  'gateway',
] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

export interface Measure {
  /** 'state' is 0 or 1 (false or true); 'none': speaks for others only. */
  readonly type: 'state' | 'number' | 'none';
  /** UCUM code; '1' for a state. */
  readonly unit: string;
  /** A value beyond is garbage: no such thing can have been measured. */
  readonly least: number;
  readonly most: number;
}

const state: Measure = { type: 'state', unit: '1', least: 0, most: 1 };

export const measures: Readonly<Record<DeviceKind, Measure>> = {
  /** 1: water on the floor. */
  water: state,
  /** 1: stopped. */
  lift: state,
  /** At the outlet. GB 50015 has supply pressures well under 1.6 MPa; sensors of 4 MPa are the largest in use. */
  pump: { type: 'number', unit: 'MPa', least: 0, most: 4 },
  /** 1: open. */
  gate: state,
  /** 1: smoke. */
  smoke: state,
  thermometer: { type: 'number', unit: 'Cel', least: -60, most: 120 },
  /** The figure on the meter; what is judged is only that it goes on speaking. */
  meter: { type: 'number', unit: '1', least: 0, most: 1e12 },
  gateway: { type: 'none', unit: '1', least: 0, most: 0 },
};

/** How a device stands, worst first; what a list sorts and filters by. */
export const DEVICE_STATES = ['alarm', 'silent', 'never', 'ok', 'retired'] as const;
export type DeviceState = (typeof DEVICE_STATES)[number];
