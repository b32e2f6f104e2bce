import { localDate } from '@gongzhi/kernel';
import type { House } from '../../platform/house.ts';
import type { VisitRow } from './queries-passes.ts';
import { stateOf } from './service-passes.ts';
import { digitsOf, openSecret, passFields, type PassRow, visitorCodeOf } from './tables-passes.ts';

/** Passes as the wire has them: names and numbers masked, secrets never. */
export function passView(row: PassRow, now: Date) {
  return {
    id: row.id,
    scopeId: row.scopeId,
    ref: row.ref,
    kind: row.kind,
    vehicleKind: row.vehicleKind,
    status: row.status,
    state: stateOf(row, now),
    householdId: row.householdId,
    householdLabel: row.householdLabel,
    name: row.nameMasked,
    phone: row.phoneMasked,
    plate: row.plateMasked,
    hasCard: row.hasCard,
    hasPhone: row.secretCipher !== null,
    validFrom: row.validFrom.toISOString(),
    validTo: row.validTo?.toISOString() ?? null,
    hours: row.hours.map(({ days, ...span }) => ({ ...span, days: [...days] })),
    entriesAllowed: row.entriesAllowed,
    entriesUsed: row.entriesUsed,
    onShiftOnly: row.onShiftOnly,
    authority: row.authority,
    documentNo: row.documentNo,
    reason: row.reason,
    issuedByName: row.issuedByName,
    issuedAt: row.issuedAt.toISOString(),
    version: row.version,
  };
}

/**
 * With what the guest shows and says, while it holds; name and plate as they were written, for whoever wrote them: the
 * home that invited, or the desk in the moment of issuing.
 */
export function invitationView({ crypto }: House, row: PassRow, timeZone: string, now: Date) {
  const masked = passView(row, now);
  const opened = (cipher: Buffer | null, field: 'name' | 'plate', instead: string | null): string | null =>
    cipher === null ? instead : crypto.open(cipher, passFields[field], row.id);
  const pass = {
    ...masked,
    name: opened(row.nameCipher, 'name', masked.name),
    plate: opened(row.plateCipher, 'plate', masked.plate),
  };
  const holds = pass.state === 'standing' || pass.state === 'coming';
  if (row.secretCipher === null || !holds) return { pass, code: null, digits: null };
  const secret = openSecret(crypto, row.secretCipher, row.id);
  const firstDay = localDate(row.validFrom.getTime(), timeZone);
  return {
    pass,
    code: visitorCodeOf(crypto, row.scopeId, row.ref, firstDay),
    digits: digitsOf(secret),
  };
}

export const visitView = ({ nameMasked, at, ...row }: VisitRow) => ({
  ...row,
  name: nameMasked,
  at: at.toISOString(),
});
