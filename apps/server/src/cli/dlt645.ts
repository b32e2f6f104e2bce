import { FUNCTIONS } from '@gongzhi/kernel/dlt645/frame.ts';
import { fuzz } from '@gongzhi/kernel/dlt645/fuzz.ts';
import { type Asked, decodeWords, encodeWords } from '@gongzhi/kernel/dlt645/words.ts';
import { type Command, misuse, type Values } from './command.ts';

const text = (values: Values, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

function whole(values: Values, name: string, least: number, most: number): number | undefined {
  const given = text(values, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!Number.isInteger(value) || value < least || value > most)
    throw misuse(`--${name} is a whole number from ${least} to ${most}.`, 'dlt645');
  return value;
}

function askedOf(values: Values, rest: readonly string[]): Asked {
  const [what, ...more] = rest;
  const address = text(values, 'address') ?? (what === 'time' ? '999999999999' : 'AAAAAAAAAAAA');
  const wakeUps = whole(values, 'wake-ups', 0, 4);
  const level = whole(values, 'level', 0, 99);
  const common = { address, wakeUps, level };
  if (what === 'read' && more.length === 1) return { ...common, read: more[0] };
  if (what === 'read-more' && more.length === 2)
    return { ...common, readMore: { di: more[0] ?? '', sequence: Number(more[1]) } };
  if (what === 'read-address' && more.length === 0) return { ...common, readAddress: true };
  if (what === 'time' && more.length === 1) return { ...common, time: more[0] };
  if (what === 'raw' && (more.length === 1 || more.length === 2)) {
    if (!Object.hasOwn(FUNCTIONS, more[0] ?? ''))
      throw misuse(`There is no function "${more[0]}": ${Object.keys(FUNCTIONS).join(', ')}.`, 'dlt645');
    return {
      ...common,
      raw: { func: more[0] ?? '', data: more[1] ?? '', isReply: values['reply'] === true },
    };
  }
  if (what !== undefined && more.length === 0)
    return {
      ...common,
      control: what,
      password: text(values, 'password'),
      operator: text(values, 'operator'),
      until: text(values, 'until'),
    };
  throw misuse('encode needs to be told what: read DI, read-address, trip, close, time, …', 'dlt645');
}

export const dlt645: Command = {
  name: 'dlt645',
  summary: 'read and write what meters say (DL/T 645-2007)',
  usage: 'dlt645 decode <hex> | encode <what> [options] | fuzz',
  description: [
    '`decode` prints a frame as JSON: its address, what is asked or answered, and the value. A frame that is broken prints why,',
    'and the exit code is 1. `encode` prints the frame of read <DI>, read-more <DI> <n>, read-address, trip, allow-close, close,',
    'alarm-on, alarm-off, protect-on, protect-off, time "<yyyy-mm-dd hh:mm:ss>", or raw <function> <hex>.',
    '`fuzz` tries random and mutated frames: exit code 1 when one is accepted wrongly, is lost in a stream, or throws.',
  ],
  options: {
    address: {
      type: 'string',
      value: '<digits>',
      help: 'the twelve digits of the meter (AA…: whoever hears it)',
    },
    password: { type: 'string', value: '<digits>', help: 'six digits, for commands (000000)' },
    operator: { type: 'string', value: '<digits>', help: 'who commands (0)' },
    level: { type: 'string', value: '<n>', help: 'of the password (2)' },
    until: { type: 'string', value: '<time>', help: 'commands: until when it may be carried out' },
    'wake-ups': { type: 'string', value: '<n>', help: 'how many FE come before it (0)' },
    reply: { type: 'boolean', help: 'raw: as the meter’s answer' },
    count: { type: 'string', value: '<n>', help: 'fuzz: how many (1000000)' },
    seed: { type: 'string', value: '<n>', help: 'fuzz: the seed (645)' },
  },
  examples: [
    ['npx gongzhi dlt645 decode 682925070721206891083333343378563433 0816', 'a reading: 123.45 kWh'],
    ['npx gongzhi dlt645 encode read 00010000 --address 202107072529', 'asks for the forward energy'],
    [
      'npx gongzhi dlt645 encode trip --address 202107072529 --password 123456 --operator 1 --until "2026-12-31 23:59:59"',
      'what a master would send',
    ],
  ],
  async run({ values, positionals }) {
    const [what, ...rest] = positionals;
    if (what === 'fuzz' && rest.length === 0) {
      const done = fuzz(
        whole(values, 'count', 1, 100_000_000) ?? 1_000_000,
        whole(values, 'seed', 0, 2 ** 31) ?? 645,
      );
      process.stdout.write(
        `${JSON.stringify({ ...done, wrong: done.wrong.slice(0, 20), wrongs: done.wrong.length })}\n`,
      );
      return done.wrong.length === 0 ? 0 : 1;
    }
    if (what !== 'decode' && what !== 'encode')
      throw misuse('dlt645 needs to be told decode, encode or fuzz.', 'dlt645');
    if (what === 'decode' && rest.length === 0)
      throw misuse('decode needs the bytes in hexadecimal.', 'dlt645');
    const said = what === 'decode' ? decodeWords(rest.join('')) : encodeWords(askedOf(values, rest));
    const out = said.ok ? said.value : { fault: said.error };
    (said.ok ? process.stdout : process.stderr).write(`${JSON.stringify(out, null, 2)}\n`);
    return said.ok ? 0 : 1;
  },
};
