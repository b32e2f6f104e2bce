import type { HealthFacts } from '@gongzhi/gate';
import Type from 'typebox';
import { Value } from 'typebox/value';
import type { House } from '../../platform/house.ts';
import { demonstrationFacts } from './domain.ts';

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
  /** For somebody without a phone, on paper. */
  makeCode(
    subject: HealthSubject,
    signal: AbortSignal,
  ): Promise<{ readonly code: string; readonly expiresAt: string }>;
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

export interface HealthDeclaration {
  readonly temperatureTenths: number | null;
  readonly hasSymptoms: boolean;
  readonly wasInRiskArea: boolean;
}

const instant = Type.Number({ minimum: 0 });
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
        lastOn: nullable(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
      }),
    ),
    travel: nullable(
      Type.Object({
        stays: Type.Array(
          Type.Object({
            level: Type.Enum(['high', 'medium', 'low']),
            leftOn: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
          }),
          { maxItems: 50 },
        ),
        enteredCountryOn: nullable(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
        hasTimeSpaceLink: Type.Boolean(),
        isFromBorderCounty: Type.Boolean(),
      }),
    ),
  },
  { additionalProperties: false },
);

/** Whatever the wire brings is read with care: what is no such thing is no answer. */
export function readFacts(value: unknown): HealthFacts | null {
  return Value.Check(Facts, value) ? (value as HealthFacts) : null;
}

class WrongAnswer extends Error {}

/** A service over HTTP. Its answers are bounded in size and believed in form only. */
function overHttp({ url, key }: Extract<HealthCodeConfig, { kind: 'http' }>): HealthCodes {
  const ask = async (path: string, body: unknown, signal: AbortSignal): Promise<unknown> => {
    const response = await fetch(`${url}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
      signal,
      redirect: 'error',
    });
    const text = await response.text();
    if (response.status === 404) return null;
    if (!response.ok || text.length > 16_384) throw new WrongAnswer(`answered ${response.status}`);
    return JSON.parse(text) as unknown;
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
      await ask('declare', { reference, ...declaration }, signal);
    },
    async makeCode({ reference }, signal) {
      const answer = (await ask('make-code', { reference }, signal)) as {
        code?: unknown;
        expiresAt?: unknown;
      } | null;
      if (typeof answer?.code !== 'string' || typeof answer.expiresAt !== 'string')
        throw new WrongAnswer('answered something else');
      return { code: answer.code, expiresAt: answer.expiresAt };
    },
    async checkCode(code, signal) {
      const answer = (await ask('check-code', { code }, signal)) as {
        subject?: unknown;
        facts?: unknown;
      } | null;
      if (answer === null) return null;
      const facts = readFacts(answer.facts);
      if (facts === null || typeof answer.subject !== 'string')
        throw new WrongAnswer('answered something else');
      return { subject: answer.subject, facts };
    },
  };
}

/** The demonstration's own: answers at once, the same of the same person, and nothing of it is anybody's. */
function demonstration(now: () => number): HealthCodes {
  return {
    name: 'demonstration',
    query: async ({ reference }) => demonstrationFacts(reference, now()),
    declare: async () => {},
    makeCode: async ({ reference }) => ({
      code: `DEMO-${reference}`,
      expiresAt: new Date(now() + 86_400_000).toISOString(),
    }),
    async checkCode(code) {
      const reference = /^DEMO-(\S{1,64})$/.exec(code)?.[1];
      return reference === undefined
        ? null
        : { subject: reference, facts: demonstrationFacts(reference, now()) };
    },
  };
}

export function openHealthCodes(config: HealthCodeConfig, now: () => number): HealthCodes | null {
  if (config === null) return null;
  return config.kind === 'http' ? overHttp(config) : demonstration(now);
}

/** What came of asking: facts, or why there are none. */
export type HealthAnswer =
  | { readonly facts: HealthFacts; readonly asOf: number; readonly fault: null }
  | { readonly facts: null; readonly asOf: number; readonly fault: 'slow' | 'wrong' | 'absent' };

export async function askHealth(
  service: HealthCodes | null,
  subject: HealthSubject,
  withinMilliseconds: number,
  now: () => number,
): Promise<HealthAnswer> {
  const none = (fault: 'slow' | 'wrong' | 'absent'): HealthAnswer => ({ facts: null, asOf: now(), fault });
  if (service === null) return none('absent');
  const signal = AbortSignal.timeout(withinMilliseconds);
  try {
    const facts = await service.query(subject, signal);
    // That it knows nothing of somebody is an answer too: a code of no colour.
    return {
      facts: facts ?? { code: null, test: null, vaccination: null, travel: null },
      asOf: now(),
      fault: null,
    };
  } catch (error) {
    if (signal.aborted) return none('slow');
    return none(error instanceof WrongAnswer || error instanceof SyntaxError ? 'wrong' : 'absent');
  }
}
