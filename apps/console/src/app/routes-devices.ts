/** What the address of the page of devices says. */

export const deviceTabs = ['devices', 'alarms', 'rules'] as const;
export const deviceStates = ['alarm', 'silent', 'never', 'ok', 'retired'] as const;
export const deviceKinds = [
  'water',
  'lift',
  'pump',
  'gate',
  'smoke',
  'thermometer',
  'meter',
  'gateway',
] as const;
export interface DevicesSearch {
  tab?: (typeof deviceTabs)[number] | undefined;
  scope?: string | undefined;
  state?: (typeof deviceStates)[number] | undefined;
  kind?: (typeof deviceKinds)[number] | undefined;
  /** Every alarm there was, not only what is open. */
  past?: boolean | undefined;
  /** The device shown beside the list, and the scope that holds it. */
  device?: string | undefined;
  in?: string | undefined;
}

const word = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const one = <Value extends string>(value: unknown, allowed: readonly Value[]): Value | undefined =>
  allowed.find((candidate) => candidate === value);

/** An address is input from outside: what isn't understood is dropped. */
export function readDevicesSearch(raw: Record<string, unknown>): DevicesSearch {
  const search: DevicesSearch = {
    tab: one(raw['tab'], deviceTabs),
    scope: word(raw['scope']),
    state: one(raw['state'], deviceStates),
    kind: one(raw['kind'], deviceKinds),
    past: String(raw['past']) === 'true' ? true : undefined,
    device: word(raw['device']),
    in: word(raw['in']),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
