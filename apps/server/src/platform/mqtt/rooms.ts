import type { WorkerDatabase } from '../db/database.ts';
import type { House } from '../house.ts';

/**
 * What a module and our broker say to each other. The broker knows connections and packets, a module's room knows its
 * devices: who they are, what they may say and hear. Rooms know nothing of each other; user names tell them apart.
 */

export interface MqttMessage {
  readonly topic: string;
  readonly payload: Buffer;
  /** It would come back whenever somebody asks, however old it is. */
  readonly isRetained: boolean;
  /** A last will: said by a connection that is closed already. */
  readonly isLast: boolean;
}

export interface MqttWill {
  readonly topic: string;
  readonly payload: Buffer;
  readonly isRetained: boolean;
}

/** A device that was let in. */
export interface MqttSession {
  mayHear(topic: string): boolean;
  /** Resolves when it is on disk, and is acknowledged then and never before; rejects: the connection is put out. */
  take(message: MqttMessage): Promise<void>;
  /** It has its answer to CONNECT. */
  ready(): void;
  /** It hears a topic from now on. */
  hears?(topic: string): void;
  closed?(): void;
}

/** What a connection says of itself, before it is believed. */
export interface MqttClaim {
  /** The connection goes by this, whatever it calls itself: nobody puts another's out by using its name. */
  readonly name: string;
  /** A CONNECT is short; so long may be what comes after it. */
  readonly mostPacketBytes: number;
  isWillSound(will: MqttWill): boolean;
  /** A Problem: not who it says, or too often. Anything else: nobody can tell now. */
  enter(secret: string, line: MqttLine): Promise<MqttSession>;
}

/** To one connection. */
export interface MqttLine {
  readonly address: string;
  /** To a topic that only this device may hear. */
  tell(topic: string, payload: string | Buffer): void;
  /** It is not who it was any more. */
  putOut(reason: string): void;
}

export interface MqttRoom {
  /** Null: a user name of nobody here. */
  claim(userName: string): MqttClaim | null;
  /** Nothing more is taken; what waits is finished. */
  stop(): Promise<void>;
}

/** How a module's machines reach it by MQTT. */
export interface MqttDevices {
  /** On our own broker. */
  room(house: House, worker: WorkerDatabase): MqttRoom;
  /** On somebody else's, where devices of this kind may be believed on its word. */
  follow?(house: House, url: string): Promise<{ stop(): Promise<void> }>;
}
