import { styleText } from 'node:util';
import { compareGenerated, writeGenerated } from '../core/schemas/generate/generated-files.ts';
import type { FileChange, Generated } from '../core/schemas/generate/generated-files.ts';

const colours = { added: 'green', changed: 'yellow', removed: 'red', unchanged: 'dim' } as const;

/**
 * Writes what a generator made, or only compares it, and prints one line per file.
 *
 * @param root absolute path of the repository
 * @param check write nothing, and set the exit code 1 when a file is out of date
 */
export async function reportGenerated(root: string, generated: Generated, check = false): Promise<void> {
  const changes = await (check ? compareGenerated : writeGenerated)(root, generated);
  process.stdout.write(table(changes));
  const stale = changes.filter(({ change }) => change !== 'unchanged').length;
  if (check && stale > 0) {
    process.stderr.write(`${stale} generated files are out of date: run again without --check\n`);
    process.exitCode = 1;
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
