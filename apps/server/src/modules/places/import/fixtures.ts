import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Answer, Json } from '../../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../../test/world.ts';
import { aSheet } from '../../../platform/imports/fixtures.ts';
import { doNextImport } from './background.ts';
import type { ImportTools } from './carry-out.ts';
import type { ImportKind } from './domain-import.ts';

/** Whoever is signed in, as a test world knows them. */
type Sender = World['people']['company'];

export const quiet = { info: () => {}, warn: () => {}, error: () => {} };

export const buildingRows = [
  ['楼号', '层数', '单元', '纬度', '经度'],
  ['3号楼', 6, '1单元'],
  ['3号楼', 6, '2单元'],
  ['5号楼', 18, '', 35.9021, 121.1034],
];
export const homeRows = [
  ['楼', '单元', '房号', '建筑面积', '楼层'],
  ['3号楼', '1单元', '0301', 89.5, ''],
  ['3', '2', '0402', '76.25', 4],
  ['5号楼', '', '1204', 101, ''],
];
export const peopleRows = [
  ['楼号', '单元', '房号', '姓名', '手机号', '关系', '开始日期', '结束日期'],
  ['3号楼', '1单元', '0301', '王秀英', 13800138000, '业主', '2010年5月1日', ''],
  ['3号楼', '1单元', '0301', '王小明', '', '家人', '2010/5/1', ''],
  [
    '5号楼',
    '',
    '1204',
    'Anna Li',
    '+86 139-0013-9000',
    'tenant',
    new Date('2024-02-29T00:00:00Z'),
    '2026-12-31',
  ],
];

export interface Importing {
  readonly world: World;
  readonly tools: ImportTools;
  send(who: Sender, kind: ImportKind, scopeId: string, file: Buffer): Promise<Answer>;
  look(who: Sender, job: Json): Promise<Json>;
  start(who: Sender, job: Json, skipRejected?: boolean): Promise<Answer>;
  faultsOf(who: Sender, job: Json): Promise<Json[]>;
  /** Whatever waits, one after another. */
  work(): Promise<boolean>;
  /** Sent and checked. */
  checked(who: Sender, kind: ImportKind, scopeId: string, file: Buffer): Promise<Json>;
  /** Sent, found right, and brought in. */
  imported(who: Sender, kind: ImportKind, scopeId: string, file: Buffer): Promise<Json>;
  /** A compound of its own in the near quarter, so that tests do not meet. */
  aCompound(): Promise<string>;
  /** One with the buildings and homes of the rows above. */
  aFurnishedCompound(): Promise<string>;
}

export async function anImportingWorld(): Promise<Importing> {
  const world = await aWorld();
  const { db, crypto, clock } = world.server.house;
  const tools: ImportTools = { db, crypto, clock, worker: world.worker };
  const importing: Importing = {
    world,
    tools,
    send: (who, kind, scopeId, file) =>
      who.client.post(`/places/imports?scopeId=${scopeId}&kind=${kind}&name=list.xlsx`, file, {
        'content-type': 'application/octet-stream',
      }),
    look: async (who, job) => (await who.client.get(`/places/imports/${job.id}?scopeId=${job.scopeId}`)).body,
    start: (who, job, skipRejected = false) =>
      who.client.post(`/places/imports/${job.id}/start?scopeId=${job.scopeId}`, { skipRejected }),
    faultsOf: async (who, job) =>
      (await who.client.get(`/places/imports/${job.id}/faults?scopeId=${job.scopeId}`)).body.items,
    work: () => doNextImport(tools, quiet),
    async checked(who, kind, scopeId, file) {
      const sent = await importing.send(who, kind, scopeId, file);
      expect(sent.status).toBe(201);
      expect(sent.body).toMatchObject({ state: 'waiting', kind });
      expect(await importing.work()).toBe(true);
      return importing.look(who, sent.body);
    },
    async imported(who, kind, scopeId, file) {
      const job = await importing.checked(who, kind, scopeId, file);
      expect([await importing.faultsOf(who, job), job.state]).toEqual([[], 'checked']);
      expect((await importing.start(who, job)).body.state).toBe('queued');
      expect(await importing.work()).toBe(true);
      return importing.look(who, job);
    },
    async aCompound() {
      const { near, city } = world;
      const id = randomUUID();
      await world.ask(
        `insert into places.scope (scope_id, kind, name, city_id, street_id, community_id, company_id, department_id, time_zone, created_at)
         values ($1, 'compound', $2, $3, $4, $5, $6, $7, 'Asia/Shanghai', now())`,
        [id, `小区${id.slice(0, 4)}`, city, near.street, near.community, near.company, near.department],
      );
      // Sessions are remembered for two seconds, and this clock stands: whoever serves it now reaches it at once.
      for (const { accountId } of Object.values(world.people)) world.server.house.sessions.forget(accountId);
      return id;
    },
    async aFurnishedCompound() {
      const compound = await importing.aCompound();
      await importing.imported(world.people.company, 'buildings', compound, await aSheet(buildingRows));
      await importing.imported(world.people.company, 'households', compound, await aSheet(homeRows));
      return compound;
    },
  };
  return importing;
}
