import { createRequire } from 'node:module';
import { type Point, movedBy } from '@gongzhi/kernel';
import type { Json } from '../../../../../test/server.ts';
import type { World } from '../../../../../test/world.ts';
import { SECOND, type Somebody } from '../work-orders/fixtures.ts';

/** An Open311 client of its own: it shares no code with the server, and reads XML with somebody else's parser. */

// The strict parser that exceljs brings along; it refuses what is not well-formed.
const require = createRequire(createRequire(import.meta.url).resolve('exceljs'));
interface Sax {
  on(event: string, run: (argument: never) => void): void;
  write(text: string): { close(): void };
}
const { SaxesParser } = require('saxes') as { SaxesParser: new (options: object) => Sax };

export interface Element {
  readonly name: string;
  readonly children: Element[];
  text: string;
}

export function readXml(text: string): Element {
  const top: Element = { name: '', children: [], text: '' };
  const stack = [top];
  const parser = new SaxesParser({});
  parser.on('error', (error: Error) => {
    throw error;
  });
  parser.on('opentag', (tag: { name: string; attributes: object }) => {
    if (Object.keys(tag.attributes).length > 0) throw new Error(`${tag.name} bears attributes`);
    const element = { name: tag.name, children: [], text: '' };
    stack.at(-1)!.children.push(element);
    stack.push(element);
  });
  parser.on('closetag', () => stack.pop());
  parser.on('text', (part: string) => {
    stack.at(-1)!.text += part;
  });
  parser.write(text).close();
  return top.children[0]!;
}

/** JSON is the XML without its root: the same names in the same order, a list a list, nothing a null. */
export function assertSame(element: Element, json: Json, path = element.name): void {
  const wrong = (what: string) => {
    throw new Error(`${path}: ${what}: ${JSON.stringify(json)}`);
  };
  const { children } = element;
  if (json === null) {
    if (children.length > 0 || element.text !== '') wrong('is not empty in XML');
  } else if (Array.isArray(json)) {
    if (children.length !== json.length) wrong(`${children.length} in XML`);
    for (const [i, child] of children.entries()) {
      if (child.name !== children[0]!.name) wrong('entries differ in name');
      assertSame(child, json[i], `${path}/${child.name}[${i}]`);
    }
  } else if (typeof json === 'object') {
    const names = children.map(({ name }) => name).join();
    if (names !== Object.keys(json).join()) wrong(`has ${names} in XML`);
    for (const child of children) assertSame(child, json[child.name], `${path}/${child.name}`);
  } else if (element.text !== String(json) || children.length > 0) wrong(`is ${element.text} in XML`);
}

export interface Heard {
  readonly status: number;
  readonly type: string | null;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

export function encode(fields: Fields): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) form.append(name, one);
  return form.toString();
}

export class Hub {
  readonly #world: World;
  readonly base: string;
  constructor(world: World, base = '/open311/v2') {
    this.#world = world;
    this.base = base;
  }

  async raw(path: string, init: RequestInit = {}): Promise<Heard> {
    this.#world.clock.advance(SECOND);
    const response = await fetch(`${this.#world.url}${path}`, init);
    const text = await response.text();
    const type = response.headers.get('content-type');
    return {
      status: response.status,
      type,
      headers: response.headers,
      text,
      json: type?.includes('json') === true ? JSON.parse(text) : undefined,
    };
  }

  /** In both formats, which have to say the same; answers the JSON. */
  async get(path: string, query: Fields = {}, headers: Record<string, string> = {}): Promise<Heard> {
    const asked = (format: string) =>
      this.raw(`${this.base}/${path}.${format}?${encode(query)}`, { headers: { ...headers } });
    const [xml, json] = [await asked('xml'), await asked('json')];
    if (xml.status !== json.status) throw new Error(`${path}: ${xml.status} and ${json.status}`);
    if (xml.type !== 'text/xml; charset=utf-8' || json.type !== 'application/json; charset=utf-8')
      throw new Error(`${path}: ${xml.type} and ${json.type}`);
    if (!xml.text.startsWith('<?xml version="1.0" encoding="utf-8"?>')) throw new Error(xml.text);
    assertSame(readXml(xml.text), json.json);
    return json;
  }

