// `rekindle-jsonnet`: evaluates a Jsonnet program as go-jsonnet's `jsonnet` does. Exit code 1 for every mistake.
import { readFileSync } from 'node:fs';
import { JsonnetError } from '../engine/errors.ts';
import { formatReport } from '../engine/trace.ts';
import { tooDeep } from '../syntax/errors.ts';
import { parseArguments, type Settings } from './arguments.ts';
import { decode, fileHost } from './file-host.ts';
import { writeFiles, writeOutput } from './output.ts';
import { evaluateProgram, type Program } from './evaluate.ts';
import { evaluateOnLargeStack, isWorker, work } from './large-stack.ts';
import { optimiseLater } from './optimise-later.ts';
import { usage } from './usage.ts';

/** The version of go-jsonnet whose language this is. */
const version = 'Jsonnet commandline interpreter (rekindle, speaks go-jsonnet v0.22.0)';

async function main(): Promise<number> {
  const command = parseArguments(process.argv.slice(2), process.env);
  if ('help' in command) {
    process.stdout.write(usage);
    return 0;
  }
  if ('version' in command) {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if ('mistake' in command) {
    process.stderr.write(`ERROR: ${command.mistake}\n${command.showUsage ? `\n${usage}` : ''}`);
    return 1;
  }
  return await run(command.run);
}

async function start(): Promise<void> {
  process.exitCode = await main();
}

async function run(settings: Settings): Promise<number> {
  const program = readProgram(settings);
  if (typeof program === 'string') {
    process.stderr.write(`${program}\n`);
    return 1;
  }
  try {
    const result = await evaluate(program, settings);
    if (typeof result === 'string') writeOutput(result, settings);
    else writeFiles(result, settings);
    return 0;
  } catch (error) {
    const text = error instanceof JsonnetError ? formatReport(error, settings.maxTrace) : (error as Error).message;
    process.stderr.write(`${text}\n`);
    return 1;
  }
}

/** Lines of `std.trace` wait until the evaluation is over: on the small stack it may have to begin again. */
async function evaluate(program: Program, settings: Settings): Promise<string | Map<string, string>> {
  const lines: string[] = [];
  try {
    const result = evaluateProgram(program, settings, fileHost(settings.libraryPath), (line) => lines.push(line));
    for (const line of lines) process.stderr.write(`${line}\n`);
    return result;
  } catch (error) {
    if (exceedsStack(error)) {
      return await evaluateOnLargeStack(program, settings);
    }
    for (const line of lines) process.stderr.write(`${line}\n`);
    throw error;
  }
}

function exceedsStack(error: unknown): boolean {
  return error instanceof JsonnetError
    ? error.message === tooDeep
    : error instanceof RangeError && /call stack/.test(error.message);
}

/** The program, or why it can't be read. */
function readProgram({ input, isCode }: Settings): Program | string {
  if (isCode) return { name: '<cmdline>', path: '', source: input };
  if (input === '-') return { name: '<stdin>', path: '', source: decode(readFileSync(0)) };
  try {
    return { name: input, path: input, source: decode(readFileSync(input)) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'no such file or directory' : (error as Error).message;
    return `Opening input file: ${input}: ${reason}`;
  }
}

if (isWorker) work();
else {
  optimiseLater();
  void start();
}
