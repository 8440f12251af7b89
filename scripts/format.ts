import { Command } from 'commander';
import { format } from './core/format.ts';
import { openRepository } from './core/root.ts';

/** `format`: every source of the repository in one style. */
export function command(): Command {
  return new Command('format')
    .description('Format Jsonnet, TypeScript, JSON, YAML and Markdown with Prettier.')
    .option('--check', 'write nothing; exit 1 when a file is not formatted')
    .action(run);
}

async function run({ check = false }: { check?: boolean }): Promise<void> {
  const { changed, failed, files } = await format(openRepository(process.cwd()).root, check);
  for (const file of changed) process.stdout.write(`${check ? 'not formatted' : 'formatted'}  ${file}\n`);
  for (const { file, reason } of failed) process.stdout.write(`can't be read  ${file}: ${reason}\n`);
  const unchanged = files - changed.length - failed.length;
  process.stdout.write(`${unchanged} of ${files} files were formatted already\n`);
  if (failed.length > 0 || (check && changed.length > 0)) process.exitCode = 1;
}
