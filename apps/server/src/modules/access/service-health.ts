import { createHash } from 'node:crypto';
import type { HealthFacts } from '@gongzhi/gate';
import { isLocalDate, MINUTE } from '@gongzhi/kernel';
import Type from 'typebox';
import { Value } from 'typebox/value';
import type { House } from '../../platform/house.ts';
import { demonstrationFacts, type HealthDeclaration } from './domain.ts';

type HealthCodeConfig = House['config']['healthCodes'];

/**
 * The service of health codes, in the shape of GB/T 38961–38963: declare, query, make a code, check a code.
 * The standards' own parameter names were not to be had, so the words on the wire are ours and stand in docs/gate.md.
 */
export interface HealthCodes {
  readonly name: string;
  /** What is known of somebody; null: the service knows nothing of them. */
  query(subject: HealthSubject, signal: AbortSignal): Promise<HealthFacts | null>;
  /** Somebody says how they are, where they have been. */
  declare(subject: HealthSubject, declaration: HealthDeclaration, signal: AbortSignal): Promise<void>;
  /** What a phone shows as its QR code, until then; null: it knows nothing of them, and wants a declaration first. */
  makeCode(subject: HealthSubject, signal: AbortSignal): Promise<HealthCode | null>;
  /** Whose code it is, and what it says; null: no code of theirs. */
  checkCode(
    code: string,
    signal: AbortSignal,
  ): Promise<{ readonly subject: string; readonly facts: HealthFacts } | null>;
}

/** Nobody's name or number: what the gate's register calls somebody, the same for as long as the pass lasts. */
export interface HealthSubject {
  readonly reference: string;
}

export interface HealthCode {
  readonly code: string;
  readonly expiresAt: string;
}

/** Until the year 9999. */
const instant = Type.Number({ minimum: 0, maximum: 253_402_300_799_999 });
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Facts = Type.Object(
  {
    code: nullable(
      Type.Object({
        colour: Type.Enum(['green', 'yellow', 'red', 'expired', 'none']),
        asOf: instant,
      }),
    ),
    test: nullable(
      Type.Object({
        result: Type.Enum(['negative', 'positive', 'pending']),
        sampledAt: instant,
        resultAt: nullable(instant),
      }),
    ),
    vaccination: nullable(
      Type.Object({
        doses: Type.Integer({ minimum: 0, maximum: 20 }),
        lastOn: nullable(day),
      }),
    ),
    travel: nullable(
      Type.Object({
        stays: Type.Array(
          Type.Object({
            level: Type.Enum(['high', 'medium', 'low']),
            leftOn: day,
          }),
          { maxItems: 50 },
        ),
        enteredCountryOn: nullable(day),
        hasTimeSpaceLink: Type.Boolean(),
        isFromBorderCounty: Type.Boolean(),
      }),
    ),
  },
  { additionalProperties: false },
);

/** As much as a scanner types, and a phone can still show. */
const Code = Type.Object({
  code: Type.String({ minLength: 1, maxLength: 200 }),
  expiresAt: Type.String({ format: 'date-time' }),
});
const Shown = Type.Object({ subject: Type.String({ maxLength: 64 }), facts: Facts });

/** Whatever the wire brings is read with care: what is no such thing, or a day that no calendar has, is no answer. */
export function readFacts(value: unknown): HealthFacts | null {
  if (!Value.Check(Facts, value)) return null;
  const facts = value as HealthFacts;
  const { vaccination, travel } = facts;
  const days = [
    vaccination?.lastOn,
    travel?.enteredCountryOn,
    ...(travel?.stays.map(({ leftOn }) => leftOn) ?? []),
  ];
  return days.every((one) => one == null || isLocalDate(one)) ? facts : null;
}

class WrongAnswer extends Error {}

const MOST_BYTES = 16_384;

