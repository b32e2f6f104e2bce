import type { Hours, PassKind } from '@gongzhi/gate';
import { localDate, maskName, maskPhone, startOfDay, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Wall } from '../places/index.ts';
import {
  fourteenthBirthday,
  type IssuingRules,
  maskPlate,
  type VehicleKind,
  type Wish,
  wishFault,
} from './domain/issuing.ts';
import { findPass, insertPass, isTaken, type NewPass } from './queries-passes.ts';
import { chainOf, plateOf, tellHome } from './service-parcels.ts';
import {
  digitsIndexOf,
  digitsOf,
  newRef,
  newSecret,
  passFields,
  type PassRow,
  plateIndexOf,
} from './tables-passes.ts';

/** What every pass goes through on its way, whoever it is for. */

export const rulesOf = (house: House, tx: Tx, wall: Wall, now: Date): Promise<IssuingRules> =>
  house.settings.get(tx, chainOf(wall), 'access.issuing', now);

/** An ordinary mobile number; null: none was given. */
export function phoneOf(typed: string | undefined): string | null {
  if (typed === undefined || typed.trim() === '') return null;
  const plain = typed
    .normalize('NFKC')
    .replace(/\D/g, '')
    .replace(/^(?:0086|86)(?=1\d{10}$)/, '');
  if (!/^1[3-9]\d{9}$/.test(plain))
    throw new Problem('access.pass_invalid', {}, [{ path: '/phone', code: 'phone', params: {} }]);
  return plain;
}

export function assertHours(hours: readonly Hours[]): void {
  if (hours.some(({ fromMinute, toMinute }) => toMinute <= fromMinute))
    throw new Problem('access.pass_invalid', {}, [{ path: '/hours', code: 'time_backwards', params: {} }]);
}

const pathOf = { until: 'validTo', from: 'validFrom' } as Readonly<Record<string, string>>;

/** Refuses with the field that is wrong and what would be right. */
export function assertWish(wish: Wish, wall: Wall, now: Date, rules: IssuingRules): void {
  const fault = wishFault(wish, now.getTime(), localDate(now.getTime(), wall.timeZone), rules);
  if (fault === null) return;
  throw new Problem('access.pass_invalid', { reason: fault.code }, [
    {
      path: `/${pathOf[fault.field] ?? fault.field}`,
      code: fault.code,
      params: fault.limit === undefined ? {} : { limit: fault.limit },
    },
  ]);
}

export interface Particulars {
  readonly kind: PassKind;
  readonly vehicleKind?: VehicleKind | null;
  readonly household: { readonly id: string; readonly buildingId: string } | null;
  readonly personId?: string | null;
  readonly accountId?: string | null;
  readonly name: string | null;
  readonly phone?: string | null;
  readonly plate?: string | null;
  readonly cardIndex?: Buffer | null;
  readonly buildingIds?: readonly string[] | null;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly hours?: readonly Hours[];
  readonly entries?: number | null;
  readonly guardianPassId?: string | null;
  readonly authority?: string | null;
  readonly documentNo?: string | null;
  readonly bornOn?: string | null;
  readonly onShiftOnly?: boolean;
  /** A code and digits of its own, to be shown or said. */
  readonly hasSecret: boolean;
}

/** A secret whose digits are nobody else's in the compound now. */
export async function drawSecret(
  crypto: Crypto,
  tx: Tx,
  scopeId: string,
  now: Date,
): Promise<{ secret: Buffer; index: Buffer }> {
  for (;;) {
    const secret = newSecret();
    const index = digitsIndexOf(crypto, scopeId, digitsOf(secret));
    if (!(await isTaken(tx, scopeId, 'digits', index, now))) return { secret, index };
  }
}

