import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { alipaySide } from './alipay.ts';
import { type Behaviour, Book, type Letter, type Trade, usual, type Waiting } from './book.ts';
import type { Asked, Given } from './http.ts';
import { makeKeys, operatorFile, type ProviderKeys } from './keys.ts';
import { cashierPage, overPage } from './page.ts';
import { wechatSide } from './wechat.ts';

/** WeChat Pay and Alipay on this machine, as faithful and as unreliable as is asked. No money moves. */
export interface Providers {
  readonly url: string;
  readonly keys: ProviderKeys;
  /** What GONGZHI_PAYMENTS is to name. */
  readonly operatorFile: object;
  readonly book: Book;
  behave(how: Partial<Behaviour>): void;
  /** The payer pays, as on the cashier's page; what is told of it follows how it behaves. */
  pay(tradeNo: string): Promise<boolean>;
  /** The same, inside WeChat: by what a page handed to its browser. False: not signed by the merchant, or too late. */
  payInWechat(parameters: Readonly<Record<string, string>>): Promise<boolean>;
  finishRefunds(): Promise<void>;
  /** Everything that waits is sent; what is not taken waits again. How many were taken. */
  deliver(order?: (letters: Waiting[]) => Waiting[]): Promise<number>;
  close(): Promise<void>;
}

export interface ProviderOptions {
  readonly now?: () => Date;
  readonly port?: number;
  readonly keys?: ProviderKeys;
}

export async function openProviders(options: ProviderOptions = {}): Promise<Providers> {
  const book = new Book(options.now ?? (() => new Date()));
  const keys = options.keys ?? makeKeys();
  let url = '';
  const wechat = wechatSide(book, keys.wechat, () => url);
  const alipay = alipaySide(book, keys.alipay, () => url);

  const send = async ({ url: to, headers, body }: Letter): Promise<boolean> => {
    try {
      const response = await fetch(to, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(10_000),
      });
      const text = await response.text();
      return response.ok && (!text.includes('fail') || text.includes('SUCCESS'));
    } catch {
      return false;
    }
  };

  const tell = async (trade: Trade): Promise<void> => {
    const side = trade.provider === 'wechat' ? wechat : alipay;
    const { notices } = book.behaviour;
    if (notices === 'never') return;
    if (notices === 'bad_signature' || notices === 'other_amount' || notices === 'other_currency') {
      await send(side.told(trade, notices));
      return;
    }
    const waiting: Waiting[] = Array.from(
      { length: notices === 'twice' ? 2 : 1 },
      () => () => side.told(trade, 'right'),
    );
    if (notices === 'late') book.letters.push(...waiting);
    else {
      const taken = await Promise.all(waiting.map((letter) => send(letter())));
      book.letters.push(...waiting.filter((_, i) => taken[i] !== true));
    }
  };

  const pay = async (tradeNo: string): Promise<boolean> => {
    if (!book.pay(tradeNo)) return false;
    await tell(book.trades.get(tradeNo)!);
    return true;
  };

  const answer = async (asked: Asked): Promise<Given | null> => {
    const { pathname, searchParams } = new URL(asked.path, 'http://x');
    const cashier = /^\/cashier\/(?:wechat|alipay)\/([^/]+)$/.exec(pathname)?.[1];
    if (cashier !== undefined) return atCashier(cashier, asked, searchParams);
    const html = { 'content-type': 'text/html; charset=utf-8' };
    if (pathname === '/cashier/over') return { status: 200, headers: html, body: overPage() };
    if (book.behaviour.isDown) return null;
    if (pathname === '/alipay-bill') {
      const body = alipay.file(searchParams.get('day') ?? '');
      return {
        status: body === null ? 404 : 200,
        headers: { 'content-type': 'application/zip' },
        body: body ?? '',
      };
    }
    const before = new Set(book.trades.keys());
    const refundsBefore = new Set(book.refunds.keys());
    const given = pathname === '/gateway.do' ? alipay.answer(asked) : wechat.answer(asked);
    const ordered = [...book.trades.keys()].filter((no) => !before.has(no));
    if (ordered.length > 0) {
      if (book.behaviour.orders === 'silent') return null;
      if (book.behaviour.orders === 'paid_first') for (const no of ordered) await pay(no);
    }
    for (const refund of book.refunds.values())
      if (!refundsBefore.has(refund.refundNo) && refund.notifyUrl !== '' && refund.state !== 'processing')
        book.letters.push(() => wechat.toldRefund(refund));
    return given;
  };

  const atCashier = async (tradeNo: string, asked: Asked, query: URLSearchParams): Promise<Given> => {
    const trade = book.find(tradeNo);
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    if (trade === undefined) return { status: 404, headers, body: overPage() };
    const back = query.get('redirect_url') ?? trade.returnUrl;
    if (asked.method !== 'POST') return { status: 200, headers, body: cashierPage(trade, back) };
    await pay(tradeNo);
    return {
      status: 303,
      headers: { location: new URLSearchParams(asked.body).get('return') ?? back },
      body: '',
    };
  };

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const given = await answer({
        method: request.method ?? 'GET',
        path: request.url ?? '/',
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(parts).toString('utf8'),
      });
      // What is down does not say so: the line breaks off.
      if (given === null) request.socket.destroy();
      else response.writeHead(given.status, given.headers).end(given.body);
    })().catch(() => request.socket.destroy());
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    keys,
    operatorFile: operatorFile(keys, url),
    book,
    behave: (how) => {
      book.behaviour = { ...usual, ...how };
    },
    pay,
    async payInWechat(parameters) {
      const tradeNo = wechat.invoked(parameters);
      return tradeNo !== null && pay(tradeNo);
    },
    async finishRefunds() {
      for (const refund of book.finishRefunds())
        if (refund.notifyUrl !== '') book.letters.push(() => wechat.toldRefund(refund));
    },
    async deliver(order = (letters) => letters) {
      let taken = 0;
      for (const letter of order(book.letters.splice(0))) {
        if (await send(letter())) taken++;
        else book.letters.push(letter);
      }
      return taken;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