/** Whoever says more than can be an answer is listened to no longer. */
async function shortText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > MOST_BYTES) throw new WrongAnswer('answered too much');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** A service over HTTP. Its answers are bounded in size and believed in form only. */
function overHttp({ url, key }: Extract<HealthCodeConfig, { kind: 'http' }>): HealthCodes {
  /** What it says; null: it knows nothing of them. */
  const send = async (path: string, body: unknown, signal: AbortSignal): Promise<string | null> => {
    const response = await fetch(`${url}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
      signal,
      redirect: 'error',
    });
    const text = await shortText(response);
    if (response.status === 404) return null;
    if (!response.ok) throw new WrongAnswer(`answered ${response.status}`);
    return text;
  };
  const ask = async (path: string, body: unknown, signal: AbortSignal): Promise<unknown> => {
    const text = await send(path, body, signal);
    return text === null ? null : (JSON.parse(text) as unknown);
  };
  return {
    name: new URL(url).hostname,
    async query({ reference }, signal) {
      const answer = await ask('query', { reference }, signal);
      if (answer === null) return null;
      const facts = readFacts(answer);
      if (facts === null) throw new WrongAnswer('answered something else');
      return facts;
    },
    async declare({ reference }, declaration, signal) {
      // That it took it is all there is to know, whatever it says to it.
      await send('declare', { reference, ...declaration }, signal);
    },
    async makeCode({ reference }, signal) {
      const answer = await ask('make-code', { reference }, signal);
      if (answer === null) return null;
      if (!Value.Check(Code, answer) || Number.isNaN(Date.parse(answer.expiresAt)))
        throw new WrongAnswer('answered something else');
      return { code: answer.code, expiresAt: new Date(answer.expiresAt).toISOString() };
    },
    async checkCode(code, signal) {
      const answer = await ask('check-code', { code }, signal);
      if (answer === null) return null;
      if (!Value.Check(Shown, answer)) throw new WrongAnswer('answered something else');
      const facts = readFacts(answer.facts);
      if (facts === null) throw new WrongAnswer('answered something else');
      return { subject: answer.subject, facts };
    },
  };
}

const CODE_LASTS = 10 * MINUTE;
const mostDeclared = 10_000;
/** So that a code typed by hand is none; what it guards is made up. */
const seal = (text: string): string =>
  createHash('sha256').update(`demonstration ${text}`).digest('hex').slice(0, 10);

/** The demonstration's own: answers at once, the same of the same person, and nothing of it is anybody's. */
function demonstration(now: () => number): HealthCodes {
  const declared = new Map<string, HealthDeclaration>();
  const factsOf = (reference: string) =>
    demonstrationFacts(reference, now(), declared.get(reference) ?? null);
  return {
    name: 'demonstration',
    query: async ({ reference }) => factsOf(reference),
    async declare({ reference }, declaration) {
      declared.delete(reference);
      declared.set(reference, declaration);
      if (declared.size > mostDeclared) declared.delete(declared.keys().next().value as string);
    },
    async makeCode({ reference }) {
      if (factsOf(reference).code?.colour === 'none') return null;
      const until = now() + CODE_LASTS;
      const text = `DEMO-${reference}-${until.toString(36)}`;
      return { code: `${text}-${seal(text)}`, expiresAt: new Date(until).toISOString() };
    },
    async checkCode(code) {
      const [, text, reference, until] = /^(DEMO-([0-9a-f-]{36})-([0-9a-z]{1,12}))-/.exec(code) ?? [];
      if (text === undefined || reference === undefined || until === undefined) return null;
      if (code !== `${text}-${seal(text)}` || Number.parseInt(until, 36) <= now()) return null;
      return { subject: reference, facts: factsOf(reference) };
    },
  };
}

export function openHealthCodes(config: HealthCodeConfig, now: () => number): HealthCodes | null {
  if (config === null) return null;
  return config.kind === 'http' ? overHttp(config) : demonstration(now);
}

const opened = new WeakMap<House, HealthCodes | null>();

/** One for the whole process: what somebody says on their phone is known at the gate. Null: nobody is to be asked. */
export function healthCodesOf(house: House): HealthCodes | null {
  let service = opened.get(house);
  if (service === undefined) {
    service = openHealthCodes(house.config.healthCodes, () => house.clock.now().getTime());
    opened.set(house, service);
  }
  return service;
}

/** Why there was no answer. */
export type NoAnswer = 'slow' | 'wrong' | 'absent';
/** What came of asking: facts, or why there are none. */
export type HealthAnswer =
  | { readonly facts: HealthFacts; readonly asOf: number; readonly fault: null }
  | { readonly facts: null; readonly asOf: number; readonly fault: NoAnswer | 'foreign' | 'unreadable' };

export type Heard<Value> =
  | { readonly value: Value; readonly fault: null }
  | { readonly value: null; readonly fault: NoAnswer };

/** Asks within a time, and tells slow, wrong and absent apart. */
export async function heard<Value>(
  service: HealthCodes | null,
  withinMilliseconds: number,
  ask: (service: HealthCodes, signal: AbortSignal) => Promise<Value>,
): Promise<Heard<Value>> {
  if (service === null) return { value: null, fault: 'absent' };
  const signal = AbortSignal.timeout(withinMilliseconds);
  try {
    return { value: await ask(service, signal), fault: null };
  } catch (error) {
    if (signal.aborted) return { value: null, fault: 'slow' };
    const isWrong = error instanceof WrongAnswer || error instanceof SyntaxError;
    return { value: null, fault: isWrong ? 'wrong' : 'absent' };
  }
}

const nothingKnown: HealthFacts = { code: null, test: null, vaccination: null, travel: null };

export async function askHealth(
  service: HealthCodes | null,
  subject: HealthSubject,
  withinMilliseconds: number,
  now: () => number,
): Promise<HealthAnswer> {
  const { value, fault } = await heard(service, withinMilliseconds, (one, signal) =>
    one.query(subject, signal),
  );
  if (fault !== null) return { facts: null, asOf: now(), fault };
  // That it knows nothing of somebody is an answer too: a code of no colour.
  return { facts: value ?? nothingKnown, asOf: now(), fault: null };
}

/** What the code says that somebody shows. Another person's is believed of nobody, and nothing of it goes further. */
export async function askAboutCode(
  service: HealthCodes | null,
  { reference }: HealthSubject,
  code: string,
  withinMilliseconds: number,
  now: () => number,
): Promise<HealthAnswer> {
  const { value, fault } = await heard(service, withinMilliseconds, (one, signal) =>
    one.checkCode(code, signal),
  );
  if (fault !== null) return { facts: null, asOf: now(), fault };
  if (value === null) return { facts: null, asOf: now(), fault: 'unreadable' };
  if (value.subject !== reference) return { facts: null, asOf: now(), fault: 'foreign' };
  return { facts: value.facts, asOf: now(), fault: null };
}
