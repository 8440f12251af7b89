// Evaluates Jsonnet against lib/ in node-jsonnet, and in go-jsonnet too where it is installed: a library test passes only
// when both engines agree.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { Jsonnet } from '@hanazuki/node-jsonnet';

const root = path.resolve(import.meta.dirname, '../..');
const libs = ['vendor', 'lib'].map((lib) => path.join(root, lib));

const findGoJsonnet = (): string | null => {
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

/** Path of go-jsonnet's `jsonnet`, or null: then only node-jsonnet is asked. */
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

const inNode = async (code: string): Promise<string> => {
  const jsonnet = new Jsonnet();
  for (const lib of libs) jsonnet.addJpath(lib);
  return jsonnet.evaluateSnippet(code, path.join(root, 'snippet.jsonnet'));
};

// libjsonnet takes a second or two to load the libraries, for every program anew. So where go-jsonnet gives the values, the
// programs of a test file go through node-jsonnet together, in one virtual machine, when the tests are done.
const compared: string[] = [];

after(async () => {
  if (compared.length === 0) return;
  const program = `[\n${compared.map((code) => `(${code}\n)`).join(',\n')}\n]`;
  assert.equal(await inNode(program), inGo(program).value, 'the two engines differ');
});

/** The value of a program; the test file fails when the two engines differ by a byte. */
export const evaluate = async (code: string): Promise<any> => {
  if (goJsonnet === null) return JSON.parse(await inNode(code));
  const { value, error } = inGo(code);
  if (value === undefined) throw new Error(error);
  compared.push(code);
  return JSON.parse(value);
};

/** The message of a program that must fail, in both engines, without its stack trace. */
export const evaluateError = async (code: string): Promise<string> => {
  const go = inGo(code);
  assert.equal(go.value, undefined, 'go-jsonnet accepts what should be refused');
  const message = await inNode(code).then(
    () => assert.fail('node-jsonnet accepts what should be refused'),
    (error: Error) => error.message,
  );
  const lines = message.replace(/^RUNTIME ERROR: /, '').split('\n');
  const first = lines.filter((line) => line !== '' && !line.startsWith('\t')).join('\n');
  if (go.error !== undefined)
    assert.ok(go.error.includes(first), `the engines give different reasons: ${first} / ${go.error}`);
  return first;
};

/** The values of several programs by name, in one evaluation: most of its time goes into reading the libraries. */
export const evaluateAll = async (programs: Record<string, string>): Promise<any> =>
  evaluate(
    `{ ${Object.entries(programs)
      .map(([name, code]) => `${JSON.stringify(name)}: ${code}`)
      .join(', ')} }`,
  );
