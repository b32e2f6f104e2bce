// `npm run screenshots -- --city FOLDER`: pictures of the running product with a simulated city in its data folder.
import pg from 'pg';
import { loadConfig } from '../apps/server/src/config.ts';
import { startServer } from '../apps/server/src/main.ts';
import { migrate } from '../apps/server/src/platform/db/migrate.ts';
import { buildWeb } from '../scripts/build-web.ts';
import { type Cluster, runningPostgres, startPostgres } from '../scripts/postgres.ts';
import { cityLogins } from '../simulator/src/city/logins.ts';
import { readState } from '../simulator/src/city/state.ts';
import { Client, type Json } from '../test/server.ts';
import { launch, newContext, type Screen, watch } from './browser.ts';
import { keepPicture } from './picture.ts';

interface CityScene {
  readonly name: string;
  readonly role: string;
  readonly screen: Screen;
  readonly path: string;
}

const scenes: readonly CityScene[] = [
  { name: 'city-overview', role: 'city', screen: 'desktop', path: '/desk/overview' },
  { name: 'city-overview-street', role: 'street', screen: 'desktop', path: '/desk/overview' },
  { name: 'city-wall-16-9', role: 'city', screen: 'wall', path: '/desk/wall' },
  { name: 'city-wall-32-9', role: 'city', screen: 'wideWall', path: '/desk/wall' },
];

/** Beginning with this: taken with a city, and not by `npm run screenshots` alone. */
export const cityPrefix = 'city-';

export async function takeCity(dataDir: string, chosen: readonly string[]): Promise<void> {
  await buildWeb();
  const running = runningPostgres(dataDir);
  const started = running === undefined ? await startPostgres({ dataDir }) : null;
  const cluster = running ?? (started as Cluster);
  try {
    await migrate(cluster.url('admin'), { appPassword: cluster.secrets.app });
    const phones = await phonesOf(cluster.url('admin'));
    const env = { GONGZHI_EMBEDDED: '1', GONGZHI_DATA: dataDir, PORT: '0', GONGZHI_LOG: 'error' };
    const server = await startServer(loadConfig({ ...env, DATABASE_URL: cluster.url('app') }, dataDir));
    try {
      const browser = await launch();
      try {
        const clients = new Map<string, Client>();
        for (const scene of scenes.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
          const context = await newContext(browser, scene.screen, server.url);
          const page = await context.newPage();
          const complaints = watch(page);
          const client = clients.get(scene.role) ?? (await signIn(server.url, phones, scene.role));
          clients.set(scene.role, client);
          const [name = '', value = ''] = client.cookie.split(/=(.*)/s);
          await context.addCookies([{ name, value, url: server.url }]);
          await page.goto(scene.path);
          await keepPicture(page, scene.name);
          for (const line of complaints) process.stdout.write(`  ${line}\n`);
          await context.close();
        }
      } finally {
        await browser.close();
      }
    } finally {
      await server.close();
    }
  } finally {
    await started?.stop();
  }
}

/** With whose phone one signs in, by role. */
async function phonesOf(adminUrl: string): Promise<ReadonlyMap<string, string>> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const state = await readState(client);
  await client.end();
  if (state?.isWhole !== true) throw new Error('There is no whole city in that folder.');
  return new Map(cityLogins(state.settings).map(({ role, phone }) => [role, phone]));
}

async function signIn(url: string, phones: ReadonlyMap<string, string>, role: string): Promise<Client> {
  const client = new Client(url);
  const phone = phones.get(role);
  const sent = await client.post('/auth/codes', { phone });
  const answer = await client.post('/auth/sessions', { phone, code: (sent.body as Json).demoCode });
  if (answer.status !== 201) throw new Error(`nobody is ${role}: ${JSON.stringify(answer.body)}`);
  client.keep(answer);
  return client;
}
