// dist/start.js: starts a bundle with what V8 made of it in an earlier run. Compiling is a third of what a command takes.
'use strict';
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');

const folder = join(__dirname, '.compile-cache');

/** `digest` is that of the bundle; to compute it here would cost what the cache saves. */
module.exports = function start(bundle, digest) {
  if (process.env.DEBUG) {
    process.setSourceMapsEnabled(true);
    require(`./${bundle}`);
  } else if (Module.enableCompileCache) {
    Module.enableCompileCache(folder);
    require(`./${bundle}`);
  } else startCached(bundle, digest);
};

/** What Node.js 22 and later do by themselves. */
function startCached(bundle, digest) {
  const filename = join(__dirname, bundle);
  const source = Module.wrap(readFileSync(filename, 'utf8'));
  // V8 itself compares no more than the length of the source. What a run compiles differs by verb.
  const verb = /^[a-z]+$/.test(process.argv[2] ?? '') ? process.argv[2] : 'any';
  const cache = join(folder, `${bundle}-${verb}-${process.version}-${digest}`);
  const cachedData = readCache(cache);
  const script = new vm.Script(source, { filename, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) process.on('exit', () => writeCache(cache, script));
  const module = { exports: {} };
  script.runInThisContext()(module.exports, Module.createRequire(filename), module, filename, __dirname);
}

function readCache(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Written aside and renamed. Where the installation can't be written to, every run compiles. */
function writeCache(file, script) {
  try {
    // It is refused by a process whose flags differ, and a bundle may have set this one.
    v8.setFlagsFromString('--opt');
    mkdirSync(folder, { recursive: true });
    const temporary = `${file}.${process.pid}.tmp`;
    writeFileSync(temporary, script.createCachedData());
    renameSync(temporary, file);
  } catch {
    // The next run tries again.
  }
}
