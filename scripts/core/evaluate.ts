import type { EvaluationFailure } from './engine.ts';
import { evaluated, mayEvaluate, type EvaluateOptions, type Evaluator } from './evaluation.ts';
import { failureFinding } from './evaluation-failure.ts';
import { folderOf, type ImportGraph } from './graph.ts';
import type { Computed } from './memo.ts';
import type { AppResult, Capacity, Diagnostic, Environment, EnvironmentResult } from './types.ts';

export interface EnvironmentOptions extends EvaluateOptions {
  /** Evaluate only these apps. Default: all that the cluster object lists. */
  apps?: readonly string[] | undefined;
  /** Called with the name of each app as its evaluation begins. */
  onApp?: ((app: string) => void) | undefined;
}

/**
 * Evaluates every app of an environment in one virtual machine. An app that fails is left out and the rest evaluated
 * again, so that a mistake in one component costs only its own app; all of it stays within the limits.
 *
 * `capacity` is null when only some apps are asked for or when one of them failed: the sum would be wrong.
 */
export function evaluateEnvironment(
  environment: Environment,
  options: EnvironmentOptions = {},
): Promise<EnvironmentResult> {
  return evaluated(environment, options, ['environment', options.apps ?? null], (evaluator) =>
    mayEvaluate(evaluator.graph)
      ? evaluateParts(environment, evaluator, options)
      : Promise.resolve({ keep: true, value: result(environment, evaluator.graph, {}) }),
  );
}

/** Stands for the capacity among the parts of a snippet; no app can be called so. */
const capacityPart = '#capacity';

async function evaluateParts(
  environment: Environment,
  { graph, engine, limits, request }: Evaluator,
  { apps: only, onApp }: EnvironmentOptions,
): Promise<Computed<EnvironmentResult>> {
  let left = limits.seconds;
  const failed = new Map<string, Diagnostic>();
  let keep = true;
  const onEnter = (part: string): void => {
    if (part !== capacityPart) onApp?.(part);
  };
  while (true) {
    const snippet = environmentSnippet(only, [...failed.keys()]);
    const evaluation = await engine.evaluate({ ...request, snippet, limits: { ...limits, seconds: left }, onEnter });
    left = Math.max(0, left - evaluation.seconds);
    if ('json' in evaluation) {
      const yielded = JSON.parse(evaluation.json) as Yield;
      const bad = yielded.apps.find((name) => !appName.test(name));
      const outcome = bad === undefined ? { ...yielded, failed } : { failed, fatal: badName(environment, bad) };
      return { keep, value: result(environment, graph, outcome) };
    }
    const failure: EvaluationFailure = evaluation.failure;
    if (failure.reason === 'timeout') failure.message = `did not finish within ${limits.seconds} s`;
    keep &&= failure.reason === 'error';
    const { part } = failure;
    const finding = failureFinding(environment, graph, failure, part === capacityPart ? undefined : part);
    // Without a part the cluster object itself is at fault; after a timeout no time is left; and a part that fails
    // although it is left out would fail for ever.
    if (part === undefined || failure.reason === 'timeout' || failed.has(part)) {
      return { keep, value: result(environment, graph, { failed, fatal: finding }) };
    }
    failed.set(part, finding);
  }
}

/** An app is a Kubernetes object and a folder of the output: its name must do for both. */
const appName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

function badName(environment: Environment, name: string): Diagnostic {
  return {
    rule: 'evaluation',
    severity: 'error',
    message: `the environment "${environment.name}" has an app called ${JSON.stringify(name)}`,
    hint: 'names of components are lower-case letters, digits, "-" and "."',
    env: environment.name,
    file: `${folderOf(environment)}/cluster.libsonnet`,
  };
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
  ] + (if only == null && skip == [] then [{ name: enter('${capacityPart}'), value: cluster.capacity }] else []),
}`;
}

interface Outcome extends Partial<Yield> {
  failed?: Map<string, Diagnostic>;
  fatal?: Diagnostic;
}

function result(environment: Environment, graph: ImportGraph, outcome: Outcome): EnvironmentResult {
  const failed = outcome.failed ?? new Map<string, Diagnostic>();
  const values = new Map(outcome.parts?.map(({ name, value }) => [name, value]));
  const names = outcome.apps ?? [...failed.keys()].filter((name) => name !== capacityPart);
  const apps = names.flatMap((app): AppResult[] => {
    const finding = failed.get(app);
    if (finding !== undefined) return [{ app, diagnostics: [finding] }];
    return values.has(app) ? [{ app, value: values.get(app) }] : [];
  });
  const raised = [outcome.fatal, failed.get(capacityPart)].filter((finding) => finding !== undefined);
  // A bad import that an app ran into is that app's finding; said once is enough.
  const said = new Set([...failed.values(), ...raised].map(placeOf));
  return {
    env: environment.name,
    apps,
    listed: outcome.apps ?? null,
    capacity: (values.get(capacityPart) as Capacity | undefined) ?? null,
    diagnostics: [...graph.diagnostics.filter((finding) => !said.has(placeOf(finding))), ...raised],
  };
}

function placeOf({ rule, file, line, column }: Diagnostic): string {
  return `${rule} ${file}:${line}:${column}`;
}
