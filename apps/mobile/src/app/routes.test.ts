import { describe, expect, it } from 'vitest';
import { match, routes, safeNext, url } from './routes.ts';

const ids = { scopeId: 's 1', id: 'o/2' };

describe('the table of addresses', () => {
  it('is the golden one', () => {
    expect(
      Object.entries(routes).map(
        ([name, { path, isPublic: open }]) => `${name} ${path}${open ? ' (public)' : ''}`,
      ),
    ).toMatchInlineSnapshot(`
      [
        "home /",
        "report /report",
        "orders /orders",
        "order /orders/:scopeId/:id",
        "work /work",
        "job /work/:scopeId/:id",
        "gate /gate",
        "handover /handover",
        "patrols /work/patrols",
        "round /work/meters",
        "ratings /work/ratings",
        "contractorJob /job/:token (public)",
        "openGate /open",
        "visitors /visitors",
        "meters /meters",
        "parcels /parcels",
        "accounts /accounts",
        "paper /accounts/:scopeId/:id",
        "goods /goods",
        "bills /bills",
        "pay /pay",
        "payment /pay/:scopeId/:id",
        "receipts /receipts",
        "visit /visit (public)",
        "messages /messages",
        "me /me",
        "messageSettings /me/messages",
        "wechat /wechat/:token",
        "myData /me/data",
        "family /family",
        "slip /slip/:token (public)",
        "signIn /sign-in (public)",
      ]
    `);
    expect([
      url.home(),
      url.report(),
      url.orders(),
      url.orders({ list: 'finished' }),
      url.order(ids),
      url.work(),
      url.job(ids),
      url.messages(),
      url.me(),
      url.signIn({ next: '/m/orders' }),
    ]).toMatchInlineSnapshot(`
      [
        "/m/",
        "/m/report",
        "/m/orders",
        "/m/orders?list=finished",
        "/m/orders/s%201/o%2F2",
        "/m/work",
        "/m/work/s%201/o%2F2",
        "/m/messages",
        "/m/me",
        "/m/sign-in?next=%2Fm%2Forders",
      ]
    `);
  });

  it('finds the page of every address it builds', () => {
    expect(match(url.home())?.name).toBe('home');
    expect(match('/')?.name).toBe('home');
    expect(match('/m')?.name).toBe('home');
    expect(match('/m/report/')?.name).toBe('report');
    expect(match(url.order(ids))).toEqual({ name: 'order', params: ids });
    expect(match(url.job(ids))).toEqual({ name: 'job', params: ids });
  });

  it('knows no page for the rest', () => {
    for (const path of ['/desk/', '/mx', '/m/orders/a', '/m/orders/a/b/c', '/m/nothing'])
      expect(match(path)).toBeNull();
    // A broken escape is no page's fault.
    expect(match('/m/%E0%A4%A')).toBeNull();
  });

  it('follows only addresses of our own after sign-in', () => {
    expect(safeNext('/m/orders?list=finished')).toBe('/m/orders?list=finished');
    expect(safeNext('/desk/')).toBe('/desk/');
    for (const next of [null, '//evil.example', 'https://evil.example', '/m\\evil', '/other', '/mx'])
      expect(safeNext(next)).toBe('/m/');
  });
});
