import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHINA } from '@gongzhi/kernel';
import { openCrypto } from '../crypto/crypto.ts';
import { type DueSweep, runDueOnce } from '../due/due.ts';
import { residentOf } from '../events/fixtures.ts';
import { Problem } from '../http/problem.ts';
import { openHttpFloor, type SignedIn } from '../live/fixtures.ts';
import type { ChannelAdapter, Message } from './adapter.ts';
import { deliverySweeps } from './deliver.ts';
import type { AddressedChannel, AnyChannel, MessageKinds, Urgency } from './messages.ts';
import { notify } from './notify.ts';
import { receiptSweep, unconfirmedSweep } from './receipts.ts';
import { deliveryRoutes } from './routes-deliveries.ts';
import { messageSettingsRoutes } from './routes-settings.ts';

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A provider on this machine: a real HTTP server that answers as it is told. `null`: it never answers. */
export interface Provider {
  readonly origin: string;
  readonly asked: Asked[];
  answer: (asked: Asked) => { status?: number; json?: unknown; text?: string } | null;
  close(): Promise<void>;
}

export async function startProvider(): Promise<Provider> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      asked.push(one);
      const answer = provider.answer(one);
      if (answer === null) return;
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
      response.end(answer.text ?? JSON.stringify(answer.json ?? {}));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const provider: Provider = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: () => ({}),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return provider;
}

/** What the text gateway's requests and receipts are signed with. */
export const secret = 'a gateway secret of 32 characters';
const kinds: MessageKinds = {
  'work_order.accepted': { urgency: 'news', outside: ['titleZh', 'titleEn', 'number'] },
  'work_order.finished': { urgency: 'action', outside: ['titleZh', 'titleEn', 'number'] },
};
const matter = { titleZh: '家中漏水', titleEn: 'Leak at home', number: '26-1122-0001', note: '张三 301 室' };

/** What each channel does now, and what it got. */
export class Fake implements ChannelAdapter {
  readonly got: Message[] = [];
  fault: (() => Error) | null = null;
  readonly channel: AnyChannel;
  readonly confirms: boolean;
  constructor(channel: AnyChannel, confirms = false) {
    this.channel = channel;
    this.confirms = confirms;
  }
  send(message: Message): Promise<{ reference: string | null }> {
    this.got.push(message);
    return this.fault === null
      ? Promise.resolve({ reference: `ref-${this.got.length}` })
      : Promise.reject(this.fault());
  }
}

/** The ground floor with message settings, a delivery log, and channels that a test holds in its hands. */
export async function openPostOffice() {
  const folder = mkdtempSync(join(tmpdir(), 'gongzhi-notify-'));
  const crypto = await openCrypto(folder, { mode: 'demo', keyFile: undefined });
  const channels = new Map<AnyChannel, ChannelAdapter>();
  const phones = new Map<string, { phone: string | null; locale: 'zh-CN' | 'en' }>();
  const floor = await openHttpFloor((app, house) => {
    Object.assign(house, {
      crypto,
      channels,
      config: { workChatHosts: ['oapi.dingtalk.com'], sms: { secret } },
    });
    messageSettingsRoutes(app, house);
    deliveryRoutes(app, house, {
      reachOf: async (_q, { actor }, scopeId) => {
        if (!actor.scopeIds.includes(scopeId)) throw new Problem('not_found');
      },
    });
  });
  let day = 0;
  /** Of this test's first day, UTC: eight hours before the clock on the wall. */
  const at = (time: string): Date => new Date(Date.parse(`2026-11-22T${time}Z`) + day * 86_400_000);
  let sweeps: DueSweep[] = [];
  /** A clock doesn't run backwards: each test has days of its own, and begins at ten in the morning. */
  function begin() {
    day += 3;
    floor.clock.set(at('02:00:00'));
    const fakes = { sms: new Fake('sms', true), mail: new Fake('mail'), wechat: new Fake('wechat') };
    use(...Object.values(fakes));
    sweeps = aWorker();
    return fakes;
  }

  /** The sweeps of one worker process: each has a memory of its own. */
  function aWorker(): DueSweep[] {
    const { worker, log, house } = floor;
    const delivery = deliverySweeps({
      worker,
      channels,
      kinds,
      recipients: {
        of: (_q, ids) =>
          Promise.resolve(
            new Map(ids.flatMap((id) => (phones.has(id) ? [[id, phones.get(id)!] as const] : []))),
          ),
        timeZoneOf: () => Promise.resolve(CHINA),
      },
      crypto: house.crypto,
      publicUrl: 'https://city.example',
      log,
    });
    return [receiptSweep, unconfirmedSweep, ...delivery];
  }

  function use(...adapters: ChannelAdapter[]): void {
    channels.clear();
    for (const adapter of adapters) channels.set(adapter.channel, adapter);
  }

  function aReader(
    locale: 'zh-CN' | 'en' = 'zh-CN',
    scopeId: string = randomUUID(),
  ): SignedIn & { scopeId: string } {
    const who = floor.signIn(residentOf(scopeId));
    phones.set(who.acting.accountId, { phone: '13800000001', locale });
    return { ...who, scopeId };
  }

  function tell(
    who: { acting: { accountId: string }; scopeId: string },
    template = 'work_order.finished',
    urgency?: Urgency,
  ): Promise<string> {
    return floor.worker.work(async (tx) =>
      notify(tx, {
        scopeId: who.scopeId,
        accountId: who.acting.accountId,
        template,
        params: matter,
        link: '/m/orders/1',
        objectId: '019a0000-0000-7000-8000-000000000009',
        ...(urgency === undefined ? {} : { urgency }),
        at: floor.clock.now(),
      }),
    );
  }

  const run = (of = sweeps) => {
    const { worker, house, clock, log } = floor;
    return runDueOnce({ worker, sweeps: of, house, clock, log });
  };

  async function deliveries(notificationId: string) {
    const { rows } = await floor.admin.query<{ channel: string; state: string; attempts: number }>(
      'select channel, state, attempts from platform.delivery where notification_id = $1 order by created_at, delivery_id',
      [notificationId],
    );
    return rows.map(({ channel, state, attempts }) => `${channel} ${state} ${attempts}`);
  }

  const ask = (who: SignedIn, method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object) =>
    floor.app.inject({
      method,
      url: `/api/v1${url}`,
      headers: who.headers,
      ...(payload === undefined ? {} : { payload }),
    });

  const wish = (who: SignedIn, part: object) =>
    ask(who, 'PUT', '/me/messages', {
      channels: ['sms', 'mail'],
      isNewsWanted: true,
      quietFrom: 0,
      quietTo: 0,
      ...part,
    });

  /** Enters an address and confirms it with the code that went there. */
  async function confirmed(
    who: SignedIn,
    channel: AddressedChannel,
    adapter: Fake,
    address: string,
  ): Promise<void> {
    await ask(who, 'PUT', `/me/messages/addresses/${channel}`, { address, locale: 'en' });
    const code = /\d{6}/.exec(adapter.got.at(-1)!.sentence)![0];
    const done = await ask(who, 'POST', `/me/messages/addresses/${channel}/confirm`, { code });
    if (done.statusCode !== 200) throw new Error(done.body);
  }
  return {
    floor,
    at,
    begin,
    aWorker,
    use,
    aReader,
    phones,
    tell,
    run,
    deliveries,
    ask,
    wish,
    confirmed,
    close: async () => {
      await floor.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
