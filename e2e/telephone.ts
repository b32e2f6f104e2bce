import { randomUUID } from 'node:crypto';
import { signatureOf } from '../apps/server/src/platform/http/signed.ts';
import { Client, type Json } from '../test/server.ts';

/** Whoever runs the desk's telephone, as docs/telephony.md says. */
export interface Telephone {
  tells(callId: string, from: string, event: Json): Promise<void>;
}

const as = async (origin: string, personaId: string): Promise<Client> => {
  const client = new Client(origin);
  client.keep(await client.post('/auth/sessions', { personaId }));
  return client;
};

export async function aTelephone(origin: string, now: () => number = Date.now): Promise<Telephone> {
  const manager = await as(origin, 'manager');
  const made = await manager.post('/telephony/lines', { name: '01-65120000' });
  if (made.status !== 201) throw new Error(`no line was made: ${JSON.stringify(made.body)}`);
  const { line, secret } = made.body;
  return {
    async tells(callId, from, event) {
      const at = new Date(now()).toISOString();
      const body = Buffer.from(
        JSON.stringify({ events: [{ eventId: randomUUID(), callId, from, at, ...event }] }),
      );
      const response = await fetch(`${origin}/api/v1/telephony/events`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-gongzhi-line': line,
          'x-gongzhi-timestamp': at,
          'x-gongzhi-signature': signatureOf(secret, at, body),
        },
        body,
      });
      const answer = (await response.json()) as Json;
      if (answer.results?.[0]?.result !== 'taken') throw new Error(`refused: ${JSON.stringify(answer)}`);
    },
  };
}

export async function sits(origin: string, personaId: string, extension: string): Promise<void> {
  const client = await as(origin, personaId);
  const headers = { 'idempotency-key': randomUUID() };
  const { status } = await client.send('PUT', '/telephony/seat', { extension }, headers);
  if (status !== 200) throw new Error(`${personaId} could not sit down: ${status}`);
}

/** The number of somebody who lives in the demonstration, as its register holds it. */
export const residentsNumber = async (origin: string): Promise<string> => {
  const { demonstrationLogins } = await import('../simulator/src/load.ts');
  const desk = await as(origin, 'desk');
  for (const { phone, where } of demonstrationLogins()) {
    if (where !== '/m/') continue;
    const { homes } = (await desk.post('/work-orders/callers', { phone })).body;
    if (homes.length > 0) return phone;
  }
  throw new Error('nobody of the demonstration lives where the desk works');
};
