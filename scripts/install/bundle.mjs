// Bundles the scripts into dist/ (npm runs this as `prepare`): one file per verb plus what they share, so that a command
// starts in the time of its own code and needs no compiler. A published package brings dist/ along and skips this.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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
  const verbs = readdirSync(scripts).filter((name) => name.endsWith('.ts'));
  const entryPoints = Object.fromEntries(
    [...verbs, 'core/engine-child.ts'].map((path) => [basename(path, '.ts'), join(scripts, path)]),
  );
  mkdirSync(dist, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Native, or loaded from its own folder at run time.
    external: ['@hanazuki/node-jsonnet', 'esbuild', 'oxlint', 'prettier'],
    // CommonJS dependencies call require() for Node's own modules; an ES module has none.
    banner: { js: "import { createRequire as rekindleRequire } from 'node:module'; const require = rekindleRequire(import.meta.url);" },
    define: { REKINDLE_BUILD: JSON.stringify(buildId()) },
    chunkNames: '[name]-[hash]',
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  removeOthers(new Set(Object.keys(metafile.outputs).map((path) => basename(path))));
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

/** Chunks are named by their content: those of the last build would stay for ever. */
function removeOthers(current) {
  for (const name of readdirSync(dist)) {
    if (/\.js(\.map)?$/.test(name) && !current.has(name)) rmSync(join(dist, name));
  }
}
