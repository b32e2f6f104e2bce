import { join } from 'node:path';
import { CHINA } from '@gongzhi/kernel';
import { pino } from 'pino';
import { type Config, ConfigError } from './config.ts';
import {
  identity,
  assertNoDemonstrationAccounts,
  createSessionStore,
  recipientsOf,
} from './modules/identity/index.ts';
import { access, readShiftsFrom } from './modules/access/index.ts';
import { billing } from './modules/billing/index.ts';
import { dispatch, shiftsOf } from './modules/dispatch/index.ts';
import { accessScope, places, wallOf } from './modules/places/index.ts';
import { forms } from './modules/forms/index.ts';
import { heating } from './modules/heating/index.ts';
import { hotline } from './modules/hotline/index.ts';
import { ledger } from './modules/ledger/index.ts';
import { metering } from './modules/metering/index.ts';
import { open311 } from './modules/open311/index.ts';
import { overview } from './modules/overview/index.ts';
import { prevention } from './modules/prevention/index.ts';
import { reports } from './modules/reports/index.ts';
import { payments } from './modules/payments/index.ts';
import { patrol } from './modules/patrol/index.ts';
import { sensing } from './modules/sensing/index.ts';
import { telephony } from './modules/telephony/index.ts';
import { wechat } from './modules/wechat/index.ts';
import { workOrders } from './modules/work-orders/index.ts';
import { systemClock, type Clock } from './platform/clock/clock.ts';
import { countBuffersWithHeap } from './platform/collector.ts';
import { openCrypto } from './platform/crypto/crypto.ts';
import { isSpreadOut, openDatabase, openWorkerDatabase } from './platform/db/database.ts';
import { groundFloorSweeps } from './platform/due/ground-floor.ts';
import { startDue } from './platform/due/due.ts';
import { readBacklog } from './platform/events/backlog.ts';
import { startDispatcher } from './platform/events/dispatcher.ts';
import { Asking } from './platform/exports/asking.ts';
import { exportRoutes } from './platform/exports/routes.ts';
import { deliveryExports } from './platform/notify/exports.ts';
import { fileRoutes } from './platform/files/routes.ts';
import { openFolderStore } from './platform/files/store.ts';
import { openS3Store } from './platform/files/store-s3.ts';
import { type App, apiPrefix, buildApp } from './platform/http/app.ts';
import { sealCursors } from './platform/http/cursors.ts';
import { registerOpenapi } from './platform/http/openapi.ts';
import { registerOperations } from './platform/http/operations.ts';
import { ErrorRegistry, platformErrors } from './platform/http/problem.ts';
import { registerWeb } from './platform/http/static.ts';
import type { House, Module } from './platform/house.ts';
import { openLive, type Visibility } from './platform/live/live.ts';
import { liveRoutes } from './platform/live/routes.ts';
import { openDevices } from './platform/mqtt/open.ts';
import { deliverySweeps } from './platform/notify/deliver.ts';
import { openChannels } from './platform/notify/open-channels.ts';
import { receiptSweep, unconfirmedSweep } from './platform/notify/receipts.ts';
import { deliveryRoutes } from './platform/notify/routes-deliveries.ts';
import { openPayments } from './platform/pay/open-providers.ts';
import { messageSettingsRoutes } from './platform/notify/routes-settings.ts';
import type { MessageKinds } from './platform/notify/messages.ts';
import { inboxRoutes } from './platform/notify/routes.ts';
import { searchRoutes } from './platform/search/routes.ts';
import { Sessions } from './platform/sessions/sessions.ts';
import { openSettings } from './platform/settings/settings.ts';

/** Composition only: which modules there are, and how they are wired to the ground floor. */
export const modules: readonly Module[] = [
  places,
  identity,
  workOrders,
  dispatch,
  heating,
  hotline,
  open311,
  sensing,
  prevention,
  forms,
  telephony,
  patrol,
  wechat,
  access,
  ledger,
  billing,
  metering,
  payments,
  overview,
  reports,
];

readShiftsFrom(shiftsOf);

/** What every module says of its templates. */
export const messageKinds: MessageKinds = Object.assign(
  {},
  ...modules.map((module) => module.messages ?? {}),
);

export interface RunningServer {
  readonly url: string;
  readonly app: App;
  readonly house: House;
  /** Where devices speak MQTT; null where they do not, or not in this process. */
  readonly mqttUrl: string | null;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Tests and simulations bring a clock of their own. */
  readonly clock?: Clock;
  readonly appsFolder?: string;
}

