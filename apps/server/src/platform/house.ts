import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config.ts';
import type { Clock } from './clock/clock.ts';
import type { Crypto } from './crypto/crypto.ts';
import type { Database, WorkerDatabase } from './db/database.ts';
import type { Channels } from './notify/adapter.ts';
import type { MessageKinds } from './notify/messages.ts';
import type { Consumer } from './events/dispatcher.ts';
import type { DueSweep } from './due/due.ts';
import type { Asking } from './exports/asking.ts';
import type { ListExport } from './exports/lists.ts';
import type { FileStore } from './files/store.ts';
import type { Settings } from './settings/settings.ts';
import type { MqttDevices } from './mqtt/rooms.ts';
import type { Live, Visibility } from './live/live.ts';
import type { Payments } from './pay/open-providers.ts';
import type { Searcher } from './search/search.ts';
import type { App } from './http/app.ts';
import type { ConstraintTable, ErrorTable } from './http/problem.ts';
import type { Sessions } from './sessions/sessions.ts';

/** The ground floor as it is handed to every module when the process is composed. */
export interface House {
  readonly config: Config;
  readonly clock: Clock;
  readonly db: Database;
  readonly crypto: Crypto;
  readonly settings: Settings;
  readonly files: FileStore;
  readonly sessions: Sessions;
  readonly live: Live;
  /** Ways to reach people beside the inbox. */
  readonly channels: Channels;
  /** Ways to take money in. */
  readonly payments: Payments;
  /** Every list that may leave as a file, of all modules. */
  readonly lists: readonly ListExport[];
  /** What somebody's pages would show them, for who is not there to look. */
  readonly asking: Asking;
  readonly log: FastifyBaseLogger;
}

/** What a module's door offers to the composition. */
export interface Module {
  readonly name: string;
  readonly errors: ErrorTable;
  /** Names of database constraints and the code a violation means. */
  readonly constraints?: ConstraintTable;
  /** Registered under /api/v1. */
  routes?(app: App, house: House): void | Promise<void>;
  /** Registered at the root, each in a room of its own: protocols of others, with their own bodies and errors. */
  rootRoutes?(app: App, house: House): void | Promise<void>;
  /** Run by the worker role: events in. */
  readonly consumers?: readonly Consumer[];
  /** Run by the worker role: deadlines. */
  readonly due?: readonly DueSweep[];
  /** The templates its notices use. */
  readonly messages?: MessageKinds;
  /** Lists that may leave as files. */
  readonly exports?: readonly ListExport[];
  /** What is found of it by the one field that looks through everything. */
  readonly searchers?: readonly Searcher[];
  /** Run by the worker role: longer work that takes its time, until it is stopped. */
  start?(house: House, worker: WorkerDatabase): { stop(): Promise<void> };
  /** Run by the devices role: its machines, and how they reach it by MQTT. */
  readonly devices?: MqttDevices;
  /**
   * Whatever the process remembers of its database beyond a request: let go when a server starts, for it may serve
   * another one (in tests several do in one process, with the same ids).
   */
  forget?(): void;
  /** Which of these objects may this actor see now? Asked again for every live event. */
  readonly visibility?: Readonly<Record<string, Visibility>>;
}

export type { WorkerDatabase };
