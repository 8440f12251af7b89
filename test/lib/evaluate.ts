// Evaluates Jsonnet against lib/ in the engine in TypeScript and in go-jsonnet where it is installed: a library test passes
// only when they agree. REKINDLE_TEST_ENGINES=typescript leaves go-jsonnet out; =all asks node-jsonnet as well, which takes
// most of an hour of processor time for what the others do in minutes: name the tests that you want it for.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { JsonnetError } from '../../scripts/jsonnet/engine/errors.ts';
import { evaluateText } from '../../scripts/jsonnet/engine/evaluate.ts';
import { makeUnitCache } from '../../scripts/jsonnet/engine/run.ts';
import { fileHost } from '../../scripts/jsonnet/command/file-host.ts';

const root = path.resolve(import.meta.dirname, '../..');
const libs = ['vendor', 'lib'].map((lib) => path.join(root, lib));

const engines = process.env['REKINDLE_TEST_ENGINES'];

const findGoJsonnet = (): string | null => {
  if (engines === 'typescript') return null;
  const candidates = [
    process.env['GO_JSONNET'],
    ...(process.env['PATH'] ?? '').split(':').map((directory) => path.join(directory, 'jsonnet')),
    path.join(homedir(), 'go/bin/jsonnet'),
  ];
  for (const candidate of candidates) {
    if (candidate === undefined || !existsSync(candidate)) continue;
    const version = spawnSync(candidate, ['--version'], { encoding: 'utf8' }).stdout;
    if (version.includes('Go implementation')) return candidate;
  }
  return null;
};

/** Path of go-jsonnet's `jsonnet`, or null: then it isn't asked. */
export const goJsonnet = findGoJsonnet();

const inGo = (code: string): { value?: string; error?: string } => {
  if (goJsonnet === null) return {};
  const args = [...libs.flatMap((lib) => ['-J', lib]), '-'];
  const { status, stdout, stderr } = spawnSync(goJsonnet, args, {
    input: code,
    encoding: 'utf8',
    cwd: root,
    maxBuffer: 2 ** 28,
  });
  return status === 0 ? { value: stdout } : { error: stderr };
};

interface NodeJsonnet {
  addJpath: (folder: string) => void;
  evaluateSnippet: (code: string, name: string) => Promise<string>;
}

/** node-jsonnet, or null: then it isn't asked. Who asks for all engines gets an error where it wasn't built. */
const nodeJsonnet: (new () => NodeJsonnet) | null =
  engines === 'all' ? ((await import('@hanazuki/node-jsonnet')).Jsonnet as unknown as new () => NodeJsonnet) : null;

const snippetName = path.join(root, 'snippet.jsonnet');

const inNode = async (code: string): Promise<string> => {
  const jsonnet = new nodeJsonnet!();
  for (const lib of libs) jsonnet.addJpath(lib);
  return jsonnet.evaluateSnippet(code, snippetName);
};

// Every file is parsed once for all programs of a test file.
const cache = makeUnitCache();
const host = fileHost(libs);

const inTypescript = (code: string): { value: string } | { error: string } => {
  try {
    return { value: `${evaluateText(snippetName, snippetName, code, { host, cache })}\n` };
  } catch (error) {
    if (error instanceof JsonnetError) return { error: error.message };
    throw error;
  }
};

// The other engines take a second or two to load the libraries, for every program anew. So the programs of a test file go
// through them together, in one virtual machine, when the tests are done.
const compared: string[] = [];

after(async () => {
  if (compared.length === 0) return;
  const program = `[\n${compared.map((code) => `(${code}\n)`).join(',\n')}\n]`;
  const own = inTypescript(program);
  assert.ok('value' in own);
  if (goJsonnet !== null)
    assert.equal(own.value, inGo(program).value, 'go-jsonnet and the engine in TypeScript differ');
  if (nodeJsonnet !== null)
    assert.equal(own.value, await inNode(program), 'node-jsonnet and the engine in TypeScript differ');
});

/** The value of a program; the test file fails when two engines differ by a byte. */
export const evaluate = async (code: string): Promise<any> => {
  const outcome = inTypescript(code);
  if ('error' in outcome) throw new Error(outcome.error);
  compared.push(code);
  return JSON.parse(outcome.value);
};

/** What a message says, without prefix and stack trace. */
const reasonOf = (message: string): string =>
  message
    .replace(/^RUNTIME ERROR: /, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('\t'))
    .join('\n');

/** The message of a program that must fail, for the same reason in every engine, without its stack trace. */
export const evaluateError = async (code: string): Promise<string> => {
  const outcome = inTypescript(code);
  assert.ok('error' in outcome, 'the engine in TypeScript accepts what should be refused');
  const reason = reasonOf(outcome.error);
  if (goJsonnet !== null) {
    const { error } = inGo(code);
    assert.ok(error !== undefined, 'go-jsonnet accepts what should be refused');
    assert.equal(reasonOf(error), reason, 'go-jsonnet gives another reason');
  }
  if (nodeJsonnet !== null) {
    const message = await inNode(code).then(
      () => assert.fail('node-jsonnet accepts what should be refused'),
      (error: Error) => reasonOf(error.message),
    );
    // libjsonnet's own messages begin in lower case.
    assert.equal(message.toLowerCase(), reason.toLowerCase(), 'node-jsonnet gives another reason');
  }
  return reason;
};

/** The values of several programs by name, in one evaluation: most of its time goes into reading the libraries. */
export const evaluateAll = async (programs: Record<string, string>): Promise<any> =>
  evaluate(
    `{ ${Object.entries(programs)
      .map(([name, code]) => `${JSON.stringify(name)}: ${code}`)
      .join(', ')} }`,
  );
