// The command line of jsonnetfmt 0.22.
import { splitFlags } from '../command/split-flags.ts';
import { defaultOptions, type FormatOptions } from './options.ts';

export interface Arguments {
  /** Undefined: format. */
  show: 'help' | 'version' | undefined;
  /** File names, or with `exec` sources. */
  inputs: string[];
  exec: boolean;
  inPlace: boolean;
  test: boolean;
  /** Undefined for standard output. */
  outputFile: string | undefined;
  options: FormatOptions;
}

/** A mistake in the arguments. `isUsage`: the help is shown with it. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
  readonly isUsage: boolean;

  constructor(message: string, isUsage = false) {
    super(message);
    this.isUsage = isUsage;
  }
}

const flags: Record<string, keyof FormatOptions> = {
  'pretty-field-names': 'prettyFieldNames',
  'pad-arrays': 'padArrays',
  'pad-objects': 'padObjects',
  'sort-imports': 'sortImports',
  'use-implicit-plus': 'useImplicitPlus',
};

/** Reads the arguments. Throws ArgumentError. */
export function readArguments(given: readonly string[]): Arguments {
  const options: FormatOptions = { ...defaultOptions };
  const result: Arguments = {
    show: undefined,
    inputs: [],
    exec: false,
    inPlace: false,
    test: false,
    outputFile: undefined,
    options,
  };
  const queue = splitFlags(given);
  const value = (): string => {
    const next = queue.shift();
    if (next === undefined) throw new ArgumentError('Expected another commandline argument.');
    return next;
  };
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    switch (name) {
      case '-h':
      case '--help':
        return { ...result, show: 'help' };
      case '-v':
      case '--version':
        return { ...result, show: 'version' };
      case '-e':
      case '--exec':
        result.exec = true;
        break;
      case '-i':
      case '--in-place':
        result.inPlace = true;
        break;
      case '--test':
        result.test = true;
        break;
      case '-o':
      case '--output-file':
        result.outputFile = value();
        if (result.outputFile === '') throw new ArgumentError('-o argument was empty string');
        break;
      case '-c':
      case '--create-output-dirs':
        // jsonnetfmt creates the folders of an output file without it, too.
        break;
      case '-n':
      case '--indent':
        options.indent = count(value(), '--indent');
        break;
      case '--max-blank-lines':
        options.maxBlankLines = count(value(), '--max-blank-lines');
        break;
      case '--string-style':
        options.stringStyle = choice(value(), '--string-style', { d: 'double', s: 'single', l: 'leave' });
        break;
      case '--comment-style':
        options.commentStyle = choice(value(), '--comment-style', { h: 'hash', s: 'slash', l: 'leave' });
        break;
      case '--':
        result.inputs.push(...queue.splice(0));
        break;
      default:
        if (!setFlag(options, name)) result.inputs.push(operand(name));
    }
  }
  const what = result.exec ? 'code' : 'filename';
  if (result.inputs.length === 0) throw new ArgumentError(`must give ${what}`, true);
  if (result.inputs.length > 1 && !result.test && !result.inPlace)
    throw new ArgumentError(`only one ${what} is allowed`);
  return result;
}

function setFlag(options: FormatOptions, name: string): boolean {
  const [, no, flag] = /^--(no-)?(.*)$/.exec(name) ?? [];
  const key = flag !== undefined && Object.hasOwn(flags, flag) ? flags[flag] : undefined;
  if (key === undefined) return false;
  Object.assign(options, { [key]: no === undefined });
  return true;
}

function operand(name: string): string {
  if (name.length > 1 && name.startsWith('-')) throw new ArgumentError(`unrecognized argument: ${name}`);
  return name;
}

function count(text: string, name: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new ArgumentError(`Invalid integer "${text}"`);
  if (Number(text) < 0) throw new ArgumentError(`invalid ${name} value: ${Number(text)}`);
  return Number(text);
}

function choice<T>(text: string, name: string, choices: Record<string, T>): T {
  const found = Object.hasOwn(choices, text) ? choices[text] : undefined;
  if (found === undefined) throw new ArgumentError(`invalid ${name} value: ${text}`);
  return found;
}
