// The programs of go-jsonnet's own tests with what they must print. They come from its Go module, which `go mod download`
// fetches through the module proxy; nothing of it is kept here.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HostFunction, Variable } from '../../../scripts/jsonnet/engine/evaluate.ts';

export const goJsonnetModule = 'github.com/google/go-jsonnet@v0.22.0';

export interface ConformanceCase {
  /** `testdata/<name>`, which is also the name that messages have. */
  name: string;
  source: string;
  /** The output, or the output files by name. */
  expected: string | Map<string, string>;
  isError: boolean;
  stringOutput: boolean;
  trailingNewline: boolean;
  extVars: Record<string, Variable>;
}

/** The folder of the module, or null without Go or without the proxy. */
export function moduleFolder(): string | null {
  const { status, stdout } = spawnSync('go', ['mod', 'download', '-json', goJsonnetModule], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (status !== 0) return null;
  const { Dir } = JSON.parse(stdout) as { Dir: string };
  return existsSync(join(Dir, 'testdata')) ? Dir : null;
}

/** As go-jsonnet's tests set them for the programs called `extvar_…`. */
const extVars: Record<string, Variable> = {
  stringVar: { text: '2 + 2' },
  codeVar: { code: '3 + 3' },
  errorVar: { code: "error 'xxx'" },
  staticErrorVar: { code: ')' },
  UndeclaredX: { code: 'x' },
  selfRecursiveVar: { code: '[42, std.extVar("selfRecursiveVar")[0] + 1]' },
  mutuallyRecursiveVar1: { code: '[42, std.extVar("mutuallyRecursiveVar2")[0] + 1]' },
  mutuallyRecursiveVar2: { code: '[42, std.extVar("mutuallyRecursiveVar1")[0] + 1]' },
};

/** The native functions that its tests register. */
export const natives: Record<string, HostFunction> = {
  jsonToString: { parameters: ['x'], call: (x) => JSON.stringify(x) },
  nativeError: {
    parameters: [],
    call: () => {
      throw new Error('native function error');
    },
  },
  nativePanic: {
    parameters: [],
    call: () => {
      throw new Error('native function "nativePanic" panicked: native function panic');
    },
  },
};

export function conformanceCases(folder: string): ConformanceCase[] {
  return readdirSync(join(folder, 'testdata'))
    .filter((file) => file.endsWith('.jsonnet'))
    .sort()
    .map((file) => {
      const name = `testdata/${file.slice(0, -'.jsonnet'.length)}`;
      const expected = golden(join(folder, `${name}.golden`));
      return {
        name,
        source: readFileSync(join(folder, 'testdata', file), 'utf8'),
        expected,
        isError: typeof expected === 'string' && isError(name, expected),
        stringOutput: name.endsWith('_string_output'),
        trailingNewline: !name.includes('_no_newline'),
        extVars: name.startsWith('testdata/extvar_') ? extVars : {},
      };
    });
}

function golden(path: string): string | Map<string, string> {
  if (!statSync(path).isDirectory()) return readFileSync(path, 'utf8');
  return new Map(readdirSync(path).map((file) => [file, readFileSync(join(path, file), 'utf8')]));
}

function isError(name: string, text: string): boolean {
  return text.startsWith('RUNTIME ERROR: ') || text.startsWith(`${name}:`) || text.startsWith('<extvar:');
}

/**
 * The reason in a golden: its message without the place and the trace. A file that is refused before it runs is named in
 * the message when it was imported; our errors name it in their frames.
 */
export function expectedReason({ expected }: ConformanceCase): string {
  const [head = ''] = (expected as string).split('\n-------------------------------------------------');
  const isRuntime = head.startsWith('RUNTIME ERROR: ');
  const message = isRuntime ? head.slice('RUNTIME ERROR: '.length).trim() : head.split('\n')[0]!;
  return sameWords(message.replace(/^\S+:(?:\d+:\d+(?:-\d+)?|\(\d+:\d+\)-\(\d+:\d+\)) /, ''));
}

/** Our parser names a token by its text alone: `(NUMBER, "42")` is `42`. */
function sameWords(message: string): string {
  return message.replace(/\([A-Z_]+, "(.*)"\)/, '$1');
}
