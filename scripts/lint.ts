import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { lintRepository } from './core/lint/lint.ts';
import { openRepository } from './core/root.ts';
import type { Repository } from './core/root.ts';
import { sourceFiles } from './core/source-files.ts';
import { printFindings } from './report/findings.ts';

/** `lint`: mistakes that no schema sees, in TypeScript and Jsonnet. */
export function command(): Command {
  return new Command('lint').description('Look for mistakes in Jsonnet, and in TypeScript with oxlint.').action(run);
}

async function run(): Promise<void> {
  const repository = openRepository(process.cwd());
  const jsonnet = sourceFiles(repository.root, ['.jsonnet', '.libsonnet']).filter(
    (file) => !file.startsWith('test/fixtures/'),
  );
  const findings = lintRepository(repository, jsonnet);
  await printFindings(findings, process.stdout);
  const isContent = await oxlint(repository);
  // A warning is a mistake here, as it is for oxlint: what is meant so says it in a comment.
  if (findings.length > 0 || !isContent) process.exitCode = 1;
  else process.stdout.write(`${jsonnet.length} Jsonnet files: no findings\n`);
}

/** Whether oxlint is content; true where there is nothing for it to read. */
async function oxlint({ root }: Repository): Promise<boolean> {
  const folders = ['scripts', 'test'].filter((folder) => sourceFilesIn(root, folder).length > 0);
  if (folders.length === 0) return true;
  const require = createRequire(import.meta.url);
  const program = join(dirname(require.resolve('oxlint/package.json')), 'bin/oxlint');
  return await succeeds(root, process.execPath, [program, '--deny-warnings', ...folders]);
}

function sourceFilesIn(root: string, folder: string): string[] {
  return existsSync(join(root, folder)) ? sourceFiles(root, ['.ts', '.mjs'], folder) : [];
}

/** Runs a program with its output shown, and says whether it exited with 0. */
async function succeeds(cwd: string, program: string, args: string[]): Promise<boolean> {
  const { $ } = await import('zx');
  const output = await $({
    cwd,
    quiet: true,
    nothrow: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  })`${program} ${args}`;
  return output.exitCode === 0;
}
