// Evaluates and checks environments, from the cache when nothing has changed.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openCache, sha256 } from './cache.ts';
import { checkKey } from './check-key.ts';
import type { Checkers } from './check.ts';
import type { EvaluateOptions } from './evaluation.ts';
import { remember } from './memo.ts';
import { withPlaces } from './places.ts';
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
  return remember(
    environment,
    cache,
    question(environment, options),
    async (graph) => {
      const [{ checkEnvironment }, { renderApps }] = await Promise.all([
        import('./check.ts'),
        import('./render-apps.ts'),
      ]);
      const { apps, diagnostics, ...known } = await renderApps(environment, { ...options, graph });
      const found = checkEnvironment(environment, apps, { checkers: options.checkers(), ...known });
      // An environment that did not evaluate at all has said so; that it is empty would be a second word for it.
      const news = known.listed === null ? found.filter(({ rule }) => rule !== 'empty-environment') : found;
      const value = {
        diagnostics: await withPlaces(environment, [...diagnostics, ...news], options),
        apps: apps.map(({ app, manifests }) => ({ app, manifests: manifests.length })),
      };
      return { value, keep: !diagnostics.some(({ rule }) => rule.startsWith('evaluation')) };
    },
    options,
  );
}

/** Changes with everything that the answer depends on but the sources of the environment and the code. */
function question(
  environment: Environment,
  { against, engine, hashes }: EvaluateOptions & { against: CheckAgainst },
): unknown[] {
  const { kubernetes, crds, allowMissing } = against;
  return ['validate', engine?.name, kubernetes, allowMissing, crds.map(contentHash), checkKey(environment, hashes)];
}

function contentHash(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return '';
  if (!stats.isDirectory()) return sha256(readFileSync(path));
  return sha256(
    readdirSync(path)
      .sort()
      .map((name) => name + contentHash(join(path, name)))
      .join(),
  );
}
