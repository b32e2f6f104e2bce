import { CODE_LENGTH, type GateCode, readCode, URGENT_TRIPS, type UrgentTrip } from '@gongzhi/gate';

/** What a device or a guard's page says of somebody who stands at the gate. */
export interface Attempt {
  /** The sender's number: said twice, it is one passage. */
  readonly id: string;
  /** By the sender's clock; null where it has none. */
  readonly at: number | null;
  readonly direction: 'in' | 'out';
  readonly claim: Claim;
  readonly urgent: UrgentTrip | null;
  readonly temperatureTenths: number | null;
  readonly wearsMask: boolean | null;
  /** What was read from the health code they showed: asked about only where a measure wants it, and never kept. */
  readonly healthCode: string | null;
}

/** How somebody makes themselves known, before anybody looked whether it is right. */
export type Claim =
  | { readonly way: 'code'; readonly code: GateCode }
  | { readonly way: 'malformed' }
  | { readonly way: 'six_digits'; readonly digits: string }
  | { readonly way: 'card'; readonly card: string }
  | { readonly way: 'plate'; readonly plate: string }
  /** Found by a person, who looked them up. */
  | { readonly way: 'spoken'; readonly passId: string }
  | { readonly way: 'none' };

export interface SaidAttempt {
  readonly id: string;
  readonly at?: string;
  readonly direction: 'in' | 'out';
  /** Whatever was scanned or typed, of which the sender cannot tell what it is. */
  readonly text?: string;
  readonly code?: string;
  readonly card?: string;
  readonly plate?: string;
  readonly passId?: string;
  readonly urgent?: string;
  readonly temperature?: number;
  readonly mask?: boolean;
  readonly healthCode?: string;
}

/** However a plate is written, with a dot, a space or small letters, it is one plate. */
export function plateOf(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\u00b7\u2022\u30fb.-]/gu, '');
}

/** A character of a province, a letter, five or six more: enough to tell it from a card. */
const platePattern = /^\p{Script=Han}[A-Z][A-Z0-9]{4,5}[A-Z0-9\p{Script=Han}]$/u;

function claimOfText(text: string): Claim {
  const digits = text.replaceAll(/\s/g, '');
  if (/^\d{6}$/.test(digits)) return { way: 'six_digits', digits };
  const code = readCode(text);
  if (code !== null) return { way: 'code', code };
  const plate = plateOf(text);
  if (platePattern.test(plate)) return { way: 'plate', plate };
  // As long as a code is, and none: a card says less.
  return digits.length >= CODE_LENGTH ? { way: 'malformed' } : { way: 'card', card: cardOf(text) };
}

export function cardOf(text: string): string {
  return text.trim().toUpperCase();
}

function claimOf({ text, code, card, plate, passId }: SaidAttempt): Claim {
  if (text !== undefined && text.trim() !== '') return claimOfText(text);
  if (code !== undefined && code.trim() !== '') {
    const digits = code.replaceAll(/\s/g, '');
    if (/^\d{6}$/.test(digits)) return { way: 'six_digits', digits };
    const read = readCode(code);
    return read === null ? { way: 'malformed' } : { way: 'code', code: read };
  }
  if (card !== undefined && cardOf(card) !== '') return { way: 'card', card: cardOf(card) };
  if (plate !== undefined && plateOf(plate) !== '') return { way: 'plate', plate: plateOf(plate) };
  return passId === undefined ? { way: 'none' } : { way: 'spoken', passId };
}

export function readAttempt(said: SaidAttempt): Attempt {
  const at = said.at === undefined ? Number.NaN : Date.parse(said.at);
  return {
    id: said.id,
    at: Number.isNaN(at) ? null : at,
    direction: said.direction,
    claim: claimOf(said),
    urgent: (URGENT_TRIPS as readonly string[]).includes(said.urgent ?? '')
      ? (said.urgent as UrgentTrip)
      : null,
    temperatureTenths: said.temperature === undefined ? null : Math.round(said.temperature * 10),
    wearsMask: said.mask ?? null,
    healthCode: said.healthCode?.trim() || null,
  };
}
