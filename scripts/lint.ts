import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { checkPortability } from './core/lint/portability.ts';
import { openRepository } from './core/root.ts';
import type { Repository } from './core/root.ts';
import { sourceFiles } from './core/source-files.ts';
import { findTool } from './core/tools.ts';
import { printFindings } from './report/findings.ts';

/** `lint`: mistakes that no schema sees, in TypeScript and Jsonnet. */
export function command(): Command {
  return new Command('lint')
    .description(
      'Look for mistakes in TypeScript (oxlint), in Jsonnet (jsonnet-lint where that is installed), and for Jsonnet that only one of the two engines understands.',
    )
    .action(run);
}

async function run(): Promise<void> {
  const repository = openRepository(process.cwd());
  const jsonnet = sourceFiles(repository.root, ['.jsonnet', '.libsonnet']).filter(
    (file) => !file.startsWith('test/fixtures/'),
  );
  const findings = jsonnet.flatMap((file) => checkPortability(readFileSync(join(repository.root, file), 'utf8'), file));
  await printFindings(findings, process.stdout);
  const results = [await oxlint(repository), await jsonnetLint(repository, jsonnet)];
  if (results.includes(false)) process.exitCode = 1;
  if (findings.length === 0 && !results.includes(false))
    process.stdout.write(`${jsonnet.length} Jsonnet files: no findings\n`);
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

async function jsonnetLint({ root, libs }: Repository, files: string[]): Promise<boolean> {
  if (files.length === 0) return true;
  const tool = findTool('jsonnet-lint');
  if (tool === undefined) {
    process.stderr.write(
      'left out: jsonnet-lint is not installed (go install github.com/google/go-jsonnet/cmd/jsonnet-lint@v0.22.0)\n',
    );
    return true;
  }
  return await succeeds(root, tool, [...libs.flatMap((lib) => ['-J', lib]), '--', ...files]);
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
