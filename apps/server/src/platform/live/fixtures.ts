import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openCrypto } from '../crypto/crypto.ts';
import type { Actor } from '../db/actor.ts';
import { type GroundFloor, openGroundFloor } from '../events/fixtures.ts';
import { openFolderStore } from '../files/store.ts';
import type { House } from '../house.ts';
import { type App, apiPrefix, buildApp } from '../http/app.ts';
import { sealCursors } from '../http/cursors.ts';
import { ErrorRegistry, platformErrors } from '../http/problem.ts';
import type { Role } from '../permissions/permissions.ts';
import { type Acting, hashSecret, newSecret, sessionCookie, Sessions } from '../sessions/sessions.ts';
import { openLive, type LiveOptions } from './live.ts';

export interface SignedIn {
  readonly acting: Acting;
  /** Cookie and CSRF token, as a browser would send them. */
  readonly headers: Record<string, string>;
  signOut(): void;
}

/** The ground floor behind its real HTTP, with sessions that live as long as the test. */
export interface HttpFloor extends GroundFloor {
  readonly house: House;
  readonly app: App;
  readonly dataDir: string;
  signIn(actor: Actor, role?: Role): SignedIn;
}

export async function openHttpFloor(
  register: (app: App, house: House) => void | Promise<void>,
  liveOptions: Partial<LiveOptions> = {},
): Promise<HttpFloor> {
  const floor = await openGroundFloor();
  const dataDir = await mkdtemp(join(tmpdir(), 'gongzhi-platform-'));
  const signedIn = new Map<string, Acting>();
  const sessions = new Sessions({ resolve: async (hash) => signedIn.get(hash.toString('hex')) ?? null });
  const live = openLive({ ...floor, sessions, visibility: {}, pollMilliseconds: 40, ...liveOptions });
  const files = await openFolderStore(dataDir);
  const crypto = await openCrypto(dataDir, { mode: 'demo' });
  const house = { ...floor.house, crypto, sessions, live, files } as House;
  const errors = new ErrorRegistry();
  errors.add(platformErrors);
  const logger = pino({ level: 'silent' });
  const app = await buildApp({
    logger,
    clock: floor.clock,
    sessions,
    errors,
    isSecure: false,
    publicUrl: null,
  });
  sealCursors(app, crypto);
  await app.register(
    async (room) => {
      await register(room as unknown as App, house);
    },
    { prefix: apiPrefix },
  );
  return {
    ...floor,
    house,
    app,
    dataDir,
    signIn(actor, role = actor.kind === 'resident' ? 'resident' : 'desk') {
      const secret = newSecret();
      const csrfToken = newSecret();
      const key = hashSecret(secret).toString('hex');
      const acting: Acting = {
        sessionHash: hashSecret(secret),
        csrfToken,
        accountId: actor.accountId ?? randomUUID(),
        displayName: 'Somebody',
        membershipId: actor.membershipId ?? randomUUID(),
        role,
        homeScopeId: actor.scopeIds[0] ?? randomUUID(),
        actor,
        onBehalf: null,
        expiresAt: new Date('2100-01-01T00:00:00Z'),
      };
      signedIn.set(key, acting);
      return {
        acting,
        headers: { cookie: `${sessionCookie}=${secret}`, 'x-csrf-token': csrfToken },
        signOut: () => {
          signedIn.delete(key);
          sessions.forget(acting.accountId);
        },
      };
    },
    close: async () => {
      await app.close();
      await floor.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
