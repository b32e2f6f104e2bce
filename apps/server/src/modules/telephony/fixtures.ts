import { createHmac, randomUUID } from 'node:crypto';
import type { Answer, Json } from '../../../../../test/server.ts';
import type { World } from '../../../../../test/world.ts';
import { type DueSweep, runDueOnce } from '../../platform/due/due.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';

/** A provider as any other system would be one: with nothing of this house but docs/telephony.md. */
export interface Sending {
  readonly line?: string;
  readonly secret?: string;
  readonly timestamp?: string;
  readonly signature?: string;
}

export interface Provider {
  readonly line: string;
  readonly secret: string;
  sends(body: string, sending?: Sending): Promise<Answer>;
  /** Events of one call, each a second after the other unless it says when. */
  tells(callId: string, from: string, ...events: readonly Record<string, unknown>[]): Promise<Json[]>;
}

let nextNumber = 13_100_000_000;
export const aCaller = (): string => String(nextNumber++);
export const aCallId = (): string => `call-${randomUUID()}`;

export async function aProvider(world: World, manager: Somebody): Promise<Provider> {
  const made = expectStatus(await manager.client.post('/telephony/lines', { name: '前台总机' }), 201);
  const provider: Provider = {
    line: made.line,
    secret: made.secret,
    async sends(body, sending = {}) {
      const timestamp = sending.timestamp ?? world.clock.now().toISOString();
      const digest = createHmac('sha256', sending.secret ?? made.secret)
        .update(`${timestamp}.${body}`)
        .digest('hex');
      const response = await fetch(`${world.url}/api/v1/telephony/events`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-gongzhi-line': sending.line ?? made.line,
          'x-gongzhi-timestamp': timestamp,
          'x-gongzhi-signature': sending.signature ?? `sha256=${digest}`,
        },
        body,
      });
      return { status: response.status, body: (await response.json()) as Json, headers: response.headers };
    },
    async tells(callId, from, ...events) {
      const all = events.map((event) => {
        world.clock.advance(1_000);
        return { eventId: randomUUID(), callId, from, at: world.clock.now().toISOString(), ...event };
      });
      return expectStatus(await provider.sends(JSON.stringify({ events: all })), 200).results;
    },
  };
  return provider;
}

export const ringing = (...extensions: string[]) => ({ type: 'ringing', extensions });
export const answered = (extension: string) => ({ type: 'answered', extension });
export const hungUp = { type: 'hung_up' };
export const missedCall = { type: 'missed' };

export const masked = (number: string): string => `${number.slice(0, 3)}****${number.slice(-4)}`;

/** The desk's side of it, as its people ask. */
export function telephoneOf(world: World) {
  const deskOf = async (who: Somebody): Promise<Json> =>
    expectStatus(await who.client.get('/telephony/desk'), 200);
  const sitting = (who: Somebody, body: Json): Promise<Answer> =>
    who.client.send('PUT', '/telephony/seat', body, { 'idempotency-key': randomUUID() });
  const tasksOf = async (who: Somebody = world.people.desk): Promise<Json[]> =>
    expectStatus(await who.client.get('/telephony/tasks?limit=100'), 200).items;
  const ofNumber = (rows: readonly Json[], number: string): Json =>
    rows.find(({ numberMasked }) => numberMasked === masked(number));
  return {
    deskOf,
    sitting,
    tasksOf,
    sits: async (who: Somebody, extension: string | null): Promise<void> => {
      expectStatus(await sitting(who, { extension }), 200);
    },
    taskOf: async (number: string): Promise<Json> => ofNumber(await tasksOf(), number),
    newest: async (number: string): Promise<Json> =>
      ofNumber((await world.people.desk.client.get('/telephony/calls?limit=100')).body.items, number),
    says: (who: Somebody, task: Json, outcome: string): Promise<Answer> =>
      who.client.post(`/telephony/tasks/${task.id}/outcome`, { outcome, missedCount: task.missedCount }),
    claims: (who: Somebody, task: Json): Promise<Answer> =>
      who.client.post(`/telephony/tasks/${task.id}/claim`, {}),
    async dueOf(sweep: DueSweep): Promise<number | undefined> {
      const log = { info: () => {}, warn: () => {}, error: () => {} };
      const { house } = world.server;
      const { worker, clock } = world;
      return (await runDueOnce({ worker, sweeps: [sweep], house, clock, log }))[sweep.name];
    },
  };
}
