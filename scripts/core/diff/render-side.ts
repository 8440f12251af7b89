import type { EnvironmentOptions } from '../evaluate.ts';
import { discoverEnvironments } from '../discover.ts';
import { UsageError } from '../errors.ts';
import { renderApps, type RenderedApps } from '../render-apps.ts';
import { openRepository } from '../root.ts';
import { infrastructureFolders } from '../terraform/files.ts';
import type { Diagnostic, Environment } from '../types.ts';
import type { Side } from './types.ts';

/** The environments of a repository, rendered, and what kept parts of them from it. */
export interface RenderedSides {
  /** Every environment that is there. */
  names: string[];
  /** Those that could be evaluated. */
  sides: Side[];
  diagnostics: Diagnostic[];
}

/** Renders environments; those of `only`, or all of them. A folder without environments has none: it may be older than they are. */
export async function renderSides(
  root: string,
  only: readonly string[],
  options: EnvironmentOptions,
): Promise<RenderedSides> {
  const environments = environmentsOf(root).filter(({ name }) => only.length === 0 || only.includes(name));
  const results = await Promise.all(
    environments.map(async (environment) => ({ env: environment.name, ...(await renderApps(environment, options)) })),
  );
  return {
    names: results.map(({ env }) => env),
    sides: results.flatMap((result) => (result.listed === null ? [] : [sideOf(result, result.listed)])),
    diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
  };
}

function sideOf({ env, apps, infrastructure }: RenderedApps & { env: string }, listed: string[]): Side {
  const failed = listed.filter((name) => !apps.some(({ app }) => app === name));
  if (infrastructure === undefined) return { env, apps, failed };
  return {
    env,
    apps,
    infrastructure,
    failed: infrastructure === null ? [...failed, ...infrastructureFolders] : failed,
  };
}

function environmentsOf(root: string): Environment[] {
  try {
    return discoverEnvironments(openRepository(root));
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}
