/** The code on a lift or a gate: an address of ours, so that the phone's own camera opens it too. */
export interface FacilityCode {
  scopeId: string;
  facilityId: string;
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const CODE = new RegExp(`^(${UUID})\\.(${UUID})$`, 'i');

/** From the address's parameter, `<scope>.<facility>`. */
export function facilityOf(parameter: string | null): FacilityCode | null {
  const found = CODE.exec(parameter ?? '');
  return found === null
    ? null
    : { scopeId: (found[1] ?? '').toLowerCase(), facilityId: (found[2] ?? '').toLowerCase() };
}

/** From what a scanner read; null: not one of ours, wherever it may lead. */
export function facilityInCode(text: string): FacilityCode | null {
  let address: URL;
  try {
    address = new URL(text);
  } catch {
    return null;
  }
  return address.pathname === '/m/report' ? facilityOf(address.searchParams.get('facility')) : null;
}
