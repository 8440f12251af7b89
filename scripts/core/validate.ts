// Evaluates and checks environments, from the cache when nothing has changed.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openCache, sha256 } from './cache.ts';
import type { Checkers } from './check.ts';
import type { EvaluateOptions } from './evaluation.ts';
import { remember } from './memo.ts';
import type { Diagnostic, Environment } from './types.ts';

/** What manifests are checked against. */
export interface CheckAgainst {
  /** Minors of Kubernetes. */
  kubernetes: readonly string[];
  /** Files and folders of more CustomResourceDefinitions. */
  crds: readonly string[];
  /** Kinds that need no schema. */
  allowMissing: readonly string[];
}

/** What checking an environment came to. */
export interface Validation {
  diagnostics: Diagnostic[];
  /** Number of manifests by app, in the order of the environment. */
  apps: { app: string; manifests: number }[];
}

/**
 * Evaluates an environment and checks every manifest. `checkers` is called when something has to be checked: loading
 * them costs more than looking up an unchanged environment.
 */
export function validateEnvironment(
  environment: Environment,
  options: EvaluateOptions & { against: CheckAgainst; checkers: () => Checkers; onApp?: (app: string) => void },
): Promise<Validation> {
  const cache = options.cache === undefined ? openCache(environment.root) : options.cache;
  return remember(environment, cache, ['validate', checkKey(environment, options.against)], async () => {
    const [{ checkEnvironment }, { renderApps }] = await Promise.all([import('./check.ts'), import('./render-apps.ts')]);
    const { apps, listed, diagnostics } = await renderApps(environment, options);
    const found = checkEnvironment(environment, apps, { checkers: options.checkers(), listed });
    // An environment that did not evaluate at all has said so; that it is empty would be a second word for it.
    const news = listed === null ? found.filter(({ rule }) => rule !== 'empty-environment') : found;
    const value = {
      diagnostics: [...diagnostics, ...news],
      apps: apps.map(({ app, manifests }) => ({ app, manifests: manifests.length })),
    };
    return { value, keep: !diagnostics.some(({ rule }) => rule.startsWith('evaluation')) };
  });
}

/** Changes with everything that a check depends on but the manifests and the code: for the key of a cached result. */
export function checkKey({ root, directory, libs }: Environment, { kubernetes, crds, allowMissing }: CheckAgainst): unknown {
  return [
    kubernetes,
    allowMissing,
    crds.map(contentHash),
    // Rules look at what lies beside main.jsonnet, and at the folders that Applications name.
    readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort(),
    readdirSync(dirname(directory)).sort(),
    libs.filter((lib) => existsSync(join(root, lib))),
    libs.map((lib) => crdStamps(join(root, lib))),
  ];
}

/** Sizes and times of the definitions that libraries bring for the schema check; hashing megabytes would cost more. */
function crdStamps(lib: string): unknown[] {
  if (!existsSync(lib)) return [];
  return readdirSync(lib).flatMap((name) => {
    const folder = join(lib, name, 'crds');
    if (!existsSync(folder)) return [];
    return readdirSync(folder).sort().map((file) => {
      const { size, mtimeMs } = statSync(join(folder, file));
      return [name, file, size, mtimeMs];
    });
  });
}

function contentHash(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return '';
  if (!stats.isDirectory()) return sha256(readFileSync(path));
  return sha256(readdirSync(path).sort().map((name) => name + contentHash(join(path, name))).join());
}
