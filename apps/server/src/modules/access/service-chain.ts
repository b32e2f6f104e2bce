import { hash } from 'node:crypto';
import type { Direction, Outcome, SayCode, UrgentTrip, Verdict, Way } from '@gongzhi/gate';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import { linkText, type PlainPart, plainText, type WhoPart, whoText, whyText } from './domain.ts';
import type { Moved, SaidBefore } from './queries-batch.ts';
import type { NewPassage } from './queries-recording.ts';
import type { Arrival, Decided, Override } from './service-arrivals.ts';
import type { Why } from './service-batch-facts.ts';
import { type HeldGate, sealedFields } from './tables.ts';

/** Each gate's passages, one behind the other. */

export const sha256 = (text: string): string => hash('sha256', text);

export interface Chain {
  readonly gate: HeldGate;
  readonly today: string;
  seq: number;
  digest: string;
  entries: number;
  exits: number;
  readonly moved: Moved;
  isTouched: boolean;
}

/** Whoever was let through is counted on. */
export function goThrough(chain: Chain, direction: Direction, isCar: boolean): void {
  const { moved } = chain;
  if (direction === 'in') {
    chain.entries += 1;
    moved.ins += 1;
    if (isCar) moved.vehicleIns += 1;
  } else {
    chain.exits += 1;
    moved.outs += 1;
    if (isCar) moved.vehicleOuts += 1;
  }
}

interface Linked {
  /** Of an arrival what its link says. */
  readonly arrival: {
    readonly from: Pick<Arrival['from'], 'deviceId' | 'accountId'>;
    readonly attempt: Pick<Arrival['attempt'], 'id' | 'direction'>;
    readonly override: Pick<Override, 'of'> | null;
  };
  readonly verdict: Pick<Verdict, 'outcome' | 'urgent' | 'policies'>;
  readonly pass: {
    readonly way: string;
    readonly id: string | null;
    readonly kind: string | null;
    readonly householdId: string | null;
  };
  readonly at: number;
  readonly now: Date;
  readonly decidedBy: 'server' | 'offline' | 'person';
  readonly latencyUs: number;
  readonly salt: { readonly who: string; readonly why: string };
  readonly why: Why | null;
  /** The reasons of a measure that are destroyed already: their digest alone, by which the chain is checked. */
  readonly isWiped: boolean;
  seal(text: string): Buffer;
}

/** The next link of a gate's chain. */
export function link(chain: Chain, of: Linked): NewPassage {
  const { arrival, verdict, pass, at, now, decidedBy, latencyUs, salt } = of;
  const { gate } = chain;
  const { from, attempt, override } = arrival;
  const seq = chain.seq + 1;
  const who: WhoPart = { way: pass.way, passKind: pass.kind, passId: pass.id, householdId: pass.householdId };
  const plain: PlainPart = {
    scopeId: gate.scopeId,
    gateId: gate.id,
    seq,
    recordedAt: now.getTime(),
    id: attempt.id,
    deviceId: from.deviceId,
    accountId: from.accountId,
    happenedAt: at,
    direction: attempt.direction,
    outcome: verdict.outcome,
    urgent: verdict.urgent,
    decidedBy,
    latencyUs,
    policies: verdict.policies,
    overrideOf: override?.of ?? null,
  };
  const whyPlain = of.why === null ? null : JSON.stringify(of.why);
  const whoDigest = sha256(whoText(salt.who, who));
  const whyDigest = whyPlain === null ? null : sha256(whyText(salt.why, whyPlain));
  const digest = sha256(linkText(chain.digest, plainText(plain), whoDigest, whyDigest ?? ''));
  chain.seq = seq;
  chain.digest = digest;
  chain.isTouched = true;
  return {
    gate,
    seq,
    id: attempt.id,
    deviceId: from.deviceId,
    accountId: from.accountId,
    happenedAt: at,
    direction: attempt.direction,
    outcome: verdict.outcome,
    urgent: verdict.urgent,
    decidedBy,
    latencyUs,
    policies: verdict.policies,
    overrideOf: override?.of ?? null,
    ...who,
    whoSalt: salt.who,
    whoDigest,
    digest,
    whyDigest,
    sealedWhy: whyPlain === null || of.isWiped ? null : { salt: salt.why, cipher: of.seal(whyPlain) },
  };
}

/** What was answered to the same number before. */
export function repeated(crypto: Crypto, said: SaidBefore, direction: 'in' | 'out'): Decided {
  const why =
    said.why === null ? null : (JSON.parse(crypto.open(said.why, sealedFields.why, said.id)) as Why);
  const through: SayCode = said.urgent !== null ? 'urgent' : direction === 'in' ? 'welcome' : 'goodbye';
  return {
    kind: 'decided',
    isRepeat: true,
    gateId: said.gateId,
    passId: said.passId,
    ref: null,
    way: said.way as Way | null,
    outcome: said.outcome as Outcome,
    say: why?.say ?? through,
    params: why?.params ?? {},
    failed: why?.failed ?? [],
    overriders: why?.overriders ?? [],
    urgent: said.urgent as UrgentTrip | null,
    seq: said.seq,
    recordedAt: said.recordedAt,
    isClockOff: false,
    differs: null,
  };
}
