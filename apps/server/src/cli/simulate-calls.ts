import { randomUUID } from 'node:crypto';
import { maskPhone } from '@gongzhi/kernel';
import { signatureOf } from '../platform/http/signed.ts';

/** A telephone provider of one's own: it speaks what docs/telephony.md says, over the wire, and nothing else. */
export interface CallSimulation {
  readonly url: string;
  readonly line: string;
  readonly secret: string;
  readonly extension: string;
  readonly numbers: readonly string[];
  readonly calls: number;
  /** How long a second of a call takes; 0 plays it at once. */
  readonly pace: number;
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  say(line: string): void;
}

interface Moment {
  /** Seconds into the call. */
  readonly at: number;
  /** When it is told, where that is later. */
  readonly told?: number;
  readonly type: 'queued' | 'ringing' | 'answered' | 'hung_up' | 'missed';
}

/** What happens on a desk's telephone, also to messages under way; one call after the other, round and round. */
export const stories: readonly {
  readonly name: string;
  readonly isDoubled?: boolean;
  readonly moments: readonly Moment[];
}[] = [
  {
    name: 'answered',
    moments: [
      { at: 0, type: 'queued' },
      { at: 2, type: 'ringing' },
      { at: 6, type: 'answered' },
      { at: 40, type: 'hung_up' },
    ],
  },
  {
    name: 'missed',
    moments: [
      { at: 0, type: 'queued' },
      { at: 2, type: 'ringing' },
      { at: 20, type: 'missed' },
    ],
  },
  {
    name: 'given up in the queue',
    moments: [
      { at: 0, type: 'queued' },
      { at: 8, type: 'hung_up' },
    ],
  },
  {
    name: 'missed, its end told before it rang',
    moments: [
      { at: 0, told: 12, type: 'ringing' },
      { at: 10, type: 'hung_up' },
    ],
  },
  {
    name: 'answered, everything told twice',
    isDoubled: true,
    moments: [
      { at: 0, type: 'ringing' },
      { at: 4, type: 'answered' },
      { at: 20, type: 'hung_up' },
    ],
  },
];

export interface Played {
  readonly story: string;
  readonly number: string;
  readonly results: readonly string[];
}

export async function simulateCalls(simulation: CallSimulation): Promise<Played[]> {
  const { numbers, calls, pace, now, sleep, say } = simulation;
  const played: Played[] = [];
  for (let i = 0; i < calls; i++) {
    const { name, moments, isDoubled = false } = stories[i % stories.length]!;
    const number = numbers[i % numbers.length]!;
    const callId = randomUUID();
    const began = now();
    const results: string[] = [];
    const inOrder = [...moments].sort((a, b) => (a.told ?? a.at) - (b.told ?? b.at));
    for (const moment of inOrder) {
      const wait = began + (moment.told ?? moment.at) * pace * 1_000 - now();
      if (wait > 0) await sleep(wait);
      const event = {
        eventId: randomUUID(),
        callId,
        type: moment.type,
        at: new Date(began + moment.at * pace * 1_000).toISOString(),
        from: number,
        ...(moment.type === 'ringing' ? { extensions: [simulation.extension] } : {}),
        ...(moment.type === 'answered' ? { extension: simulation.extension } : {}),
      };
      for (let times = 0; times < (isDoubled ? 2 : 1); times++) results.push(await tell(simulation, event));
      say(`${maskPhone(number)}  ${moment.type.padEnd(8)}  ${results.at(-1)}`);
    }
    played.push({ story: name, number, results });
  }
  return played;
}

async function tell({ url, line, secret, now }: CallSimulation, event: object): Promise<string> {
  const body = Buffer.from(JSON.stringify({ events: [event] }));
  const timestamp = new Date(now()).toISOString();
  const response = await fetch(new URL('/api/v1/telephony/events', url), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-gongzhi-line': line,
      'x-gongzhi-timestamp': timestamp,
      'x-gongzhi-signature': signatureOf(secret, timestamp, body),
    },
    body,
  });
  const answer = (await response.json()) as { code?: string; results?: { result: string }[] };
  return answer.results?.[0]?.result ?? `${response.status} ${answer.code ?? ''}`;
}
