import { hash } from 'node:crypto';
import type { Outcome, SayCode, UrgentTrip, Verdict, Way } from '@gongzhi/gate';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import { linkText, type PlainPart, plainText, type WhoPart, whoText, whyText } from './domain.ts';
import type { PassageRecord, SaidBefore } from './queries-batch.ts';
import type { Arrival, Decided } from './service-arrivals.ts';
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
  isTouched: boolean;
}

interface Linked {
  readonly arrival: Arrival;
  readonly verdict: Verdict;
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
  seal(text: string): Buffer;
}

/** The next link of a gate's chain. */
export function link(chain: Chain, of: Linked): { readonly record: PassageRecord; readonly seq: number } {
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
  const whyDigest = whyPlain === null ? '' : sha256(whyText(salt.why, whyPlain));
  const digest = sha256(linkText(chain.digest, plainText(plain), whoDigest, whyDigest));
  chain.seq = seq;
  chain.digest = digest;
  chain.isTouched = true;
  return {
    seq,
    record: {
      scope_id: gate.scopeId,
      gate_id: gate.id,
      seq,
      recorded_at: now.toISOString(),
      passage_id: attempt.id,
      city_id: gate.cityId,
      street_id: gate.streetId,
      company_id: gate.companyId,
      device_id: from.deviceId,
      account_id: from.accountId,
      happened_at: new Date(at).toISOString(),
      direction: attempt.direction,
      outcome: verdict.outcome,
      urgent: verdict.urgent,
      decided_by: decidedBy,
      latency_us: latencyUs,
      policy_ids: verdict.policies.map(({ id }) => id),
      policy_versions: verdict.policies.map(({ version }) => version),
      override_of: override?.of ?? null,
      way: who.way,
      pass_kind: who.passKind,
      pass_id: who.passId,
      household_id: who.householdId,
      who_salt: `\\x${salt.who}`,
      who_digest: `\\x${whoDigest}`,
      why_cipher: whyPlain === null ? null : `\\x${of.seal(whyPlain).toString('hex')}`,
      why_salt: whyPlain === null ? null : `\\x${salt.why}`,
      why_digest: `\\x${whyDigest}`,
      digest: `\\x${digest}`,
    },
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
