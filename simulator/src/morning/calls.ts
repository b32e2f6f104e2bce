import { MINUTE, SECOND } from '@gongzhi/kernel';
import { signatureOf } from '../../../apps/server/src/platform/http/signed.ts';
import { phoneNumber } from '../people/names.ts';
import type { Actor } from './actor.ts';
import type { Stage } from './stage.ts';

/** What rang at the desk in the last two hours, as whoever runs its telephone tells it. */

interface Call {
  /** Minutes before the curtain falls. */
  readonly before: number;
  readonly number: string;
  readonly isOut?: boolean;
  /** Seconds after it began, and what happened then. */
  readonly moments: readonly (readonly [second: number, what: Readonly<Record<string, unknown>>])[];
}

const DESK = '801';
const STEWARD = '802';
const queued = { type: 'queued', queue: '报修' };
const ringing = { type: 'ringing', extensions: [DESK, STEWARD] };
const answered = (extension: string) => ({ type: 'answered', extension });
const over = { type: 'hung_up' };
const missed = { type: 'missed' };

// The first two live where the desk works; of the others nobody knows anything yet.
const [resident, neighbour, unknown, twice] = [1, 2, 10_021, 10_022].map(phoneNumber) as [
  string,
  string,
  string,
  string,
];

const calls: readonly Call[] = [
  {
    before: 112,
    number: resident,
    moments: [
      [0, queued],
      [2, ringing],
      [9, answered(DESK)],
      [196, over],
    ],
  },
  {
    before: 87,
    number: unknown,
    moments: [
      [0, queued],
      [3, ringing],
      [48, missed],
    ],
  },
  {
    before: 79,
    number: unknown,
    isOut: true,
    moments: [
      [0, { type: 'ringing', extensions: [DESK] }],
      [14, answered(DESK)],
      [131, over],
    ],
  },
  {
    before: 58,
    number: 'anonymous',
    moments: [
      [0, queued],
      [26, over],
    ],
  },
  {
    before: 41,
    number: neighbour,
    moments: [
      [0, queued],
      [31, ringing],
      [38, answered(STEWARD)],
      [260, over],
    ],
  },
  {
    before: 33,
    number: twice,
    moments: [
      [0, queued],
      [2, ringing],
      [50, missed],
    ],
  },
  // Both telephones were talking when they tried again.
  {
    before: 19,
    number: twice,
    moments: [
      [0, queued],
      [72, over],
    ],
  },
  {
    before: 6,
    number: resident,
    moments: [
      [0, ringing],
      [45, missed],
    ],
  },
];

export async function playCalls({ url, desk, manager, steward, now }: Stage): Promise<void> {
  const line = await manager.post<{ line: string; secret: string }>('/telephony/lines', {
    name: '服务中心 000-65120000',
  });
  const sits = (who: Actor, extension: string) => who.put('/telephony/seat', { extension });
  await sits(desk, DESK);
  await sits(steward, STEWARD);
  const end = now();
  const events = calls.flatMap(({ before, number, isOut = false, moments }, at) =>
    moments.map(([second, what], step) => ({
      eventId: `morning-${at}-${step}`,
      callId: `morning-${at}`,
      at: new Date(end - before * MINUTE + second * SECOND).toISOString(),
      ...(isOut ? { direction: 'out', to: number } : { from: number }),
      ...what,
    })),
  );
  const timestamp = new Date(end).toISOString();
  const body = Buffer.from(JSON.stringify({ events }));
  const response = await fetch(`${url}/api/v1/telephony/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-gongzhi-line': line.line,
      'x-gongzhi-timestamp': timestamp,
      'x-gongzhi-signature': signatureOf(line.secret, timestamp, body),
    },
    body,
  });
  const { results = [] } = (await response.json()) as { results?: { result: string }[] };
  if (results.length !== events.length || results.some(({ result }) => result !== 'taken'))
    throw new Error(`the telephone was answered ${response.status} ${JSON.stringify(results)}`);
}
