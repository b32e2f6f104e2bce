import { describe, expect, it } from 'vitest';
import { href, parseSearch, paths, readSearch, stringifySearch, url } from './routes.ts';

describe('the table of addresses', () => {
  it('is the golden one', () => {
    expect(paths).toMatchInlineSnapshot(`
      {
        "account": "/billing/$scopeId/$householdId",
        "accounts": "/accounts",
        "billLine": "/billing/lines/$scopeId/$lineId",
        "billing": "/billing",
        "board": "/board",
        "callbacks": "/callbacks",
        "compare": "/compare",
        "deliveries": "/deliveries",
        "desk": "/",
        "devices": "/devices",
        "form": "/forms/$formId",
        "formTask": "/forms/tasks/$scopeId/$formId",
        "forms": "/forms",
        "gatePhones": "/gate-phones",
        "gates": "/gates",
        "heating": "/heating",
        "hotline": "/hotline",
        "hotlineCase": "/hotline/$caseId",
        "hotlineClients": "/hotline/clients",
        "hotlineFile": "/hotline/file",
        "hotlineNew": "/hotline/new",
        "hotlineRates": "/hotline-rates",
        "household": "/households/$scopeId/$householdId",
        "imports": "/imports",
        "inbox": "/inbox",
        "labels": "/places/labels",
        "ledger": "/ledger",
        "messageSettings": "/me/messages",
        "meters": "/meters",
        "myGrid": "/my-grid",
        "newOrder": "/new",
        "open311": "/open311",
        "order": "/orders/$scopeId/$orderId",
        "organisation": "/organisation",
        "overview": "/overview",
        "passes": "/passes",
        "patrols": "/patrols",
        "payments": "/payments",
        "people": "/people",
        "phone": "/phone",
        "places": "/places",
        "prevention": "/prevention",
        "preventionProject": "/prevention/$scopeId/$projectId",
        "print": "/print",
        "report": "/report",
        "reports": "/reports",
        "roster": "/roster",
        "rosterFile": "/roster/file",
        "rules": "/rules",
        "savedReport": "/reports/$reportId",
        "signIn": "/sign-in",
        "takeovers": "/takeovers",
        "wall": "/wall",
      }
    `);
    expect([
      href(url.signIn({ next: '/desk/report?by=month' })),
      href(url.desk()),
      href(url.desk({ queue: 'late', scope: 's1', late: true, q: '184' })),
      href(url.order('s1', 'o/1')),
      href(url.newOrder()),
      href(url.report({ by: 'month', from: '2026-10-01' })),
      href(url.places({ scope: 's1', tab: 'staff' })),
      href(url.inbox()),
    ]).toMatchInlineSnapshot(`
      [
        "/desk/sign-in?next=%2Fdesk%2Freport%3Fby%3Dmonth",
        "/desk/",
        "/desk/?queue=late&scope=s1&late=true&q=184",
        "/desk/orders/s1/o%2F1",
        "/desk/new",
        "/desk/report?by=month&from=2026-10-01",
        "/desk/places?scope=s1&tab=staff",
        "/desk/inbox",
      ]
    `);
  });

  it('reads back what it wrote', () => {
    const search = {
      queue: 'late',
      status: 'assigned,paused',
      late: true,
      from: '2026-11-01',
      q: '0017',
    } as const;
    expect(readSearch.desk(parseSearch(stringifySearch(search)))).toEqual(search);
  });

  it('tells late, not late and both apart', () => {
    expect([{ late: 'true' }, { late: 'false' }, {}].map((raw) => readSearch.desk(raw).late)).toEqual([
      true,
      false,
      undefined,
    ]);
  });

  it('drops what it does not understand', () => {
    expect(readSearch.desk({ queue: 'drop table', sort: '1', late: 'no', from: '1/2/3', q: '' })).toEqual({});
    expect(readSearch.report({ by: 'everything', to: '2026-13' })).toEqual({});
  });

  it('never leaves the site after sign-in', () => {
    for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)'])
      expect(readSearch.signIn({ next })).toEqual({});
    expect(readSearch.signIn({ next: '/desk/?queue=late' })).toEqual({ next: '/desk/?queue=late' });
  });
});