export async function issue(
  house: House,
  tx: Tx,
  acting: Acting,
  wall: Wall,
  p: Particulars,
  now: Date,
): Promise<PassRow> {
  const { crypto } = house;
  const { scopeId } = wall;
  const id = uuidv7(now.getTime());
  const plate = plateOf(p.plate ?? undefined, '/plate');
  const phone = p.phone ?? null;
  const drawn = p.hasSecret ? await drawSecret(crypto, tx, scopeId, now) : null;
  const plateIndex = plate === null ? null : plateIndexOf(crypto, scopeId, plate);
  const isVehicle = p.kind === 'vehicle';
  if (isVehicle && plateIndex !== null && (await isTaken(tx, scopeId, 'plate', plateIndex, now)))
    throw new Problem('access.pass_taken', {}, [{ path: '/plate', code: 'taken', params: {} }]);
  if (p.cardIndex != null && (await isTaken(tx, scopeId, 'card', p.cardIndex, now)))
    throw new Problem('access.pass_taken', {}, [{ path: '/card', code: 'taken', params: {} }]);
  const byAge = p.bornOn == null ? null : new Date(startOfDay(fourteenthBirthday(p.bornOn), wall.timeZone));
  const pass: NewPass = {
    wall,
    id,
    ref: newRef(),
    kind: p.kind,
    vehicleKind: p.vehicleKind ?? null,
    householdId: p.household?.id ?? null,
    personId: p.personId ?? null,
    accountId: p.accountId ?? null,
    homeBuildingId: p.household?.buildingId ?? null,
    name:
      p.name === null
        ? null
        : { cipher: crypto.seal(p.name.trim(), passFields.name, id), masked: maskName(p.name) },
    phone:
      phone === null
        ? null
        : {
            cipher: crypto.seal(phone, passFields.phone, id),
            masked: maskPhone(phone),
            last4Index: crypto.scopeIndex(scopeId, 'phone_last4', phone.slice(-4)),
          },
    plate:
      plate === null || plateIndex === null
        ? null
        : { cipher: crypto.seal(plate, passFields.plate, id), masked: maskPlate(plate), index: plateIndex },
    cardIndex: p.cardIndex ?? null,
    digitsIndex: drawn?.index ?? null,
    secretCipher: drawn === null ? null : crypto.seal(drawn.secret.toString('base64'), passFields.secret, id),
    onShiftOnly: p.onShiftOnly ?? false,
    buildingIds: p.buildingIds ?? null,
    validFrom: p.validFrom,
    validTo: byAge !== null && (p.validTo === null || byAge < p.validTo) ? byAge : p.validTo,
    hours: p.hours ?? [],
    entriesAllowed: p.entries ?? null,
    guardianPassId: p.guardianPassId ?? null,
    authority: p.authority ?? null,
    documentNo: p.documentNo ?? null,
    reason: null,
    issuedBy: acting.accountId,
    issuedByName: acting.actor.kind === 'resident' ? maskName(acting.displayName) : acting.displayName,
  };
  insertPass(tx, pass, now);
  record(tx, acting, wall, { id, householdId: pass.householdId, kind: p.kind }, 'issued', {}, now);
  const stored = await findPass(tx, scopeId, id);
  if (stored === null) throw new Problem('not_found');
  return stored;
}

/** In the log, and as the event by which gates and open pages learn of it: ids and words only. */
export function record(
  tx: Tx,
  acting: Pick<Acting, 'accountId' | 'role'>,
  wall: Wall,
  pass: { readonly id: string; readonly householdId: string | null; readonly kind: PassKind },
  what: 'issued' | 'keyed' | 'suspended' | 'resumed' | 'revoked',
  more: Readonly<Record<string, unknown>>,
  now: Date,
): void {
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall,
    accountId: acting.accountId,
    action: `pass.${what}`,
    objectType: 'pass',
    objectId: pass.id,
    detail: { kind: pass.kind, role: acting.role },
    at: now,
  });
  tellHome(
    tx,
    wall,
    pass.householdId,
    `pass.${what}`,
    pass.id,
    { byAccountId: acting.accountId, ...more },
    now,
  );
}
