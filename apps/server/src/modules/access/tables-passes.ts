import { createHash, createHmac, randomBytes } from 'node:crypto';
import {
  codeMessage,
  DAY_KEY_BYTES,
  dayKeyText,
  dayNumber,
  type Hours,
  type PassKind,
  type PassStatus,
  VISITOR_CODE,
  writeCode,
} from '@gongzhi/gate';
import type { LocalDate } from '@gongzhi/kernel';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { VehicleKind } from './domain/issuing.ts';
import { cardOf } from './domain.ts';
import { sixDigits } from './domain/parcels.ts';

/** What a pass's personal columns are sealed as, and by which words it is found: keyed by scope, like everybody's. */
export const passFields = {
  name: 'access.pass.name',
  phone: 'access.pass.phone',
  plate: 'access.pass.plate',
  secret: 'access.pass.secret',
} as const;

export const plateIndexOf = (crypto: Crypto, scopeId: string, plate: string): Buffer =>
  crypto.scopeIndex(scopeId, 'gate_plate', plate);
/** However a card is typed or read, it is one card. */
export const cardIndexOf = (crypto: Crypto, scopeId: string, card: string): Buffer =>
  crypto.scopeIndex(scopeId, 'gate_card', cardOf(card));
export const digitsIndexOf = (crypto: Crypto, scopeId: string, digits: string): Buffer =>
  crypto.scopeIndex(scopeId, 'gate_six_digits', digits);

/** Sixteen hexadecimal digits by lot. */
export const newRef = (): string => randomBytes(8).toString('hex');
export const newSecret = (): Buffer => randomBytes(32);

/** The digits one says where nothing can be scanned: they follow from the secret, and change with it. */
export const digitsOf = (secret: Buffer): string =>
  sixDigits(createHmac('sha256', secret).update('six digits').digest().readUInt32BE(0));

/** By which a phone sees whether its key is the one that counts; it tells nothing of the key. */
export const markOf = (secret: Buffer): string =>
  createHash('sha256').update(secret).digest('hex').slice(0, 16);

export const openSecret = (crypto: Crypto, cipher: Buffer, passId: string): Buffer =>
  Buffer.from(crypto.open(cipher, passFields.secret, passId), 'base64');

/** What a phone's code of a day is signed with. */
export const dayKeyOf = (secret: Buffer, scopeId: string, date: LocalDate): Buffer =>
  createHmac('sha256', secret).update(dayKeyText(scopeId, date)).digest().subarray(0, DAY_KEY_BYTES);

/** What every visitor's code of a day is signed with in one compound. */
export const visitorKeyOf = (crypto: Crypto, scopeId: string, date: LocalDate): Buffer =>
  crypto.scopeIndex(scopeId, 'gate_visitor_key', date).subarray(0, DAY_KEY_BYTES);

export function visitorCodeOf(crypto: Crypto, scopeId: string, ref: string, firstDay: LocalDate): string {
  const message = codeMessage(VISITOR_CODE, ref, dayNumber(firstDay));
  const mac = createHmac('sha256', visitorKeyOf(crypto, scopeId, firstDay))
    .update(message)
    .digest();
  return writeCode(message, mac);
}

export interface PassRow {
  readonly scopeId: string;
  readonly id: string;
  readonly ref: string;
  readonly kind: PassKind;
  readonly vehicleKind: VehicleKind | null;
  readonly status: PassStatus;
  readonly householdId: string | null;
  readonly householdLabel: string | null;
  readonly personId: string | null;
  readonly accountId: string | null;
  readonly nameMasked: string | null;
  readonly nameCipher: Buffer | null;
  readonly phoneMasked: string | null;
  readonly plateMasked: string | null;
  readonly plateCipher: Buffer | null;
  readonly hasCard: boolean;
  readonly secretCipher: Buffer | null;
  readonly buildingIds: readonly string[] | null;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly hours: readonly Hours[];
  readonly entriesAllowed: number | null;
  readonly entriesUsed: number;
  readonly onShiftOnly: boolean;
  readonly authority: string | null;
  readonly documentNo: string | null;
  readonly reason: string | null;
  readonly issuedBy: string | null;
  readonly issuedByName: string | null;
  readonly issuedAt: Date;
  readonly version: number;
}
