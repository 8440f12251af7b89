// A repository of its own for every test that changes files, and the command line as a user starts it.
import { spawn, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after } from 'node:test';

const project = join(import.meta.dirname, '..', '..');

/** The bundled command line. `npm test` builds it first; run `npm run prepare` before single files. */
export const rekindleScript = join(project, 'dist', 'rekindle.js');

export interface TestRepository {
  root: string;
  write(path: string, content: string | Uint8Array): void;
  read(path: string): string;
}

/** An empty folder that is removed when the test file ends. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rekindle-test-')));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder with the given files. */
export function repositoryOf(files: Record<string, string | Uint8Array>): TestRepository {
  const root = temporaryFolder();
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  return { root, write, read: (path) => readFileSync(join(root, path), 'utf8') };
}

/** A copy of test/fixtures/repository, with other files on top. */
export function fixtureRepository(files: Record<string, string | Uint8Array> = {}): TestRepository {
  const repository = repositoryOf({});
  const fixture = join(project, 'test', 'fixtures', 'repository');
  // What somebody who ran the tool in there left behind would make every test a warm one.
  const filter = (path: string): boolean => !['.cache', 'rendered'].includes(basename(path));
  cpSync(fixture, repository.root, { recursive: true, filter });
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  return repository;
}

export interface Run {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Wall time. */
  seconds: number;
}

export interface RunOptions {
  env?: Record<string, string>;
  /** Called with the process as soon as it runs. */
  onStart?: (child: ChildProcess) => void;
}

/** Runs the bundled command line and waits for its end. */
export function rekindle(cwd: string, args: string[], { env, onStart }: RunOptions = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, [rekindleScript, ...args], { cwd, env: { ...process.env, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({ code, signal, stdout, stderr, seconds: (performance.now() - start) / 1000 }),
    );
    onStart?.(child);
  });
}

/** Every file under a folder with its content, by relative path; the writer's own state left out. */
export function snapshot(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    if (entry.isFile() && !path.startsWith('.rekindle/')) files[path] = readFileSync(join(folder, path), 'utf8');
  }
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
}
