import { randomBytes } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import { type Actor, signingIn } from '../../platform/db/actor.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { isSignedBy } from '../../platform/http/signed.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { admitRequest } from '../identity/index.ts';
import { wallOf } from '../places/index.ts';
import { type IntakeField, INTAKE_FIELDS, type NewCase, readRow, type RowFault } from './domain.ts';
import { unitOf } from './facts.ts';
import { intakeWords } from './facts-words.ts';
import { takeIn } from './service-intake.ts';

/**
 * Systems that send cases in. A request is signed with the client's own secret over its timestamp and its bytes; the
 * same signed request sent again gets the same answer and does nothing.
 */
export interface ClientRow {
  readonly id: string;
  readonly name: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly madeName: string;
  readonly madeAt: Date;
  readonly revokedAt: Date | null;
}

export function listClients(q: Executor, cityId: string): Promise<ClientRow[]> {
  return q.query(
    sql`select c.client_id as id, c.name, c.unit_id as "unitId", s.name as "unitName", c.made_name as "madeName", c.made_at as "madeAt",
          c.revoked_at as "revokedAt"
        from hotline.client c join places.scope s on s.scope_id = c.unit_id where c.scope_id = ${cityId} order by c.client_id desc limit 200`,
  );
}

/** The secret is shown this once; the database holds it sealed. */
export async function makeClient(
  house: House,
  acting: Acting,
  tx: Tx,
  cityId: string,
  input: { readonly name: string; readonly unitId: string },
  now: Date,
): Promise<{ id: string; secret: string }> {
  const unit = await unitOf(tx, input.unitId);
  if (unit === null || unit.cityId !== cityId || !['city', 'street'].includes(unit.unit.level))
    throw new Problem('hotline.unit_unknown', {}, [{ path: '/unitId', code: 'unknown', params: {} }]);
  const id = uuidv7(now.getTime());
  const secret = randomBytes(32).toString('base64url');
  tx.write(
    sql`insert into hotline.client (scope_id, client_id, city_id, unit_id, name, secret_cipher, made_by, made_name, made_at)
        values (${cityId}, ${id}, ${cityId}, ${input.unitId}, ${input.name.trim()}, ${house.crypto.seal(secret, 'hotline.client', id)},
          ${acting.accountId}, ${acting.displayName}, ${now})`,
  );
  return { id, secret };
}

export async function revokeClient(tx: Tx, cityId: string, id: string, now: Date): Promise<void> {
  const gone = await tx.query(
    sql`update hotline.client set revoked_at = ${now} where scope_id = ${cityId} and client_id = ${id} and revoked_at is null returning 1 as gone`,
  );
  if (gone.length === 0) throw new Problem('not_found');
}

export interface SignedRequest {
  readonly client: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: Buffer;
  readonly address: string;
}

export interface IntakeResult {
  readonly number: string;
  readonly result: 'taken' | 'known' | 'refused';
  readonly faults: readonly {
    readonly field: IntakeField | null;
    readonly code: string;
    readonly params: Record<string, string | number>;
  }[];
}

const requestLimit = { name: 'hotline_intake', most: 600, within: 60_000 } as const;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const mostCases = 200;

/** As the city whose client it claims to be; what it may read before its signature is checked is that client's row. */
function asCity(cityId: string): Actor {
  return { ...signingIn, kind: 'city', regionId: cityId };
}

export async function takeSigned(house: House, request: SignedRequest): Promise<{ results: IntakeResult[] }> {
  const now = house.clock.now();
  await house.db.act(signingIn, (tx) => admitRequest(tx, house.crypto, requestLimit, request.address, now));
  const [cityId = '', clientId = ''] = request.client.split('.');
  const unsigned = new Problem('hotline.unsigned');
  if (!uuid.test(cityId) || !uuid.test(clientId)) throw unsigned;
  for (let attempt = 1; ; attempt++) {
    try {
      return await house.db.act(asCity(cityId), (tx) =>
        takeIntoCity(house, tx, cityId, clientId, request, now),
      );
    } catch (error) {
      // The same number came another way at the same instant: the second look finds it known.
      const { code } = error as { code?: string };
      if (code !== '23505' || attempt > 2) throw error;
    }
  }
}

