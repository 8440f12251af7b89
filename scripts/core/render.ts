import { openCache, sha256, type Cache } from './cache.ts';
import { checkKey } from './check-key.ts';
import type { Checkers } from './check.ts';
import { newFileHashes, type FileHashes } from './file-hashes.ts';
import type { EnvironmentOptions } from './evaluate.ts';
import { importGraph, type ImportGraph } from './graph.ts';
import { remember, type Computed } from './memo.ts';
import { withPlaces } from './places.ts';
import type { Format, RenderedApp, RenderedApps } from './render-apps.ts';
import { infrastructureOutput, lockFiles } from './terraform/files.ts';
import type { Capacity, Diagnostic, Environment } from './types.ts';
import type { AppOutput } from './output-plan.ts';

export interface RenderOptions extends EnvironmentOptions {
  format: Format;
  /** The output folder: files that are there as they should be aren't made again. Without one everything is. */
  directory: string | null;
  /** What the environments of one run share; filled when the first of them is checked. */
  shared?: { checkers?: Checkers };
}

/** A folder of the output, with the SHA-256 of its files. */
export interface Written {
  app: string;
  files: { name: string; hash: string }[];
}

/** What an environment came to. It is kept in the cache, so it holds no manifest. */
export interface RenderSummary {
  /** Every app that the environment lists, rendered or not; null when it didn't come to listing them. */
  listed: string[] | null;
  /** The apps that were rendered, with the SHA-256 of their files. */
  apps: Written[];
  /** What Terraform and kind are given, likewise; null when it was not asked for or failed. */
  infrastructure: Written[] | null;
  manifests: number;
  /** Of all files. */
  bytes: number;
  capacity: Capacity | null;
  diagnostics: Diagnostic[];
}

export interface RenderResult extends RenderSummary {
  env: string;
  /** What `writeOutput` takes. */
  outputs: AppOutput[];
  /** The manifests, unless nothing had to be rendered. */
  rendered?: RenderedApp[];
}

/**
 * Renders an environment to files and checks it, or finds that neither its sources nor its files have changed since that
 * was last done: then nothing is evaluated, printed or checked again.
 */
export async function renderEnvironment(environment: Environment, options: RenderOptions): Promise<RenderResult> {
  const cache = options.cache === undefined ? openCache(environment.root) : options.cache;
  const env = environment.name;
  const hashes = options.hashes ?? newFileHashes();
  let made: { outputs: AppOutput[]; rendered: RenderedApp[] } | undefined;
  const compute = async (graph: ImportGraph): Promise<Computed<RenderSummary>> => {
    const { renderApps, appOutput } = await import('./render-apps.ts');
    const { apps, diagnostics, ...known } = await renderApps(environment, { ...options, cache, graph });
    const keep = !diagnostics.some(({ rule }) => rule.startsWith('evaluation-'));
    // Of an environment that didn't come to listing its apps the rules could only say that it is empty.
    const { listed, capacity, infrastructure } = known;
    const found = listed === null ? [] : await check(environment, { apps, ...known, listed }, cache, options.shared);
    const ofApps = apps.map((app) => appOutput(env, app, options.format));
    const others = infrastructure ? infrastructureOutput(environment, infrastructure) : [];
    made = { outputs: [...ofApps, ...others], rendered: apps };
    const texts = ofApps.flatMap(({ files }) => files.map(({ text = '' }) => text));
    const summary = {
      listed,
      apps: ofApps.map(hashed),
      infrastructure: infrastructure === null ? null : others.map(hashed),
      manifests: texts.length,
      bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
      capacity,
      diagnostics: await withPlaces(environment, [...diagnostics, ...found], options),
    };
    return { value: summary, keep };
  };

  const question = [
    'render',
    options.engine?.name,
    options.format,
    options.apps ?? null,
    checkKey(environment, hashes),
    lockFiles(environment).map((file) => hashes.of(file) ?? null),
  ];
  const summary = await remember(environment, cache, question, compute, { hashes });
  if (made === undefined && !isIntact(options.directory, env, summary, hashes)) await compute(importGraph(environment));
  return { env, ...summary, outputs: unchanged(env, summary), ...made };
}

async function check(
  environment: Environment,
  { apps, ...known }: Omit<RenderedApps, 'diagnostics' | 'listed'> & { listed: string[] },
  cache: Cache | null,
  shared: NonNullable<RenderOptions['shared']> = {},
): Promise<Diagnostic[]> {
  const { checkEnvironment, defaultKubernetes, loadCheckers } = await import('./check.ts');
  const { root, libs } = environment;
  shared.checkers ??= loadCheckers(defaultKubernetes, { root, libs, cache });
  return checkEnvironment(environment, apps, { checkers: shared.checkers, ...known });
}

function isIntact(directory: string | null, env: string, summary: RenderSummary, hashes: FileHashes): boolean {
  if (directory === null) return false;
  return foldersOf(summary).every(({ app, files }) =>
    files.every(({ name, hash }) => hashes.of(`${directory}/${env}/${app}/${name}`) === hash),
  );
}

function unchanged(env: string, summary: RenderSummary): AppOutput[] {
  return foldersOf(summary).map(({ app, files }) => ({ env, app, files }));
}

function foldersOf({ apps, infrastructure }: RenderSummary): Written[] {
  return [...apps, ...(infrastructure ?? [])];
}

function hashed({ app, files }: AppOutput): Written {
  return { app, files: files.map(({ name, text = '' }) => ({ name, hash: sha256(text) })) };
}
