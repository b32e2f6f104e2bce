import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../../../scripts/postgres.ts';
import { type Command, misuse, type Values } from './command.ts';
import { simulateCalls, stories } from './simulate-calls.ts';

/** `npx gongzhi simulate calls`: what it says of itself, beside the other simulations. */
export const callsDescription = [
  '`calls` speaks to a running server as the provider of a desk’s telephone would (docs/telephony.md), over its signed webhook.',
  'The manager makes a line on the page “Telephone” and is shown its name and secret. The secret is read from',
  'GONGZHI_PHONE_SECRET, so that no list of processes shows it. Whoever sits at the extension sees who rings.',
  `One call after the other: ${stories.map(({ name }) => name).join('; ')}; and round again.`,
];

export const callsOptions: Command['options'] = {
  line: { type: 'string', value: '<line>', help: 'calls: the line, as it was shown when it was made' },
  url: { type: 'string', value: '<url>', help: 'calls, device: the server (http://127.0.0.1:3000)' },
  extension: { type: 'string', value: '<number>', help: 'calls: which telephone rings (801)' },
  from: {
    type: 'string',
    multiple: true,
    value: '<number>',
    help: 'calls: who rings; may be given several times (residents of the demonstration)',
  },
  calls: { type: 'string', value: '<count>', help: 'calls: how many calls (5)' },
  pace: {
    type: 'string',
    value: '<seconds>',
    help: 'calls: how long a second of a call takes (0.5); 0: at once',
  },
};

export const callsExamples: Command['examples'] = [
  ['GONGZHI_PHONE_SECRET=… npx gongzhi simulate calls --line …', 'five calls at extension 801'],
  [
    'GONGZHI_PHONE_SECRET=… npx gongzhi simulate calls --line … --extension 802 --from 13800000001 --calls 1 --pace 1',
    'one call from this number at another telephone, as long as it would take',
  ],
];

export async function playCalls(values: Values): Promise<number> {
  const text = (name: string, otherwise: string): string =>
    typeof values[name] === 'string' ? values[name] : otherwise;
  const line = text('line', '');
  const secret = process.env['GONGZHI_PHONE_SECRET'] ?? '';
  if (line === '' || secret === '')
    throw misuse('simulate calls needs --line and the secret in GONGZHI_PHONE_SECRET.', 'simulate');
  const url = text('url', 'http://127.0.0.1:3000');
  const extension = text('extension', '801');
  const calls = Number(text('calls', '5'));
  const pace = Number(text('pace', '0.5'));
  if (!URL.canParse(url)) throw misuse(`${url} is no address.`, 'simulate');
  if (!/^\d{1,10}$/.test(extension)) throw misuse('An extension is 1 to 10 digits.', 'simulate');
  if (!Number.isInteger(calls) || calls < 1 || calls > 1_000)
    throw misuse('--calls is a number from 1 to 1000.', 'simulate');
  if (!(pace >= 0 && pace <= 60)) throw misuse('--pace is a number of seconds from 0 to 60.', 'simulate');
  const given = Array.isArray(values['from']) ? values['from'].map(String) : [];
  const numbers = given.length > 0 ? given : await residents();
  try {
    const say = (said: string): void => void process.stdout.write(`${said}\n`);
    const wait = (milliseconds: number): Promise<void> => sleep(milliseconds);
    const played = await simulateCalls({
      url,
      line,
      secret,
      extension,
      numbers,
      calls,
      pace,
      say,
      now: () => Date.now(),
      sleep: wait,
    });
    const isTaken = played.every(({ results }) => results.every((one) => one === 'taken' || one === 'known'));
    return isTaken ? 0 : 1;
  } catch (error) {
    if (error instanceof TypeError)
      throw new StartError('unreachable', `There is no server at ${url}; start one with \`npm start\`.`);
    throw error;
  }
}

async function residents(): Promise<string[]> {
  const { demonstrationLogins } = await import('../../../../simulator/src/load.ts');
  return demonstrationLogins()
    .filter(({ where }) => where === '/m/')
    .map(({ phone }) => phone);
}
