// Bundles the scripts into dist/ (npm runs this as `prepare`), so that a command starts in the time of its own code and
// needs no compiler. A published package brings dist/ along and skips this.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const scripts = join(root, 'scripts');
const dist = join(root, 'dist');
/** What package.json's `bin` names, and the bundle that each starts. */
const programs = { 'rekindle.js': 'main.js', 'jsonnet.js': 'jsonnet-main.js', 'jsonnetfmt.js': 'jsonnetfmt-main.js' };

if (existsSync(join(scripts, 'rekindle.ts'))) {
  await bundle();
  const validators = join(scripts, 'install', 'validators.mjs');
  if (existsSync(validators)) await import(validators);
}

async function bundle() {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: {
      main: 'scripts/rekindle.ts',
      'engine-child': 'scripts/core/engine-child.ts',
      'jsonnet-main': 'scripts/jsonnet/command/main.ts',
      'jsonnetfmt-main': 'scripts/jsonnetfmt.ts',
      'prettier-plugin': 'scripts/jsonnet/format/prettier-plugin.ts',
    },
    outdir: 'dist',
    write: false,
    bundle: true,
    // One CommonJS file starts at least as fast as ES modules split by verb (measured: a warm render 1.5 times an empty
    // process either way), and can be replaced while commands run. What is imported dynamically is in it, but not
    // evaluated before it is asked for.
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // What is kept of a compiled bundle can't import, only require (start.cjs).
    supported: { 'dynamic-import': false },
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
  mkdirSync(dist, { recursive: true });
  // The package as a whole is ES modules.
  replace('package.json', '{ "type": "commonjs" }\n');
  for (const { path, contents } of outputFiles) replace(basename(path), contents);
  replace('start.js', readFileSync(join(scripts, 'install', 'start.cjs')));
  for (const [name, started] of Object.entries(programs)) {
    const digest = createHash('sha256')
      .update(readFileSync(join(dist, started)))
      .digest('hex')
      .slice(0, 16);
    replace(name, `#!/usr/bin/env node\nrequire('./start.js')('${started}', '${digest}');\n`);
  }
  // What V8 made of earlier bundles.
  rmSync(join(dist, '.compile-cache'), { recursive: true, force: true });
}

/** Written aside and renamed: a command that starts meanwhile finds the old file or the new one. */
function replace(name, contents) {
  const temporary = join(dist, `${name}.${process.pid}.tmp`);
  writeFileSync(temporary, contents, { mode: name in programs ? 0o755 : 0o644 });
  renameSync(temporary, join(dist, name));
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