export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  countBuffersWithHeap();
  for (const module of modules) module.forget?.();
  const clock = options.clock ?? systemClock;
  const log = pino({
    level: config.logLevel,
    base: { mode: config.mode },
    timestamp: pino.stdTimeFunctions.isoTime,
    // A statement's values and a request's headers may name people; neither is ever written.
    serializers: {
      err: (error: Error & { code?: string }) => ({
        type: error.name,
        message: error.message,
        code: error.code,
        stack: error.stack,
      }),
    },
  });
  const onIdleError = (error: Error) => log.warn({ message: error.message }, 'database connection lost');
  const db = openDatabase({
    url: config.databaseUrl,
    poolSize: config.poolSize,
    applicationName: 'gongzhi api',
    onIdleError,
  });
  const stops: (() => void | Promise<void>)[] = [() => db.close()];
  const stopAll = async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  };
  try {
    if (config.mode === 'production') await assertNoDemonstrationAccounts(db);
    const worker = openWorkerDatabase({
      url: config.databaseUrl,
      // One for each lane of deadlines and two more for months posted side by side, the rest for the consumers of events.
      poolSize: 10,
      applicationName: 'gongzhi worker',
      onIdleError,
      isSpread: config.mode === 'production' && (await isSpreadOut(db)),
    });
    stops.push(() => worker.close());
    const crypto = await openCrypto(config.dataDir, {
      mode: config.mode,
      keyFile: process.env['GONGZHI_KEYS'],
    });
    const sessions = new Sessions(createSessionStore(db));
    const visibility: Record<string, Visibility> = Object.assign(
      {},
      ...modules.map((module) => module.visibility ?? {}),
    );
    const live = openLive({ db, worker, sessions, clock, log, visibility });
    stops.push(() => live.stop());
    const house: House = {
      config,
      clock,
      db,
      crypto,
      settings: openSettings(),
      files:
        config.fileBucket === null
          ? await openFolderStore(config.dataDir)
          : await openS3Store(config.fileBucket),
      sessions,
      live,
      channels: openChannels(config, clock, log),
      payments: openPayments(config.payments, clock),
      lists: [...deliveryExports, ...modules.flatMap((module) => module.exports ?? [])],
      asking: new Asking(sessions, apiPrefix),
      log,
    };

    if (config.roles.has('worker')) {
      const consumers = modules.flatMap((module) => module.consumers ?? []);
      const dispatcher = startDispatcher({ worker, consumers, house, clock, log });
      stops.push(() => dispatcher.stop());
      const sweeps = [
        ...modules.flatMap((module) => module.due ?? []),
        ...groundFloorSweeps({ consumers: consumers.map((consumer) => consumer.name) }),
        ...deliverySweeps({
          worker,
          channels: house.channels,
          kinds: messageKinds,
          recipients: {
            of: recipientsOf(crypto),
            timeZoneOf: async (q, scopeId) => (await wallOf(q, scopeId))?.timeZone ?? CHINA,
          },
          crypto,
          publicUrl: config.publicUrl,
          log,
        }),
        receiptSweep,
        unconfirmedSweep,
      ];
      const due = startDue({ worker, sweeps, house, clock, log });
      stops.push(() => due.stop());
      for (const module of modules) {
        const work = module.start?.(house, worker);
        if (work !== undefined) stops.push(() => work.stop());
      }
    }

    let mqttUrl: string | null = null;
    if (config.roles.has('devices')) {
      const listening = await openDevices(
        house,
        worker,
        modules.flatMap((module) => module.devices ?? []),
      );
      stops.push(() => listening.stop());
      mqttUrl = listening.url;
    }

    const errors = new ErrorRegistry();
    errors.add(platformErrors);
    for (const module of modules) errors.add(module.errors, module.constraints);
    const build = async () => {
      const built = await buildApp({
        logger: log,
        clock,
        sessions,
        errors,
        isSecure: config.isSecure,
        publicUrl: config.publicUrl,
        proxies: config.proxies,
        isLocalOnly: config.mode === 'demo',
      });
      sealCursors(built, crypto);
      return built;
    };
    const app = await build();
    await registerOpenapi(app);
    registerOperations(app, {
      db,
      metricsToken: config.metricsToken,
      gauges: {
        live_connections: () => live.count(),
        events_waiting: async () => (await readBacklog(worker)).reduce((sum, line) => sum + line.behind, 0),
      },
    });
    if (config.roles.has('api')) {
      await registerApi(app, house, visibility);
      house.asking.answeredBy(app);
      for (const module of modules)
        await app.register(async (room) => module.rootRoutes?.(room as App, house));
      await registerWeb(app, options.appsFolder ?? join(import.meta.dirname, '..', '..'));
    } else {
      // A worker answers nobody else: it asks what reports are made of at addresses that nothing listens on.
      const inner = await build();
      await registerApi(inner, house, visibility);
      await inner.ready();
      stops.push(() => inner.close());
      house.asking.answeredBy(inner);
    }
    stops.push(() => app.close());
    const url = await listen(app, config);
    return { url, app, house, mqttUrl, close: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

async function registerApi(
  app: App,
  house: House,
  visibility: Readonly<Record<string, Visibility>>,
): Promise<void> {
  await app.register(
    async (room) => {
      const api = room as App;
      await fileRoutes(api, house, { visibility, reachOf: accessScope });
      liveRoutes(api, house);
      inboxRoutes(api, house);
      messageSettingsRoutes(api, house);
      deliveryRoutes(api, house, { reachOf: accessScope });
      exportRoutes(api, house, { placeOf: accessScope });
      searchRoutes(
        api,
        house,
        modules.flatMap((module) => module.searchers ?? []),
      );
      for (const module of modules) await module.routes?.(api, house);
    },
    { prefix: apiPrefix },
  );
}

async function listen(app: App, { host, port }: Config): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new ConfigError(`Port ${port} on ${host} is already in use: choose another with PORT.`);
    throw error;
  }
}
