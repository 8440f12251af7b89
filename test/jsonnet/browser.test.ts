// The engine evaluates a whole environment in a browser, which has neither Node nor files.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { discoverEnvironments, selectEnvironments } from '../../scripts/core/discover.ts';
import { defaultLimits } from '../../scripts/core/engine.ts';
import { typescriptEngine } from '../../scripts/core/engine-typescript.ts';
import { folderOf, importGraph, libraryPath } from '../../scripts/core/graph.ts';
import { openRepository } from '../../scripts/core/root.ts';
import * as inNode from '../../scripts/jsonnet/browser.ts';
import { temporaryFolder } from '../helpers/repository.ts';
import { findTool } from '../helpers/tools.ts';

const repository = openRepository(import.meta.dirname);
const browser = findTool('chromium');
const missing = 'Chromium is not installed (Debian: apt-get install chromium)';
// In CI a missing browser fails.
const skip = browser === undefined && process.env.CI === undefined ? missing : false;

/** One script that makes the global `jsonnet`. esbuild refuses what is no part of a browser. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: repository.root,
    entryPoints: ['scripts/jsonnet/browser.ts'],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'jsonnet',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}

interface Program {
  name: string;
  source: string;
  files: [path: string, text: string][];
  libraries: string[];
}

/** Runs in the page: it may refer to nothing outside. */
function evaluateInPage({ name, source, files, libraries }: Program) {
  const jsonnet = (globalThis as unknown as { jsonnet: typeof inNode }).jsonnet;
  const node = typeof process;
  const start = performance.now();
  try {
    const host = jsonnet.textHost(new Map(files), libraries);
    const text = jsonnet.evaluateText(name, name, source, { host });
    return { text, node, milliseconds: performance.now() - start };
  } catch (error) {
    if (!(error instanceof jsonnet.JsonnetError)) throw error;
    return { text: jsonnet.formatError(error), node, milliseconds: performance.now() - start };
  }
}

/** Evaluates a program in a page that has the engine and no network. An error gives its report. */
async function inChromium(program: Program): Promise<ReturnType<typeof evaluateInPage>> {
  assert.ok(browser !== undefined, missing);
  const context = await chromium.launchPersistentContext(temporaryFolder(), {
    executablePath: browser,
    headless: true,
    chromiumSandbox: false,
    offline: true,
    timeout: 60_000,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const page = await context.newPage();
    await page.addScriptTag({ content: await bundle() });
    return await page.evaluate(evaluateInPage, program);
  } finally {
    await context.close();
  }
}

test(
  'every app of an environment comes out as the toolchain has it, to the byte',
  { skip, timeout: 180_000 },
  async (t) => {
    const [environment] = selectEnvironments(discoverEnvironments(repository), ['kind']);
    const program: Program = {
      name: `${folderOf(environment!)}/(apps)`,
      source: `local main = import 'main.jsonnet'; { [app]: main(app) for app in (import 'cluster.libsonnet').apps }`,
      files: [...importGraph(environment!).files.keys()].map((path) => [
        path,
        readFileSync(join(repository.root, path), 'utf8'),
      ]),
      libraries: libraryPath(environment!),
    };
    const expected = await typescriptEngine().evaluate({
      root: repository.root,
      libraryPath: program.libraries,
      file: program.name,
      snippet: program.source,
      limits: defaultLimits,
    });
    assert.ok('json' in expected, JSON.stringify(expected));
    const apps = Object.values(JSON.parse(expected.json) as Record<string, unknown[]>);
    assert.ok(apps.length > 5);

    const actual = await inChromium(program);
    assert.equal(actual.node, 'undefined');
    assert.ok(`${actual.text}\n` === expected.json, `Chromium gives another text: ${actual.text.slice(0, 2000)}`);
    t.diagnostic(
      `${apps.length} apps, ${apps.flat().length} manifests, ${expected.json.length} characters from ` +
        `${program.files.length} files in ${actual.milliseconds.toFixed(0)} ms`,
    );
  },
);

test('errors say the same, the depth of the stack included', { skip, timeout: 180_000 }, async () => {
  const program: Program = {
    name: 'main.jsonnet',
    source: `(import 'deep.libsonnet')(0)`,
    files: [['lib/deep.libsonnet', 'local deep(n) = 1 + deep(n + 1);\nfunction(n) deep(n)\n']],
    libraries: ['lib'],
  };
  const host = inNode.textHost(new Map(program.files), program.libraries);
  let expected = '';
  try {
    inNode.evaluateText(program.name, program.name, program.source, { host });
  } catch (error) {
    expected = inNode.formatError(error as inNode.JsonnetError);
  }
  assert.match(expected, /max stack frames exceeded[^]*lib\/deep\.libsonnet:1:/);
  assert.equal((await inChromium(program)).text, expected);
});
