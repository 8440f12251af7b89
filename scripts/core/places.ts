import { defaultLimits } from './engine.ts';
import type { EvaluateOptions } from './evaluation.ts';
import type { Diagnostic, Environment } from './types.ts';

/**
 * Gives findings on an environment their places in its Jsonnet sources, with the code around them. That takes a second
 * evaluation of each app that has a finding, within the same limits again; an environment without findings pays nothing
 * for it. With another engine than ours findings stay as they are: how that one reads a program is its own business.
 */
export async function withPlaces(
  environment: Environment,
  diagnostics: Diagnostic[],
  { engine, limits = defaultLimits }: EvaluateOptions,
): Promise<Diagnostic[]> {
  if (diagnostics.length === 0 || (engine !== undefined && engine.name !== 'typescript')) return diagnostics;
  const { locateFindings } = await import('./why/locate.ts');
  return locateFindings(environment, diagnostics, limits);
}
