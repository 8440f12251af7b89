import { capacityPart, infrastructurePart, infrastructureProgram, isSlice, type Outcome } from './evaluate-outcome.ts';
import type { EvaluationFailure } from './engine.ts';
import type { Evaluator } from './evaluation.ts';
import { failureFinding } from './evaluation-failure.ts';
import type { Diagnostic, Environment } from './types.ts';

/**
 * Evaluates all parts by one program, for an engine that can't do it one by one: it stops at the first part that fails.
 * That part is left out and the rest evaluated again; all of it stays within the limits.
 */
export async function evaluateTogether(
  environment: Environment,
  { graph, engine, limits, request }: Evaluator,
  only: readonly string[] | undefined,
  onPart: (part: string) => void,
): Promise<Outcome> {
  let left = limits.seconds;
  const failed = new Map<string, Diagnostic>();
  let keep = true;
  while (true) {
    const snippet = environmentSnippet(only, [...failed.keys()]);
    const evaluation = await engine.evaluate({
      ...request,
      snippet,
      limits: { ...limits, seconds: left },
      onEnter: onPart,
    });
    left = Math.max(0, left - evaluation.seconds);
    if ('json' in evaluation) return { ...(JSON.parse(evaluation.json) as Yield), failed, keep };
    const failure: EvaluationFailure = evaluation.failure;
    if (failure.reason === 'timeout') failure.message = `did not finish within ${limits.seconds} s`;
    keep &&= failure.reason === 'error';
    const { part } = failure;
    const finding = failureFinding(environment, graph, failure, isSlice(part) ? undefined : part);
    // Without a part the cluster object itself is at fault; after a timeout no time is left; and a part that fails
    // although it is left out would fail for ever.
    if (part === undefined || failure.reason === 'timeout' || failed.has(part)) return { failed, fatal: finding, keep };
    failed.set(part, finding);
  }
}

/** What the snippet of an environment yields: the names of all apps, and those parts that were asked for. */
interface Yield {
  apps: string[];
  parts: { name: string; value: unknown }[];
}

/**
 * Fields are manifested in alphabetical order, so `name` is entered before `value` is computed: the part entered last is
 * the one that fails.
 */
function environmentSnippet(only: readonly string[] | undefined, skip: string[]): string {
  return `
local cluster = import 'cluster.libsonnet';
local main = import 'main.jsonnet';
local enter = std.native('enter');
local only = ${JSON.stringify(only ?? null)};
local skip = ${JSON.stringify(skip)};
{
  apps: cluster.apps,
  parts: [
    { name: enter(app), value: main(app) }
    for app in cluster.apps
    if (only == null || std.member(only, app)) && !std.member(skip, app)
  ] + (if only == null && (skip == [] || skip == ['${infrastructurePart}']) then [{ name: enter('${capacityPart}'), value: cluster.capacity }] else [])
    + (
      if only == null && !std.member(skip, '${infrastructurePart}')
      then [{ name: enter('${infrastructurePart}'), value: ${infrastructureProgram} }] else []
    ),
}`;
}