  post(
    path: string,
    fields: Fields,
    { format = 'json', query = {} as Fields, headers = {} as Record<string, string> } = {},
  ): Promise<Heard> {
    return this.raw(`${this.base}/${path}.${format}?${encode(query)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...headers },
      body: encode(fields),
    });
  }

  /** An order that came in, by its id outside. */
  async reports(fields: Fields): Promise<string> {
    const answer = await this.post('requests', fields);
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    return answer.json[0].service_request_id as string;
  }

  async ids(query: Fields = {}): Promise<string[]> {
    return (await this.get('requests', query)).json.map((one: Json) => one.service_request_id);
  }
}

/** Where the near compound's gate is; 3号楼 stands 40 m to the north, 13号楼 300 m to the east. */
export const gate: Point = { latitude: 35.9, longitude: 121.1 };
export const atBuilding3 = movedBy(gate, 0, 40);
export const atBuilding13 = movedBy(gate, 300, 40);
export const fields = ({ latitude, longitude }: Point) => ({
  lat: String(latitude),
  long: String(longitude),
});

/** The two streets get codes, points and addresses; the near one publishes some matters. */
export async function anOpenStreet(world: World): Promise<{ key: string; clientId: string }> {
  const { near, far } = world;
  await world.ask(`update places.scope set code = '990102008' where scope_id = $1`, [near.street]);
  await world.ask(`update places.scope set code = '990102009' where scope_id = $1`, [far.street]);
  await world.ask(
    `update places.scope set code = '990102008001', address = '甲市近路12号', latitude = $2, longitude = $3 where scope_id = $1`,
    [near.compound, gate.latitude, gate.longitude],
  );
  for (const [number, point] of [
    ['3', atBuilding3],
    ['13', atBuilding13],
  ] as const)
    await world.ask(`update places.building set latitude = $2, longitude = $3 where building_id = $1`, [
      near.buildings[number],
      point.latitude,
      point.longitude,
    ]);
  const { street } = world.people;
  for (const code of ['building.road', 'power.light.street', 'water.roof'])
    await publishes(street, near.street, code);
  await publishes(street, near.street, 'building.manhole', { attributes: questions });
  return aClient(street, near.street, '随手拍');
}

const question = (code: string, datatype: string, more: Record<string, unknown> = {}) => ({
  code,
  isInput: true,
  datatype,
  isRequired: false,
  zh: `问${code}`,
  en: `Asks ${code}`,
  hintZh: '',
  hintEn: '',
  values: [],
  ...more,
});
const choices = [
  { key: 'big', zh: '大', en: 'Big' },
  { key: 'small', zh: '小', en: 'Small' },
];
/** One of each datatype. */
export const questions = [
  question('note', 'string', { isInput: false, zh: '请先离开', en: 'Please step away' }),
  question('size', 'singlevaluelist', { isRequired: true, values: choices }),
  question('near', 'multivaluelist', { values: choices }),
  question('count', 'number'),
  question('since', 'datetime'),
  question('more', 'text'),
  question('spot', 'string'),
];

export async function publishes(
  who: Somebody,
  scopeId: string,
  code: string,
  more: Record<string, unknown> = {},
): Promise<Json> {
  const listed = await who.client.get(`/open311/services?scopeId=${scopeId}`);
  const found = listed.body.items.find((one: Json) => one.code === code);
  const answer = await who.client.post(`/open311/services/${code}?scopeId=${scopeId}`, {
    isPublished: true,
    descriptionZh: found.descriptionZh,
    descriptionEn: found.descriptionEn,
    attributes: found.attributes,
    expectedVersion: found.version,
    ...more,
  });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

export async function aClient(
  who: Somebody,
  scopeId: string,
  name: string,
  more: Record<string, unknown> = {},
): Promise<{ key: string; clientId: string }> {
  const body = { name, mayReport: true, mayUpdate: true, perMinute: 600, ...more };
  const answer = await who.client.post(`/open311/clients?scopeId=${scopeId}`, body);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return { key: answer.body.key, clientId: answer.body.id };
}

/** A service as a street first offers it. */
export const usual = { isPublished: true, descriptionZh: '', descriptionEn: '', attributes: [] };
