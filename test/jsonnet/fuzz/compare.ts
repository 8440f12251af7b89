import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { JsonnetError } from '../../../scripts/jsonnet/engine/errors.ts';
import { evaluateText } from '../../../scripts/jsonnet/engine/evaluate.ts';

export type Outcome = { text: string } | { reason: string };

/** Path of go-jsonnet's `jsonnet`, or null. */
export function findGoJsonnet(): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(':'), join(homedir(), 'go/bin')];
  for (const folder of [process.env['GO_JSONNET'] ?? '', ...folders.map((each) => join(each, 'jsonnet'))]) {
    if (!existsSync(folder)) continue;
    if (spawnSync(folder, ['--version'], { encoding: 'utf8' }).stdout.includes('Go implementation')) return folder;
  }
  return null;
}

const noFiles = {
  resolve: () => {
    throw new Error('no imports');
  },
  text: () => '',
  bytes: () => new Uint8Array(),
};

export function ownOutcome(source: string): Outcome {
  try {
    return { text: `${evaluateText('p', '', source, { host: noFiles })}\n` };
  } catch (error) {
    if (error instanceof JsonnetError) return { reason: error.message };
    return { reason: `CRASH ${(error as Error).stack}` };
  }
}

/**
 * What go-jsonnet makes of each program: one shell runs them all, since starting it costs more than the program. Undefined
 * where it didn't come to an end, on a machine that is busy with other things.
 */
export function evaluateBatch(
  goJsonnet: string,
  folder: string,
  sources: readonly string[],
  { programSeconds = 10, batchSeconds = 300 } = {},
): (Outcome | undefined)[] {
  sources.forEach((_, index) => rmSync(join(folder, `${index}.code`), { force: true }));
  sources.forEach((source, index) => writeFileSync(join(folder, `${index}.jsonnet`), source));
  const script = `for i in $(seq 0 ${sources.length - 1}); do timeout ${programSeconds} "$0" $i.jsonnet >$i.out 2>$i.err; echo $? >$i.code; done`;
  spawnSync('/bin/sh', ['-c', script, goJsonnet], { cwd: folder, timeout: batchSeconds * 1000 });
  const { stdout } = spawnSync('/bin/sh', ['-c', collect(sources.length)], { cwd: folder, maxBuffer: 2 ** 28 });
  const parts = stdout.toString('utf8').split('\x1e');
  return sources.map((_, index) => {
    const [code = '', out = '', error = ''] = (parts[index] ?? '').split('\x1f');
    if (code.trim() === '' || code.trim() === timedOut) return undefined;
    return code.trim() === '0' ? { text: out } : { reason: reasonOf(error) };
  });
}

/** The exit code of `timeout` when it had to end a program. */
const timedOut = '124';

function collect(count: number): string {
  return `for i in $(seq 0 ${count - 1}); do cat $i.code; printf '\\037'; cat $i.out; printf '\\037'; cat $i.err; printf '\\036'; done`;
}

/** The message without place and trace. */
function reasonOf(error: string): string {
  const lines = error.split('\n');
  if (!error.startsWith('RUNTIME ERROR: ')) return (lines[0] ?? '').replace(/^\S+ /, '');
  const end = lines.findIndex((line, index) => index > 0 && line.startsWith('\t'));
  return lines
    .slice(0, end === -1 ? undefined : end)
    .join('\n')
    .replace(/^RUNTIME ERROR: /, '')
    .trimEnd();
}

/** How two outcomes differ; undefined when they are the same. */
export function difference(own: Outcome, theirs: Outcome): string | undefined {
  if ('text' in own && 'text' in theirs) return own.text === theirs.text ? undefined : show(own, theirs);
  if ('reason' in own && 'reason' in theirs) {
    // A panic inside go-jsonnet is a refusal without a reason.
    if (theirs.reason.includes('(CRASH)')) return undefined;
    return normal(own.reason) === normal(theirs.reason) ? undefined : show(own, theirs);
  }
  return show(own, theirs);
}

/** Places where go-jsonnet names its own Go types, and what it prints of a crash, are no reason. */
function normal(reason: string): string {
  return reason
    .trimEnd()
    .replace('Expected token ', 'Expected ')
    .replace(/^Value non indexable: .*/, 'Value non indexable')
    .replace(/^(failed to parse (?:YAML|JSON)): [^]*/, '$1');
}

function show(own: Outcome, theirs: Outcome): string {
  const [a, b] = [own, theirs].map((each) => ('text' in each ? `value ${each.text}` : `refused: ${each.reason}\n`));
  return `ours: ${a!.slice(0, 400)}go:   ${b!.slice(0, 400)}`;
}
