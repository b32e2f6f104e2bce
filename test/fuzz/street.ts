import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { modules } from '../../apps/server/src/main.ts';
import { readBacklog } from '../../apps/server/src/platform/events/backlog.ts';
import { startDispatcher } from '../../apps/server/src/platform/events/dispatcher.ts';
import { openWorkerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { startTestServer } from '../server.ts';
import { type Document, type Operation, operationsOf } from './operations.ts';
import { markNeighbours, type Neighbours } from './neighbours.ts';
import type { Somebody } from './run.ts';
import { plantTwin, type Twin } from './twin.ts';

/** The demonstration street with everybody in it signed in, and its twin in another city. */
export interface FuzzedStreet {
  readonly url: string;
  readonly operations: readonly Operation[];
  readonly people: readonly Somebody[];
  readonly twin: Twin;
  readonly neighbours: Neighbours;
  /** When every event has been told: what was laid aside because a consumer could not take it. */
  deadLetters(): Promise<readonly string[]>;
  close(): Promise<void>;
}

interface Persona {
  readonly persona_id: string;
  readonly account_id: string;
  readonly scope_id: string;
  readonly membership_id: string;
}

const nobody = (): Somebody => ({ role: 'nobody', cookie: '', csrf: '', signIn: async () => {} });

/** A session as signing in leaves it: signing in itself is fuzzed like the rest, and limited. */
function somebody(pool: pg.Pool, persona: Persona): Somebody {
  return {
    role: persona.persona_id,
    cookie: '',
    csrf: '',
    async signIn() {
      const [secret, csrf] = [randomUUID() + randomUUID(), randomUUID()];
      const hash = createHash('sha256').update(secret).digest();
      await pool.query(
        `insert into identity.session (session_hash, account_id, scope_id, membership_id, csrf_token, created_at, last_seen_at, expires_at)
         values ($1, $2, $3, $4, $5, now(), now(), now() + interval '30 days')`,
        [hash, persona.account_id, persona.scope_id, persona.membership_id, csrf],
      );
      this.cookie = `gz_session=${secret}`;
      this.csrf = csrf;
    },
  };
}

export async function aFuzzedStreet(): Promise<FuzzedStreet> {
  const server = await startTestServer({ roles: 'api' });
  const admin = new pg.Client({ connectionString: server.database.adminUrl });
  const app = new pg.Client({ connectionString: server.database.appUrl });
  await Promise.all([admin.connect(), app.connect()]);
  const twin = await plantTwin(admin, app);
  const neighbours = await markNeighbours(admin);
  await Promise.all([admin.end(), app.end()]);
  const pool = new pg.Pool({ connectionString: server.database.adminUrl, max: 2 });
  const worker = openWorkerDatabase({
    url: server.database.appUrl,
    poolSize: 3,
    applicationName: 'fuzz worker',
    onIdleError: () => {},
  });
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const consumers = modules.flatMap((module) => module.consumers ?? []);
  const { house } = server;
  const dispatcher = startDispatcher({ worker, consumers, house, clock: house.clock, log: quiet });
  const { rows: personas } = await pool.query<Persona>(
    'select persona_id, account_id, scope_id, membership_id from identity.persona order by persona_id',
  );
  const people = [nobody(), ...personas.map((persona) => somebody(pool, persona))];
  for (const person of people) await person.signIn();
  return {
    url: server.url,
    operations: operationsOf(server.app.swagger() as unknown as Document),
    people,
    twin,
    neighbours,
    async deadLetters() {
      dispatcher.nudge();
      for (;;) {
        const lines = await readBacklog(worker);
        if (lines.every(({ behind }) => behind === 0))
          return lines.filter(({ deadLetters }) => deadLetters > 0).map(({ name }) => name);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async close() {
      await dispatcher.stop();
      await worker.close();
      await pool.end();
      await server.close();
    },
  };
}
