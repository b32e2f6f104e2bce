import { Client, type Json } from '../test/server.ts';

/** Two gates of the demonstration's compound, and phones for them; made once, by its own people. */

async function entered(origin: string, persona: string): Promise<Client> {
  const client = new Client(origin);
  client.keep(await client.post('/auth/sessions', { personaId: persona }));
  return client;
}

export interface SomeGates {
  readonly scopeId: string;
  readonly north: string;
  readonly south: string;
}

export const GATES = { N: '北门', S: '南门' } as const;

export async function someGates(origin: string): Promise<SomeGates> {
  const [manager, resident] = [await entered(origin, 'manager'), await entered(origin, 'resident')];
  const { scopeId } = (await resident.get('/me')).body.acting.households[0];
  const known = async (): Promise<Json[]> =>
    (await manager.get(`/access/gates?scopeId=${scopeId}`)).body.items;
  const before = await known();
  for (const [code, name] of Object.entries(GATES)) {
    if (before.some((gate) => gate.code === code)) continue;
    const facts = { code, name, kind: 'both', direction: 'both', buildingId: null, hours: [] };
    const answer = await manager.post('/access/gates', { scopeId, ...facts });
    if (answer.status !== 201) throw new Error(`the gate answered ${answer.status}`);
  }
  const gates = await known();
  const idOf = (code: string): string => gates.find((gate) => gate.code === code).id;
  return { scopeId, north: idOf('N'), south: idOf('S') };
}

/** Eight digits that the manager was given for a new phone. */
export async function pairingCode(origin: string, gateId: string): Promise<string> {
  const { scopeId } = await someGates(origin);
  const manager = await entered(origin, 'manager');
  const answer = await manager.post(`/access/gates/${gateId}/guard-phones`, { scopeId, label: '早班手机' });
  if (answer.status !== 201) throw new Error(`the phone answered ${answer.status}`);
  return answer.body.code;
}
