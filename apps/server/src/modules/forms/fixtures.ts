import { uuidv7 } from '@gongzhi/kernel';
import type { Json } from '../../../../../test/server.ts';
import type { World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { tellFillers } from './due.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

export const known = (key: string): Json => ({ kind: 'known', key });
export const asks = (label: string, more: Json = {}): Json => ({
  kind: 'question',
  label,
  type: 'yes_no',
  options: [],
  isRequired: true,
  validMonths: 12,
  ...more,
});

/** A form about every home; ids stay in the order of their making. */
let made = 0;
export const nextId = (): string => uuidv7(Date.parse('2026-11-23T02:00:00Z') + made++);

export const aForm = (more: Json = {}): Json => ({
  expectedVersion: 0,
  revisesId: null,
  title: '养犬登记表',
  authority: '近街道办事处',
  documentNo: '近街发〔2026〕12号',
  subject: 'home',
  periodFrom: '2026-11-01',
  periodTo: '2026-11-30',
  dueOn: '2026-12-10',
  columns: [known('home.label'), known('home.owner'), known('home.area'), asks('是否养犬')],
  ...more,
});

export const trySave = (who: Somebody, form: Json, id: string = nextId()) =>
  who.client.send('PUT', `/forms/${id}`, form);

export const command = (who: Somebody, id: string, body: Json, headers: Record<string, string> = {}) =>
  who.client.post(`/forms/${id}/commands`, body, headers);

/** Drafted and laid before every place of the office; its id. */
export async function publishes(who: Somebody, more: Json = {}): Promise<string> {
  const id = nextId();
  const draft = await trySave(who, aForm(more), id);
  if (draft.status !== 200) throw new Error(`${draft.status} ${JSON.stringify(draft.body)}`);
  const done = await command(who, id, { action: 'publish', expectedVersion: draft.body.version });
  if (done.status !== 200) throw new Error(`${done.status} ${JSON.stringify(done.body)}`);
  return id;
}

export const at = (formId: string, scopeId: string, part = ''): string =>
  `/forms/tasks/${formId}${part}?scopeId=${scopeId}`;

/** Whoever waits to hear of a form does; how many tasks were told of. */
export async function tells(world: World): Promise<number> {
  const { worker, clock } = world;
  const { house } = world.server;
  const done = await runDueOnce({ worker, sweeps: [tellFillers], house, clock, log: quiet });
  return done[tellFillers.name] ?? 0;
}

export const detail = async (who: Somebody, id: string, scopeId: string): Promise<Json> =>
  expectStatus(await who.client.get(at(id, scopeId)), 200);
export const rows = async (who: Somebody, id: string, scopeId: string): Promise<Json[]> =>
  expectStatus(await who.client.get(at(id, scopeId, '/rows')), 200).items;
/** Where nothing stands, unless they say what they saw there. */
export const answers = (who: Somebody, id: string, scopeId: string, body: Json[], isCorrection = false) =>
  who.client.send('PUT', at(id, scopeId, '/answers'), {
    answers: body.map((one) => ({ replaces: null, ...one })),
    isCorrection,
  });
export const submits = (who: Somebody, id: string, scopeId: string, expectedVersion: number) =>
  who.client.post(at(id, scopeId, '/submission'), { expectedVersion });
export const decides = (who: Somebody, id: string, scopeId: string, body: Json) =>
  who.client.post(at(id, scopeId, '/decision'), body);
/** Whatever is still asked is answered the same; questions stand last. */
export async function answersAll(
  world: World,
  who: Somebody,
  id: string,
  key: string,
  value: string,
): Promise<void> {
  const { compound } = world.near;
  const open = (await rows(who, id, compound)).filter((row) => row.cells.at(-1).state === 'open');
  const given = open.map((row) => ({ subjectId: row.id, key, value }));
  expectStatus(await answers(who, id, compound, given), 200);
}

/** Whoever is signed in stays so. */
export async function passes(world: World, milliseconds: number): Promise<void> {
  world.clock.advance(milliseconds);
  await world.admin.query('update identity.session set expires_at = $1, last_seen_at = $2', [
    new Date(world.clock.now().getTime() + 30 * DAY),
    world.clock.now(),
  ]);
}
