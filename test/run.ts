// `npm test`: every test file, in as many processes as there are cores. `npm test -- graph faults/` runs those whose path
// contains one of the words. At the end stands what failed, and what was skipped and why.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { inspect, styleText } from 'node:util';

const root = join(import.meta.dirname, '..');

/** What the test runner says of one test; its own types leave most of it out. */
interface TestEvent {
  name: string;
  file?: string;
  nesting: number;
  skip?: string | boolean;
  message?: string;
  details: { duration_ms: number; type?: string; error?: Error };
}

const words = process.argv.slice(2);
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts') && (words.length === 0 || words.some((word) => path.includes(word))))
  .sort()
  .map((path) => join(import.meta.dirname, path));
if (files.length === 0) {
  process.stderr.write(`no test file matches ${words.join(' ')}\n`);
  process.exit(2);
}

// The tests run the command line as users do: bundled, and from these sources.
const built = spawnSync(process.execPath, [join(root, 'scripts/install/bundle.mjs')], { stdio: 'inherit' });
if (built.status !== 0) process.exit(2);

const start = performance.now();
const failures: TestEvent[] = [];
const skips: TestEvent[] = [];
/** What each file wrote to standard error: the only words of one that can't be loaded. */
const errors = new Map<string | undefined, string>();
let passed = 0;

run({ files, concurrency: availableParallelism() })
  .on('test:pass', (event) => count(event as TestEvent))
  .on('test:fail', (event) => {
    const test = event as TestEvent;
    // A file fails with its tests; it counts only when it fails by itself, as one that can't be loaded does.
    const cause = test.details.error?.cause as { failureType?: string; code?: string } | undefined;
    if ((test.details.error as { failureType?: string } | undefined)?.failureType === 'subtestsFailed') return;
    failures.push(test);
    const text = test.name === test.file ? errors.get(test.file) : undefined;
    process.stdout.write(
      `${styleText('red', 'FAIL')} ${place(test)}\n${indent(text ?? inspect(cause ?? test.details.error))}\n`,
    );
  })
  .on('test:stderr', ({ file, message }: { file?: string; message: string }) => {
    errors.set(file, ((errors.get(file) ?? '') + message).slice(-4000));
  })
  .on('test:diagnostic', ({ message, nesting, file }: { message: string; nesting: number; file?: string }) => {
    // What tests measured; the runner's own counts come without a file.
    if (
      file !== undefined &&
      nesting === 0 &&
      !/^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /.test(message)
    ) {
      process.stdout.write(`${styleText('gray', `     ${relative(root, file)}: ${message}`)}\n`);
    }
  })
  .once('end', conclude)
  .resume();

function count(test: TestEvent): void {
  if (test.details.type === 'suite') return;
  if (test.skip !== undefined && test.skip !== false) {
    skips.push(test);
    return;
  }
  passed++;
  if (test.details.duration_ms > 10_000) {
    process.stdout.write(styleText('gray', `     ${place(test)}: ${(test.details.duration_ms / 1000).toFixed(0)} s\n`));
  }
}

function conclude(): void {
  for (const test of skips) process.stdout.write(`${styleText('yellow', 'skip')} ${place(test)}: ${reason(test)}\n`);
  for (const test of failures) process.stdout.write(`${styleText('red', 'FAIL')} ${place(test)}\n`);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(
    `${passed} passed, ${failures.length} failed, ${skips.length} skipped in ${files.length} files, ${seconds} s\n`,
  );
  process.exitCode = failures.length > 0 ? 1 : 0;
}

function reason({ skip }: TestEvent): string {
  return typeof skip === 'string' && skip !== '' ? skip : 'no reason given';
}

function place({ file, name }: TestEvent): string {
  return file === undefined ? name : `${relative(root, file)}: ${name}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '     ');
}
