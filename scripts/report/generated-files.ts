import { styleText } from 'node:util';
import { compareGenerated, writeGenerated } from '../core/schemas/generated-files.ts';
import type { FileChange, Generated } from '../core/schemas/generated-files.ts';

/** Flags that the verbs `crds` and `schemas` share. */
export interface GenerateFlags {
  root: string;
  check?: boolean;
}

const colours = { added: 'green', changed: 'yellow', removed: 'red', unchanged: 'dim' } as const;

/**
 * Runs a generator, writes or compares its files, prints one line per file and sets the exit code: 1 when `--check` finds
 * a stale file, 2 when the generator fails.
 */
export async function reportGenerated(
  { root, check = false }: GenerateFlags,
  generate: () => Promise<Generated>,
): Promise<void> {
  try {
    const generated = await generate();
    const changes = await (check ? compareGenerated : writeGenerated)(root, generated);
    process.stdout.write(table(changes));
    const stale = changes.filter(({ change }) => change !== 'unchanged').length;
    if (check && stale > 0) {
      process.stderr.write(`${stale} generated files are out of date: run again without --check.\n`);
      process.exitCode = 1;
    }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}

function table(changes: FileChange[]): string {
  const width = Math.max(0, ...changes.map(({ path }) => path.length));
  return changes
    .map(({ path, bytes, change }) => {
      const state = styleText(colours[change], change.padEnd(9));
      return `${state}  ${path.padEnd(width)}  ${String(bytes).padStart(7)} B\n`;
    })
    .join('');
}
