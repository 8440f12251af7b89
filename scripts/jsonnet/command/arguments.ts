// The command line of `rekindle-jsonnet`, which is that of go-jsonnet's `jsonnet`.
import type { Variable } from '../engine/evaluate.ts';
import { splitFlags } from './split-flags.ts';

export interface Settings {
  /** The file name, or the code after `--exec`; `-` is standard input. */
  input: string;
  isCode: boolean;
  outputFile: string | undefined;
  /** Of `--multi`. */
  outputFolder: string | undefined;
  createFolders: boolean;
  isStream: boolean;
  isString: boolean;
  trailingNewline: boolean;
  maxStack: number;
  maxTrace: number;
  libraryPath: string[];
  extVars: Record<string, Variable>;
  topLevelArguments: Record<string, Variable>;
}

/** What was asked for; or help, the version, or a mistake with its exit code. */
export type Command = { run: Settings } | { help: true } | { version: true } | { mistake: string; showUsage: boolean };

export class ArgumentMistake extends Error {
  override readonly name = 'ArgumentMistake';
}

type Environment = Readonly<Record<string, string | undefined>>;

export function parseArguments(given: readonly string[], environment: Environment): Command {
  const settings: Settings = {
    input: '',
    isCode: false,
    outputFile: undefined,
    outputFolder: undefined,
    createFolders: false,
    isStream: false,
    isString: false,
    trailingNewline: true,
    maxStack: 500,
    maxTrace: 20,
    // The leftmost folder of JSONNET_PATH wins, the rightmost of --jpath.
    libraryPath: (environment['JSONNET_PATH'] ?? '').split(':').filter(Boolean).toReversed(),
    extVars: {},
    topLevelArguments: {},
  };
  try {
    return parse(splitFlags(given), settings, environment);
  } catch (error) {
    if (error instanceof ArgumentMistake) return { mistake: error.message, showUsage: false };
    throw error;
  }
}

function parse(given: string[], settings: Settings, environment: Environment): Command {
  const rest: string[] = [];
  let at = 0;
  const next = (): string => {
    const value = given[++at];
    if (value === undefined) throw new ArgumentMistake('Expected another commandline argument.');
    return value;
  };
  const named = (flag: string): string => {
    const value = next();
    if (value === '') throw new ArgumentMistake(`${flag} argument was empty string`);
    return value;
  };
  for (; at < given.length; at++) {
    const argument = given[at]!;
    switch (argument) {
      case '-h':
      case '--help':
        return { help: true };
      case '-v':
      case '--version':
        return { version: true };
      case '-e':
      case '--exec':
        settings.isCode = true;
        break;
      case '-o':
      case '--output-file':
        settings.outputFile = named('-o');
        break;
      case '-m':
      case '--multi':
        settings.outputFolder = named('-m');
        break;
      case '-c':
      case '--create-output-dirs':
        settings.createFolders = true;
        break;
      case '-y':
      case '--yaml-stream':
        settings.isStream = true;
        break;
      case '-S':
      case '--string':
        settings.isString = true;
        break;
      case '--no-trailing-newline':
        settings.trailingNewline = false;
        break;
      case '-s':
      case '--max-stack':
        settings.maxStack = wholeNumber(next(), '--max-stack', 1);
        break;
      case '-t':
      case '--max-trace':
        settings.maxTrace = wholeNumber(next(), '--max-trace', 0);
        break;
      case '-J':
      case '--jpath':
        settings.libraryPath.push(named('-J'));
        break;
      case '-V':
      case '--ext-str':
        assign(settings.extVars, next(), environment, (text) => ({ text }));
        break;
      case '--ext-code':
        assign(settings.extVars, next(), environment, (code) => ({ code }));
        break;
      case '--ext-str-file':
        assignFile(settings.extVars, next(), 'importstr');
        break;
      case '--ext-code-file':
        assignFile(settings.extVars, next(), 'import');
        break;
      case '-A':
      case '--tla-str':
        assign(settings.topLevelArguments, next(), environment, (text) => ({ text }));
        break;
      case '--tla-code':
        assign(settings.topLevelArguments, next(), environment, (code) => ({ code }));
        break;
      case '--tla-str-file':
        assignFile(settings.topLevelArguments, next(), 'importstr');
        break;
      case '--tla-code-file':
        assignFile(settings.topLevelArguments, next(), 'import');
        break;
      case '--':
        rest.push(...given.slice(at + 1));
        at = given.length;
        break;
      default:
        if (argument.length > 1 && argument.startsWith('-')) {
          throw new ArgumentMistake(`unrecognized argument: ${argument}`);
        }
        rest.push(argument);
    }
  }
  if (settings.isStream && !settings.trailingNewline) {
    throw new ArgumentMistake('cannot use --no-trailing-newline with --yaml-stream');
  }
  const what = settings.isCode ? 'code' : 'filename';
  const [input] = rest;
  if (input === undefined) return { mistake: `must give ${what}`, showUsage: true };
  if (rest.length > 1) throw new ArgumentMistake(`only one ${what} is allowed`);
  return { run: { ...settings, input } };
}

function wholeNumber(text: string, flag: string, least: number): number {
  if (!/^[-+]?\d+$/.test(text)) throw new ArgumentMistake(`Invalid integer "${text}"`);
  if (Number(text) < least) throw new ArgumentMistake(`invalid ${flag} value: ${Number(text)}`);
  return Number(text);
}

/** `name=value`, or `name` for the environment variable of that name. */
function assign(
  into: Record<string, Variable>,
  argument: string,
  environment: Environment,
  make: (value: string) => Variable,
): void {
  const equals = argument.indexOf('=');
  const name = equals === -1 ? argument : argument.slice(0, equals);
  const value = equals === -1 ? environment[name] : argument.slice(equals + 1);
  if (value === undefined) throw new ArgumentMistake(`environment variable ${name} was undefined`);
  into[name] = make(value);
}

function assignFile(into: Record<string, Variable>, argument: string, statement: 'import' | 'importstr'): void {
  const equals = argument.indexOf('=');
  if (equals === -1) throw new ArgumentMistake(`argument not in form <var>=<file> "${argument}"`);
  const file = argument.slice(equals + 1).replaceAll("'", "''");
  into[argument.slice(0, equals)] = { code: `${statement} @'${file}'` };
}
