import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import pg from 'pg';
import { buildWeb } from '../scripts/build-web.ts';
import { openDemonstrationProviders } from '../simulator/src/providers/demonstration.ts';
import type { Providers } from '../simulator/src/providers/open.ts';
import { startTestServer, type TestServer, type TestServerOptions } from '../test/server.ts';
import { encryptedEnv } from '../apps/server/src/modules/wechat/fixtures.ts';
import { launch, type Look, newContext, type Screen, watch } from './browser.ts';
import { says } from './words.ts';

/** The real server with a small street of its own, the web apps as they are built, and a real browser. */
export interface Product {
  readonly server: TestServer;
  readonly browser: Browser;
  /** Where people pay: on this machine, and no money moves. */
  readonly cashiers: Providers;
  /** A new browser with one watched page. */
  open(screen: Screen, look?: Look): Promise<Page>;
  /** The same, signed in through the sign-in page. */
  enter(persona: string, screen: Screen, look?: Look): Promise<Page>;
  /** Looks behind the wall, as the database's owner. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Ways to tell people things, so that the pages about them have something to show. Nothing is listening there. */
export const providers = {
  GONGZHI_SMS_URL: 'http://127.0.0.1:9/sms',
  GONGZHI_SMS_SECRET: 'a gateway secret of 32 characters',
  GONGZHI_SMS_SIGNATURE: 'GZ',
  GONGZHI_MAIL_URL: 'smtp://127.0.0.1:9',
  GONGZHI_MAIL_FROM: 'no-reply@city.example',
  GONGZHI_WORK_CHAT_HOSTS: 'oapi.dingtalk.com',
  ...encryptedEnv,
  GONGZHI_WECHAT_URL: 'http://127.0.0.1:9',
  // The demonstration's own pages are opened by this machine's name; only links that leave bear this one.
  GONGZHI_PUBLIC_URL: 'http://gongzhi.example',
};

export async function startProduct(options: TestServerOptions = {}): Promise<Product> {
  await buildWeb();
  const folder = mkdtempSync(join(tmpdir(), 'gongzhi-cashiers-'));
  const cashiers = await openDemonstrationProviders(folder);
  const env = { GONGZHI_PAYMENTS: cashiers.file, ...options.env };
  const server = await startTestServer({ ...options, env });
  const browser = await launch();
  const contexts: BrowserContext[] = [];

  const open = async (screen: Screen, look: Look = {}): Promise<Page> => {
    const context = await newContext(browser, screen, server.url, look);
    contexts.push(context);
    const page = await context.newPage();
    watch(page);
    return page;
  };

  return {
    server,
    browser,
    cashiers,
    open,
    async enter(persona, screen, look) {
      const page = await open(screen, look);
      await enterAs(page, persona, screen);
      return page;
    },
    async sql<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
      const client = new pg.Client({ connectionString: server.database.adminUrl });
      await client.connect();
      try {
        return (await client.query<Row>(text, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    async close() {
      await browser.close();
      await server.close();
      await cashiers.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Through the door of the demonstration's sign-in page; ends on the page where that person's day begins. */
async function enterAs(page: Page, persona: string, screen: Screen): Promise<void> {
  const answer = await page.request.get('/api/v1/auth/options');
  const { personas } = (await answer.json()) as { personas: { id: string; name: string; home: string }[] };
  const found = personas.find(({ id }) => id === persona);
  if (found === undefined) throw new Error(`no persona is called ${persona}`);
  await page.goto(screen === 'phone' ? '/m/sign-in' : '/desk/sign-in');
  await page.getByRole('button', { name: found.name }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  const hasCome =
    found.home === '/m/'
      ? page.getByRole('navigation', { name: says('mobile.tab.all') })
      : page.getByRole('navigation', { name: says('console.nav') });
  await hasCome.or(page.getByRole('navigation')).first().waitFor();
}
