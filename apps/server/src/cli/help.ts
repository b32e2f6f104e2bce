import type { Command } from './command.ts';

const environment: [string, string][] = [
  ['GONGZHI_DATA', 'folder of the embedded database and of uploaded files (.gongzhi in the project)'],
  ['GONGZHI_MODE', 'demo (the default; invented people, this machine only) or production'],
  ['PORT, HOST', 'where to listen (3000, 127.0.0.1)'],
  [
    'GONGZHI_PUBLIC_URL',
    'the https address people type; a TLS proxy stands in front (production for others)',
  ],
  [
    'GONGZHI_METRICS_TOKEN',
    'what /metrics asks for as Bearer token; without it only this machine reads them',
  ],
  [
    'GONGZHI_FILES',
    'a bucket for uploaded files, s3+https://host/bucket/prefix, with GONGZHI_FILES_KEY_ID and _SECRET',
  ],
  ['GONGZHI_METER_PORT', 'where gateways of meters call by TCP on GONGZHI_METER_HOST (nowhere)'],
  ['GONGZHI_MQTT_PORT', 'where devices report by MQTT on this machine (1883), or off'],
  ['DATABASE_URL', 'a PostgreSQL of your own (18 or newer), as the role gongzhi_app; production only'],
  ['DATABASE_ADMIN_URL', 'the same database as its administrator, for migrate and import'],
];

function columns(rows: [string, string][], indent = '  '): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `${indent}${left.padEnd(width)}  ${right}`);
}

export function overview(commands: Command[]): string {
  return [
    'Gongzhi: daily service and crisis work of a neighbourhood, one program to run.',
    '',
    'Usage: npx gongzhi <command> [options]',
    '',
    'To try it, `npm start` is all you need: it installs, starts a database and opens a demonstration street.',
    'The commands below are for operators and for bringing your own data in.',
    '',
    'Commands:',
    ...columns(commands.map((command) => [command.name, command.summary])),
    '',
    'Settings are environment variables:',
    ...columns(environment),
    '',
    'Without DATABASE_URL a command uses the embedded database: the one of a running `npm start`, or it starts',
    'that database for as long as the command takes.',
    '',
    '`npx gongzhi <command> --help` explains one command, with examples.',
    '',
  ].join('\n');
}

export function helpFor(command: Command): string {
  const options: [string, string][] = [
    ...Object.entries(command.options).map(([name, option]): [string, string] => [
      `--${name}${option.value ? ` ${option.value}` : ''}`,
      option.help,
    ]),
    ['--help', 'this text'],
  ];
  return [
    `Usage: npx gongzhi ${command.usage}`,
    '',
    ...command.description,
    '',
    'Options:',
    ...columns(options),
    '',
    'Examples:',
    ...command.examples.flatMap(([line, what]) => [`  ${line}`, `      ${what}`]),
    '',
  ].join('\n');
}
