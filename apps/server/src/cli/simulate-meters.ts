import { once } from 'node:events';
import { StartError } from '../../../../scripts/postgres.ts';
import { type Command, misuse, type Values } from './command.ts';

/** `npx gongzhi simulate meters`: what it says of itself, beside the other simulations. */
export const metersDescription = [
  '`meters` is a gateway with meters behind it that speak DL/T 645 (docs/meters.md): it waits to be called (--port), calls the',
  'server (--call), or connects to its broker (--mqtt). Their energy grows while it runs. The secret of a gateway that calls or',
  'connects is read from GONGZHI_METER_SECRET, so that no list of processes shows it. It ends with Ctrl-C.',
];

export const metersOptions: Command['options'] = {
  address: {
    type: 'string',
    multiple: true,
    value: '<digits>',
    help: 'meters: twelve digits of a meter; may be given several times',
  },
  gateway: { type: 'string', value: '<name>', help: 'meters: the gateway, or its user name on the broker' },
  port: { type: 'string', value: '<number>', help: 'meters: wait here to be called' },
  call: { type: 'string', value: '<host:port>', help: 'meters: call the server there' },
  energy: { type: 'string', value: '<kWh>', help: 'meters: what they show at first (100)' },
  prepaid: { type: 'boolean', help: 'meters: they keep their own money' },
};

export const metersExamples: Command['examples'] = [
  ['npx gongzhi simulate meters --port 7645 --address 202107072501', 'a gateway that is called'],
  [
    'GONGZHI_METER_SECRET=… npx gongzhi simulate meters --mqtt mqtt://127.0.0.1:1883 --gateway meters.… --address 202107072501 --prepaid',
    'a gateway on the broker, with a meter that keeps its own money',
  ],
];

export async function playMeters(values: Values): Promise<number> {
  const text = (name: string): string => (typeof values[name] === 'string' ? values[name] : '');
  const addresses = Array.isArray(values['address']) ? values['address'].map(String) : [];
  if (addresses.length === 0 || addresses.some((one) => !/^\d{12}$/.test(one)))
    throw misuse('simulate meters needs --address, twelve digits.', 'simulate');
  const ways = ['port', 'call', 'mqtt'].filter((name) => text(name) !== '');
  if (ways.length !== 1) throw misuse('simulate meters needs one of --port, --call and --mqtt.', 'simulate');
  const secret = process.env['GONGZHI_METER_SECRET'] ?? '';
  const gateway = text('gateway');
  if (text('port') === '' && (gateway === '' || secret === ''))
    throw misuse('A gateway that calls needs --gateway and its secret in GONGZHI_METER_SECRET.', 'simulate');
  const energy = Number(text('energy') || '100');
  if (!(energy >= 0 && energy < 1_000_000))
    throw misuse('--energy is a number of kWh below a million.', 'simulate');
  const port = Number(text('port') || '0');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw misuse('--port is a number from 0 to 65535.', 'simulate');
  const { aMeter } = await import('../../../../simulator/src/meters/meter.ts');
  const { callServer, serveMeters } = await import('../../../../simulator/src/meters/line.ts');
  const { connectMeters } = await import('../../../../simulator/src/meters/mqtt.ts');
  const meters = addresses.map((address) =>
    aMeter(address, {
      energy: Math.round(energy * 100),
      ...(values['prepaid'] === true ? { fen: 0 } : {}),
    }),
  );
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  let line: { close(): void | Promise<void> };
  try {
    if (text('mqtt') !== '')
      line = await connectMeters(meters, { userName: gateway, secret, mqttUrl: text('mqtt') }, { say });
    else if (text('call') !== '') {
      const [host = '', at = ''] = text('call').split(':');
      line = await callServer(meters, { host, port: Number(at) }, `${gateway}.${secret}`);
    } else {
      const served = await serveMeters(meters, port);
      say(`waiting at 127.0.0.1:${served.port}`);
      line = served;
    }
  } catch (error) {
    throw new StartError('unreachable', `The meters have no line: ${(error as Error).message}`);
  }
  const told = meters.map(() => 0);
  const growing = setInterval(() => {
    meters.forEach((meter, at) => {
      if (!meter.isOpen) meter.energy += 1;
      for (const command of meter.told.slice(told[at])) say(`${meter.address} was told ${command}`);
      told[at] = meter.told.length;
    });
  }, 1_000);
  await once(process, 'SIGINT');
  clearInterval(growing);
  await line.close();
  return 0;
}
