// Bundles the scripts into dist/ (npm runs this as `prepare`), so that a command starts in the time of its own code and
// needs no compiler. A published package brings dist/ along and skips this.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const scripts = join(root, 'scripts');
const dist = join(root, 'dist');

if (existsSync(join(scripts, 'rekindle.ts'))) {
  await bundle();
  const validators = join(scripts, 'install', 'validators.mjs');
  if (existsSync(validators)) await import(validators);
}

async function bundle() {
  const { build } = await import('esbuild');
  // Built aside and renamed: a command that starts meanwhile finds the old bundle or the new one.
  const stage = join(dist, `.stage-${process.pid}`);
  mkdirSync(stage, { recursive: true });
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ['scripts/rekindle.ts', 'scripts/core/engine-child.ts'],
      entryNames: '[name]',
      outdir: stage,
      bundle: true,
      // One CommonJS file starts at least as fast as ES modules split by verb (measured: a warm render 1.5 times an empty
      // process either way), and can be replaced while commands run. What is imported dynamically is in it, but not
      // evaluated before it is asked for.
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      // Native, or large and loaded by few verbs: every command would read them.
      external: ['@hanazuki/node-jsonnet', 'esbuild', 'oxlint', 'prettier', 'zx'],
      banner: { js: "const rekindleUrl = require('node:url').pathToFileURL(__filename).href;" },
      define: { 'import.meta.url': 'rekindleUrl', REKINDLE_BUILD: JSON.stringify(buildId()) },
      minifySyntax: true,
      minifyWhitespace: true,
      sourcemap: 'linked',
      sourcesContent: false,
      legalComments: 'none',
      logLevel: 'warning',
    });
    // The package as a whole is ES modules.
    writeFileSync(join(stage, 'package.json'), '{ "type": "commonjs" }\n');
    for (const name of readdirSync(stage)) renameSync(join(stage, name), join(dist, name));
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** Changes with every source and every dependency, so that no result of older code is reused. */
function buildId() {
  const hash = createHash('sha256');
  for (const path of readdirSync(scripts, { recursive: true, encoding: 'utf8' }).sort()) {
    if (path.endsWith('.ts')) hash.update(path).update(readFileSync(join(scripts, path)));
  }
  for (const name of ['package.json', 'package-lock.json']) {
    if (existsSync(join(root, name))) hash.update(readFileSync(join(root, name)));
  }
  return hash.digest('hex');
}
