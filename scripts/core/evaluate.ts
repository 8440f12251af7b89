import { evaluated, mayEvaluate, type EvaluateOptions, type Evaluator } from './evaluation.ts';
import { folderOf, type ImportGraph } from './graph.ts';
import type { Computed } from './memo.ts';
import { capacityPart, infrastructurePart, isSlice, type Outcome } from './evaluate-outcome.ts';
import { evaluateOneByOne } from './evaluate-one-by-one.ts';
import { evaluateTogether } from './evaluate-together.ts';
import type { AppResult, Capacity, Diagnostic, Environment, EnvironmentResult, Infrastructure } from './types.ts';

export interface EnvironmentOptions extends EvaluateOptions {
  /** Evaluate only these apps. Default: all that the cluster object lists. */
  apps?: readonly string[] | undefined;
  /** Called with the name of each app as its evaluation begins. */
  onApp?: ((app: string) => void) | undefined;
}

/**
 * Evaluates every app of an environment. A mistake in one component costs only its own app; all of it stays within the
 * limits.
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
      : Promise.resolve({ keep: true, value: result(environment, evaluator.graph, { keep: true }) }),
  );
}

async function evaluateParts(
  environment: Environment,
  evaluator: Evaluator,
  { apps: only, onApp }: EnvironmentOptions,
): Promise<Computed<EnvironmentResult>> {
  const { graph, engine, request, limits } = evaluator;
  const onPart = (part: string): void => {
    if (!isSlice(part)) onApp?.(part);
  };
  const session = engine.open?.({ ...request, limits, graph });
  let outcome =
    session === undefined
      ? await evaluateTogether(environment, evaluator, only, onPart)
      : await evaluateOneByOne(environment, evaluator, session, only, onPart);
  const bad = outcome.apps?.find((name) => !appName.test(name));
  if (bad !== undefined) outcome = { failed: outcome.failed!, fatal: badName(environment, bad), keep: outcome.keep };
  return { keep: outcome.keep, value: result(environment, graph, outcome) };
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

function result(environment: Environment, graph: ImportGraph, outcome: Outcome): EnvironmentResult {
  const failed = outcome.failed ?? new Map<string, Diagnostic>();
  const values = new Map(outcome.parts?.map(({ name, value }) => [name, value]));
  const names = outcome.apps ?? [...failed.keys()].filter((name) => !isSlice(name));
  const apps = names.flatMap((app): AppResult[] => {
    const finding = failed.get(app);
    if (finding !== undefined) return [{ app, diagnostics: [finding] }];
    return values.has(app) ? [{ app, value: values.get(app) }] : [];
  });
  const raised = [outcome.fatal, failed.get(capacityPart), failed.get(infrastructurePart)].filter(
    (finding) => finding !== undefined,
  );
  // A bad import that an app ran into is that app's finding; said once is enough.
  const said = new Set([...failed.values(), ...raised].map(placeOf));
  return {
    env: environment.name,
    apps,
    listed: outcome.apps ?? null,
    capacity: (values.get(capacityPart) as Capacity | undefined) ?? null,
    ...infrastructureOf(values),
    diagnostics: [...graph.diagnostics.filter((finding) => !said.has(placeOf(finding))), ...raised],
  };
}

/** `false` says that there is no such slice. */
function infrastructureOf(values: Map<string, unknown>): Pick<EnvironmentResult, 'infrastructure'> {
  const value = (values.get(infrastructurePart) ?? null) as Infrastructure | false | null;
  return value === false ? {} : { infrastructure: value };
}

function placeOf({ rule, file, line, column }: Diagnostic): string {
  return `${rule} ${file}:${line}:${column}`;
}
