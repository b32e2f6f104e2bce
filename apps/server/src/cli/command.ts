import type { ParseArgsOptionDescriptor } from 'node:util';
import { parseArgs } from 'node:util';
import { StartError } from '../../../../scripts/postgres.ts';

/** An option with the words that --help prints beside it. */
export type Option = ParseArgsOptionDescriptor & { value?: string; help: string };

export type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

export type Command = {
  name: string;
  /** One line in the list of commands. */
  summary: string;
  /** What follows `npx gongzhi` in the usage line. */
  usage: string;
  /** What it does, in the words of somebody who has never used it. */
  description: string[];
  options: Record<string, Option>;
  /** Command line and what it does. */
  examples: [string, string][];
  /** Everything after the command's name goes through untouched: it parses its own arguments. */
  passesArguments?: boolean;
  run(input: { values: Values; positionals: string[]; argv: string[] }): Promise<number>;
};

/** What was typed cannot be meant: one sentence, the way to the help, exit code 2. */
export function misuse(sentence: string, command?: string): StartError {
  const help = command ? `npx gongzhi ${command} --help` : 'npx gongzhi --help';
  return new StartError('usage', `${sentence} \`${help}\` shows what is possible.`, 2);
}

export function parse(command: Command, argv: string[]): { values: Values; positionals: string[] } {
  try {
    const options: Record<string, ParseArgsOptionDescriptor> = { help: { type: 'boolean', short: 'h' } };
    for (const [name, { type, short, multiple }] of Object.entries(command.options)) {
      options[name] = { type, ...(short ? { short } : {}), ...(multiple ? { multiple } : {}) };
    }
    return parseArgs({ args: argv, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw misuse(explain(error, argv), command.name);
  }
}

function explain(error: unknown, argv: string[]): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const text = error instanceof Error ? error.message : String(error);
  const named = /'(-[^'\s]*)/.exec(text)?.[1] ?? argv.find((word) => word.startsWith('-')) ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${named}.`;
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    return text.includes('does not take an argument')
      ? `The option ${named} takes no value.`
      : `The option ${named} needs a value.`;
  }
  throw error;
}