async function takeIntoCity(
  house: House,
  tx: Tx,
  cityId: string,
  clientId: string,
  request: SignedRequest,
  now: Date,
): Promise<{ results: IntakeResult[] }> {
  const unsigned = new Problem('hotline.unsigned');
  const [client] = await tx.query<{ name: string; unitId: string; cipher: Buffer }>(
    sql`select c.name, c.unit_id as "unitId", c.secret_cipher as cipher from hotline.client c
        where c.scope_id = ${cityId} and c.client_id = ${clientId} and c.revoked_at is null`,
  );
  if (client === undefined) throw unsigned;
  const secret = house.crypto.open(client.cipher, 'hotline.client', clientId);
  if (!isSignedBy(secret, request.timestamp, request.body, request.signature)) throw unsigned;
  const right = Buffer.from(request.signature);
  const skew = await house.settings.get(tx, [cityId], 'hotline.clock_skew_seconds', now);
  const at = Date.parse(request.timestamp);
  if (!Number.isFinite(at) || Math.abs(now.getTime() - at) > skew * 1_000) throw unsigned;
  const seen = (
    await tx.query<{ answer: { results: IntakeResult[] } }>(
      sql`select r.answer from hotline.received_request r where r.scope_id = ${cityId} and r.client_id = ${clientId} and r.signature = ${right}`,
    )
  )[0];
  if (seen !== undefined) return seen.answer;
  const unit = await unitOf(tx, client.unitId);
  const zone = (await wallOf(tx, cityId))?.timeZone;
  if (unit === null || zone === undefined) throw unsigned;
  const results: IntakeResult[] = [];
  const reads = casesIn(request.body).map((fields, i) => ({
    fields,
    read: readRow({ line: i + 1, cells: fields }, identityMapping, {
      zone,
      now: now.getTime(),
      words: intakeWords,
    }),
  }));
  // Which of two lines is right nobody can tell: both are looked at before either is taken.
  const dues = new Map<string, Set<number | null>>();
  for (const { read } of reads)
    if (!('faults' in read))
      dues.set(read.value.number, (dues.get(read.value.number) ?? new Set()).add(read.value.dueAt));
  for (const { fields, read } of reads) {
    if ('faults' in read) {
      results.push({
        number: fields['number'] ?? '',
        result: 'refused',
        faults: read.faults.map(plainFault),
      });
      continue;
    }
    const one = read.value;
    if ((dues.get(one.number)?.size ?? 0) > 1) {
      results.push(refusedFor(one, 'dueAt', 'twice_other_due'));
      continue;
    }
    const taken = await takeIn(
      house,
      tx,
      {
        cityId,
        unit,
        source: 'webhook',
        sourceName: client.name,
        by: { accountId: null, name: client.name, role: 'client' },
      },
      one,
      now,
    );
    if (taken.result === 'other_due') results.push(refusedFor(one, 'dueAt', 'known_other_due'));
    else if (taken.result === 'repeat_unknown') results.push(refusedFor(one, 'repeatOf', 'repeat_unknown'));
    else results.push({ number: one.number, result: taken.result, faults: [] });
  }
  const answer = { results };
  tx.write(
    sql`insert into hotline.received_request (scope_id, client_id, signature, city_id, received_at, answer)
        values (${cityId}, ${clientId}, ${right}, ${cityId}, ${now}, ${JSON.stringify(answer)})`,
  );
  return answer;
}

const identityMapping = Object.fromEntries(INTAKE_FIELDS.map((field) => [field, field]));
const plainFault = ({ field, code, params }: RowFault) => ({ field, code, params: { ...params } });

function refusedFor(one: NewCase, field: IntakeField, code: string): IntakeResult {
  return { number: one.number, result: 'refused', faults: [{ field, code, params: { number: one.number } }] };
}

/** `{"cases": [{…}]}`: what is no such thing is refused whole, before anything is written. */
function casesIn(body: Buffer): Record<string, string>[] {
  const malformed = (path: string, code: string) =>
    new Problem('validation.failed', {}, [{ path, code, params: { limit: mostCases } }]);
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Problem('request.malformed');
  }
  const cases = (parsed as { cases?: unknown } | null)?.cases;
  if (!Array.isArray(cases) || cases.length === 0) throw malformed('/cases', 'required');
  if (cases.length > mostCases) throw malformed('/cases', 'maxItems');
  return cases.map((one: unknown, i) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) throw malformed(`/cases/${i}`, 'type');
    return Object.fromEntries(
      Object.entries(one).map(([key, value]: [string, unknown]) => {
        if (!INTAKE_FIELDS.includes(key as IntakeField))
          throw malformed(`/cases/${i}/${key}`, 'unknown_field');
        if (!['string', 'boolean'].includes(typeof value)) throw malformed(`/cases/${i}/${key}`, 'type');
        return [key, String(value).replaceAll('\u0000', '')];
      }),
    );
  });
}
