import { posix } from 'node:path';
import type { EvaluationFailure } from './engine.ts';
import { parseEvaluationError } from './evaluation-error.ts';
import { folderOf, type ImportGraph } from './graph.ts';
import type { Diagnostic, Environment } from './types.ts';

/** Says a failed evaluation as a finding: of an app when `app` is given, else of the whole environment. */
export function failureFinding(
  environment: Environment,
  graph: ImportGraph,
  failure: EvaluationFailure,
  app: string | undefined,
): Diagnostic {
  const where = { env: environment.name, ...(app !== undefined && { app }) };
  const folder = folderOf(environment);
  if (failure.reason !== 'error') {
    const inApp = app === undefined ? '' : ` while it evaluated the app "${app}"`;
    return {
      rule: `evaluation-${failure.reason}`,
      severity: 'error',
      message: `the environment "${environment.name}" ${failure.message}${inApp}`,
      hint: hints[failure.reason],
      file: posix.join(folder, 'cluster.libsonnet'),
      ...where,
    };
  }
  const { message, frames } = failure.error ?? parseEvaluationError(failure.message);
  const sources = frames.filter(({ file }) => graph.files.has(file));
  const origin = sources[0] ?? { file: posix.join(folder, 'cluster.libsonnet') };
  const known = graph.diagnostics.find(
    ({ file, line }) => 'line' in origin && file === origin.file && line === origin.line,
  );
  if (known !== undefined) return { ...known, ...where };
  // The libraries raise most errors on behalf of a line of the environment: that line is where to mend it.
  const caller = sources.find(({ file }) => file.startsWith(`${folder}/`) && file !== origin.file);
  return {
    rule: 'evaluation',
    severity: 'error',
    message,
    ...(caller !== undefined && { hint: `reached from ${caller.file}:${caller.line}:${caller.column}` }),
    ...where,
    ...origin,
  };
}

const hints = {
  timeout: 'look for an endless recursion; --timeout gives it more time. Argo CD has no deadline and would hang on it',
  memory:
    'look for values that grow without end; --memory gives it more. Argo CD has no limit and would be killed by it',
  crash:
    'some inputs of std.parseYaml and std.parseJson end this engine; keep data in JSON files read by std.parseJson(importstr …)',
};
