import { exitWith } from '../../../../scripts/postgres.ts';
import { backup, restore } from './backup.ts';
import { type Command, misuse, parse } from './command.ts';
import { demo } from './demo.ts';
import { distribute } from './distribute.ts';
import { dlt645 } from './dlt645.ts';
import { figures } from './figures.ts';
import { files } from './files.ts';
import { helpFor, overview } from './help.ts';
import { importData } from './import.ts';
import { keys } from './keys.ts';
import { migrate } from './migrate.ts';
import { serve } from './serve.ts';
import { setup } from './setup.ts';
import { simulate } from './simulate.ts';

const commands: Command[] = [
  serve,
  migrate,
  setup,
  importData,
  demo,
  simulate,
  dlt645,
  keys,
  figures,
  files,
  backup,
  restore,
  distribute,
];

/** The command line as a function: arguments in, exit code out. */
export async function run(argv: string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const about = name === 'help' ? commands.find((command) => command.name === rest[0]) : undefined;
    process.stdout.write(about ? helpFor(about) : overview(commands));
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command)
    throw misuse(name.startsWith('-') ? `There is no option ${name}.` : `There is no command "${name}".`);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(helpFor(command));
    return 0;
  }
  if (command.passesArguments) return command.run({ values: {}, positionals: [], argv: rest });
  return command.run({ ...parse(command, rest), argv: rest });
}

export async function main(argv: string[]): Promise<number> {
  try {
    return await run(argv);
  } catch (error) {
    exitWith(error);
  }
}
