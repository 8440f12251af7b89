// rekindle-jsonnetfmt: the flags, output and exit codes of jsonnetfmt 0.22 (0 done, 1 a mistake, 2 `--test` found a file that
// is not formatted).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeFrame } from './jsonnet/syntax/code-frame.ts';
import { JsonnetSyntaxError } from './jsonnet/syntax/errors.ts';
import { positionsOf } from './jsonnet/syntax/positions.ts';
import { ArgumentError, readArguments, type Arguments } from './jsonnet/format/arguments.ts';
import { formatJsonnet } from './jsonnet/format/format.ts';
import { toolVersion } from './report/version.ts';

const help = `rekindle-jsonnetfmt {<option>} { <filename> }

Available options:
  -h / --help                This message
  -e / --exec                Treat filename as code
  -o / --output-file <file>  Write to a file rather than to standard output
  -c / --create-output-dirs  Create the folders of that file (they are created without it, too)
  -i / --in-place            Update the files in place
  --test                     Exit with 2 if formatting would change a file
  -n / --indent <n>          Columns per level (default 2, 0 means no change)
  --max-blank-lines <n>      Blank lines one after another (default 2, 0 means no change)
  --string-style <d|s|l>     Double or single (default) quotes, or leave
  --comment-style <h|s|l>    # (h) or // (s, default), or leave; a she-bang stays
  --[no-]pretty-field-names  a.b for a['b'], and b: for 'b': (on by default)
  --[no-]pad-arrays          [ 1, 2, 3 ] instead of [1, 2, 3]
  --[no-]pad-objects         { x: 1 } instead of {x: 1} (on by default)
  --[no-]sort-imports        Sort imports at the top (on by default)
  --[no-]use-implicit-plus   a { } for a + { } (on by default)
  --version                  Print the version

<filename> can be - (standard input). Flags of one letter can be joined. What follows -- is no flag.
`;

function main(): number {
  let given: Arguments;
  try {
    given = readArguments(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    process.stderr.write(`ERROR: ${error.message}\n${error.isUsage ? `\n${help}` : ''}`);
    return 1;
  }
  if (given.show !== undefined) {
    process.stdout.write(
      given.show === 'help' ? help : `rekindle-jsonnetfmt ${toolVersion()} (as jsonnetfmt v0.22.0)\n`,
    );
    return 0;
  }
  if (given.inPlace && (given.exec || given.inputs.includes('-'))) {
    return fail(`ERROR: cannot use --in-place with ${given.exec ? '--exec' : 'stdin'}`);
  }
  return given.inPlace || given.test ? update(given) : print(given);
}

/** With `--in-place` and `--test`: names the files that change, and writes them unless it is only asked. */
function update({ inputs, exec, inPlace, test, options }: Arguments): number {
  let hasChanged = false;
  for (const input of inputs) {
    const source = read(input, exec);
    const formatted = formatJsonnet(source.text, options);
    if (formatted === source.text) continue;
    hasChanged = true;
    if (inPlace) writeFileSync(input, formatted);
    if (!exec && input !== '-') process.stdout.write(`${input}\n`);
  }
  return hasChanged && test ? 2 : 0;
}

function print({ inputs, exec, outputFile, options }: Arguments): number {
  const formatted = formatJsonnet(read(inputs[0]!, exec).text, options);
  if (outputFile === undefined) process.stdout.write(formatted);
  else {
    mkdirSync(dirname(outputFile), { recursive: true });
    writeFileSync(outputFile, formatted);
  }
  return 0;
}

let reading = { name: '', text: '' };

function read(input: string, exec: boolean): { name: string; text: string } {
  if (exec) reading = { name: '<cmdline>', text: input };
  else if (input === '-') reading = { name: '<stdin>', text: readFileSync(0, 'utf8') };
  else reading = { name: input, text: readFileSync(input, 'utf8') };
  return reading;
}

function fail(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}

try {
  process.exitCode = main();
} catch (error) {
  if (error instanceof JsonnetSyntaxError) {
    const { line, column } = positionsOf(reading.text)(error.start);
    process.exitCode = fail(
      `${reading.name}:${line}:${column} ${error.message}\n${codeFrame(reading.text, error.start, error.end)}`,
    );
  } else process.exitCode = fail(error instanceof Error ? error.message : String(error));
}
