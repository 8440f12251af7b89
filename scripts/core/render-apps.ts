import { emitYaml } from './emit-yaml.ts';
import { evaluateEnvironment, type EnvironmentOptions } from './evaluate.ts';
import { manifestsOf } from './manifests.ts';
import { fileNames } from './output-files.ts';
import type { Capacity, Diagnostic, Environment, Infrastructure, Manifest } from './types.ts';
import type { AppOutput } from './output-plan.ts';

export type Format = 'yaml' | 'json';

/** The manifests of one app, in the order in which the environment gives them. */
export interface RenderedApp {
  app: string;
  manifests: Manifest[];
}

/** An environment as manifests: those of the apps that could be rendered, and what kept the others from it. */
export interface RenderedApps {
  apps: RenderedApp[];
  /** Every app that the environment lists, rendered or not; null when it didn't come to listing them. */
  listed: string[] | null;
  capacity: Capacity | null;
  /** null when it was not asked for or failed; undefined when the cluster object has no such slice. */
  infrastructure?: Infrastructure | null;
  diagnostics: Diagnostic[];
}

/** Evaluates an environment and turns the value of each app into manifests. An app with a finding has none. */
export async function renderApps(environment: Environment, options: EnvironmentOptions = {}): Promise<RenderedApps> {
  const { apps, diagnostics, ...rest } = await evaluateEnvironment(environment, options);
  const { env: _, ...known } = rest;
  const rendered: RenderedApps = { ...known, apps: [], diagnostics: [...diagnostics] };
  for (const { app, value, diagnostics: failures } of apps) {
    if (failures !== undefined) {
      rendered.diagnostics.push(...failures);
      continue;
    }
    const { manifests, diagnostics: refused } = manifestsOf(value);
    rendered.diagnostics.push(...refused.map((finding) => ({ ...finding, env: environment.name, app })));
    if (refused.length === 0) rendered.apps.push({ app, manifests });
  }
  return rendered;
}

/** The files of an app, one per manifest. */
export function appOutput(env: string, { app, manifests }: RenderedApp, format: Format): AppOutput {
  const names = fileNames(manifests);
  const files = manifests.map((manifest, index) => ({
    name: `${names[index]}.${format}`,
    text: format === 'yaml' ? emitYaml(manifest) : `${JSON.stringify(manifest, null, 2)}\n`,
  }));
  return { env, app, files };
}
