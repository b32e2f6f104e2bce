import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { anOpenStreet, atBuilding3, type Element, Hub, publishes, readXml } from './fixtures.ts';

/** Every example of docs/open311.md, in the order in which they stand there, and the shape of each answer. */
const text = readFileSync(join(import.meta.dirname, '../../../../../docs/open311.md'), 'utf8');
const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, kind = '', body = '']) => ({
  kind,
  body,
}));
const examples = blocks.flatMap(({ kind, body }, i) => {
  const answer = blocks[i + 1];
  return kind === 'sh' && body.startsWith('curl') && answer !== undefined ? [{ command: body, answer }] : [];
});

/** As a shell would take it apart: quotes, variables, lines that go on. */
function wordsOf(command: string, variables: Readonly<Record<string, string>>): string[] {
  const words: string[] = [];
  for (const [whole] of command.replaceAll('\\\n', ' ').matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)) {
    const word = whole.replaceAll(/'([^']*)'|"([^"]*)"|\$(\w+)/g, (_all, plain, quoted, name) => {
      const inner = (part: string): string =>
        part.replaceAll(/\$(\w+)/g, (_match, variable: string) => known(variables, variable));
      return plain ?? (quoted === undefined ? known(variables, name) : inner(quoted));
    });
    words.push(word);
  }
  return words;
}

function known(variables: Readonly<Record<string, string>>, name: string): string {
  const value = variables[name];
  if (value === undefined) throw new Error(`the examples use $${name}, which stands nowhere`);
  return value;
}

interface Call {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

/** What curl would send for it; an option that is not understood fails the test. */
function callOf(command: string, variables: Readonly<Record<string, string>>): Call {
  const [program, ...words] = wordsOf(command, variables);
  expect(program).toBe('curl');
  let url = '';
  let method: string | undefined;
  const headers: Record<string, string> = {};
  const body: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === '-X') method = words[++i]!;
    else if (word === '-H') {
      const [name = '', value = ''] = words[++i]!.split(/:\s*/);
      headers[name] = value;
    } else if (word === '-d') body.push(words[++i]!);
    else if (word === '--data-urlencode') {
      const [name = '', ...value] = words[++i]!.split('=');
      body.push(`${name}=${encodeURIComponent(value.join('='))}`);
    } else if (word.startsWith('-')) throw new Error(`curl ${word}`);
    else url = word;
  }
  if (body.length > 0) headers['content-type'] = 'application/x-www-form-urlencoded';
  const sent = body.length === 0 ? undefined : body.join('&');
  return { url, method: method ?? (sent === undefined ? 'GET' : 'POST'), headers, body: sent };
}

/** Names and kinds of values; of a list its first entry, and null says nothing of what may stand there. */
function shapeOf(value: Json): Json {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shapeOf(part)]));
}

function namesOf({ name, children }: Element): Json {
  const isList = children.every((child) => child.name === children[0]?.name);
  return [name, ...(isList ? children.slice(0, 1) : children).map(namesOf)];
}

let world: World;
const variables: Record<string, string> = {};

beforeAll(async () => {
  world = await aWorld();
  const { key } = await anOpenStreet(world);
  const fenced = {
    code: 'fenced',
    isInput: true,
    datatype: 'singlevaluelist',
    isRequired: true,
    zh: '现场有没有围挡',
    en: 'Is the place fenced off?',
    hintZh: '没有围挡的会先派人去看守',
    hintEn: 'Where it is not, somebody is sent to stand by first',
    values: [
      { key: 'yes', zh: '有', en: 'Yes' },
      { key: 'no', zh: '没有', en: 'No' },
    ],
  };
  await publishes(world.people.street, world.near.street, 'building.manhole', { attributes: [fenced] });
  // What the reader's shell would know, here of the street that the test has.
  const stated = blocks[0]!.body.matchAll(/^(\w+)=/gm);
  expect([...stated].map(([, name]) => name)).toEqual(['BASE', 'KEY', 'LAT', 'LONG']);
  Object.assign(variables, {
    BASE: `${world.url}/open311/v2`,
    KEY: key,
    LAT: String(atBuilding3.latitude),
    LONG: String(atBuilding3.longitude),
  });
});
afterAll(() => world.close());

it('has the examples it says it has, and no other', () => {
  expect(examples).toHaveLength(8);
  expect(blocks.filter(({ kind }) => kind === 'sh')).toHaveLength(examples.length + 1);
});

it('every example is answered as it says', async () => {
  const hub = new Hub(world, '');
  for (const { command, answer } of examples) {
    const { url, method, headers, body } = callOf(command, variables);
    const path = url.replace(world.url, '');
    const heard = await hub.raw(path, { method, headers, ...(body === undefined ? {} : { body }) });
    if (answer.kind === 'xml') {
      const said = readXml(answer.body.replaceAll(/>\s+</g, '><'));
      expect([command, namesOf(readXml(heard.text))]).toEqual([command, namesOf(said)]);
    } else expect([command, shapeOf(heard.json)]).toEqual([command, shapeOf(JSON.parse(answer.body))]);
    const refused = answer.body.includes('"code"') && answer.body.includes('403');
    expect([command, heard.status]).toEqual([command, refused ? 403 : 200]);
    const id = heard.json?.[0]?.service_request_id;
    if (method === 'POST' && id !== undefined) {
      variables['ID'] = id;
      // Somebody looks at it, so that there is something to follow.
      const { desk } = world.people;
      const [row] = (await desk.client.get(`/work-orders?queue=all&q=${id.slice(0, -5)}`)).body.items;
      const order = (await desk.client.get(`/work-orders/${row.id}?scopeId=${row.scopeId}`)).body;
      await desk.does(order, 'triage', { priority: 'high' });
      await world.told();
    }
  }
});
