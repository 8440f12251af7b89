// Compiles the validators of every Kubernetes kind into dist/validators/, as the last step of `prepare`. What is up to
// date already is kept, so that only a change of the schemas or of ajv costs time.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
// Inside dist/, because the code finds the package by looking upward from itself.
const outfile = join(root, 'dist', `precompile-${process.pid}.mjs`);

try {
  await build({
    entryPoints: [join(root, 'scripts/core/schemas/compile/precompile.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  const { precompileValidators } = await import(pathToFileURL(outfile).href);
  const { validators, compiled } = precompileValidators();
  if (compiled > 0) process.stdout.write(`compiled ${compiled} of ${validators} validators\n`);
} finally {
  rmSync(outfile, { force: true });
}
