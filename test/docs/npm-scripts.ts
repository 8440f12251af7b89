// What `npm run <script>` in a document calls, and whether it would take the flags.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError, type Command } from 'commander';
import { readOptions } from '../e2e/cli/options.ts';
import { anything } from './shell.ts';
import { repositoryRoot } from './markdown.ts';

const { scripts, bin } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  bin: Record<string, string>;
};

/** Whether a command stands in a sentence, which may leave out what the verb demands. */
export interface Mention {
  isPart: boolean;
}

/** What is wrong with `npm <words>`; undefined when nothing is. */
export async function checkNpm([verb, ...rest]: readonly string[], mention: Mention): Promise<string | undefined> {
  if (verb === 'ci' || verb === 'test') return undefined;
  const [script, ...args] = rest;
  if (verb !== 'run' || script === undefined) return 'only ci, test and run are known here';
  // npm keeps what begins with a dash for itself until it meets "--".
  const dashes = args.indexOf('--');
  if (args.slice(0, dashes < 0 ? undefined : dashes).some((word) => word.startsWith('-')))
    return 'npm takes the flags for its own: put -- before them';
  const own = args.filter((_, index) => index !== dashes);
  if (script === anything) return undefined;
  if (!Object.hasOwn(scripts, script)) return `package.json has no script "${script}"`;
  if (script === 'e2e') return thrown(() => void readOptions(own));
  return scripts[script]!.startsWith('node dist/rekindle.js')
    ? checkVerb(script, own, mention)
    : checkFlags(script, own);
}

/** What is wrong with `rekindle <words>`. */
export async function checkVerb(
  verb: string,
  args: readonly string[],
  { isPart }: Mention,
): Promise<string | undefined> {
  const file = join(repositoryRoot, 'scripts', `${verb}.ts`);
  if (!existsSync(file)) return `there is no verb "${verb}"`;
  const { command } = (await import(file)) as { command: () => Command };
  const parser = withoutDeeds(command());
  if (isPart && args.length === 0) return undefined;
  try {
    parser.parse([...args], { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const leftOut = ['commander.missingMandatoryOptionValue', 'commander.missingArgument', 'commander.help'];
    if (error.exitCode === 0 || (isPart && leftOut.includes(error.code))) return undefined;
    return error.message;
  }
}

/** A command that reads its arguments and does nothing. */
function withoutDeeds(command: Command): Command {
  command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  if (command.commands.length === 0) command.action(() => undefined);
  command.commands.forEach(withoutDeeds);
  return command;
}

/** Scripts of the tests, whose flags stand in the first lines of their file. */
function checkFlags(script: string, args: readonly string[]): string | undefined {
  const file = /\S+\.m?ts$/.exec(scripts[script]!)?.[0];
  if (file === undefined) return args.length === 0 ? undefined : `"${script}" takes no flags that are known here`;
  const source = readFileSync(join(repositoryRoot, file), 'utf8');
  const unknown = args.find((word) => word.startsWith('--') && !new RegExp(`\\b${word.slice(2)}\\b`).test(source));
  return unknown === undefined ? undefined : `${file} knows no ${unknown}`;
}

/** What is wrong with `npx <words>`. */
export async function checkNpx([program, ...args]: readonly string[], mention: Mention): Promise<string | undefined> {
  if (program === 'rekindle') return checkVerb(args[0] ?? '', args.slice(1), mention);
  if (Object.hasOwn(bin, program!) || existsSync(join(repositoryRoot, 'node_modules/.bin', program!))) return undefined;
  return `neither package.json nor node_modules has a program "${program}"`;
}

function thrown(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
