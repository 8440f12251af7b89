import { Command, InvalidArgumentError } from 'commander';
import { collect, engineOption, memoryOption, timeoutOption } from './cli/flags.ts';
import { atOnce } from './core/at-once.ts';
import { openCache } from './core/cache.ts';
import { defaultKubernetes } from './core/default-kubernetes.ts';
import { discoverEnvironments, selectEnvironments } from './core/discover.ts';
import { engineOf } from './core/engine-of.ts';
import type { EngineName } from './core/engine.ts';
import { UsageError } from './core/errors.ts';
import { openFileHashes } from './core/file-hashes.ts';
import { openRepository } from './core/root.ts';
import type { Diagnostic } from './core/types.ts';
import { validateEnvironment } from './core/validate.ts';
import type { CheckAgainst } from './core/validate.ts';
import type { Checked } from './report/context.ts';
import { startProgress, watchEvaluation } from './report/progress.ts';

interface Flags {
  env?: string[];
  manifests?: string[];
  kubernetes?: string[];
  crds?: string[];
  allowMissingSchema?: string[];
  report?: string[];
  timeout: number;
  memory: number;
  cache: boolean;
  engine: EngineName;
}

interface Outcome {
  diagnostics: Diagnostic[];
  checked: Checked[];
}

/** `validate`: environments, or any YAML and JSON files, against schemas and rules. */
export function command(): Command {
  return new Command('validate')
    .description(
      'Check every environment, or any YAML and JSON files, against the schemas of Kubernetes and the rules in docs/rules/.',
    )
    .option('--env <name>', 'only this environment (repeatable)', collect)
    .option('--manifests <path>', 'check these files or folders instead; "-" is standard input (repeatable)', collect)
    .option(
      '--kubernetes <minor>',
      `minor version to check against (repeatable; default: ${defaultKubernetes.join(', ')})`,
      minor,
    )
    .option('--crds <path>', 'file or folder with more CustomResourceDefinitions (repeatable)', collect)
    .option(
      '--allow-missing-schema <kind>',
      'kind that needs no schema, as Kind or group/version/Kind (repeatable)',
      collect,
    )
    .option(
      '--report <format[=file]>',
      'pretty, json, junit, sarif, github or gitlab; to a file or standard output (repeatable)',
      collect,
    )
    .addOption(timeoutOption())
    .addOption(memoryOption())
    .addOption(engineOption())
    .option('--no-cache', 'check what has not changed, too, and keep nothing')
    .addHelpText('after', '\nExit code: 0 without errors (warnings pass), 1 with errors, 2 when it was called wrongly.')
    .action(validate);
}

async function validate(flags: Flags): Promise<void> {
  const { parseReports, emitReports, exitCode } = await import('./report/index.ts');
  const targets = parseReports(flags.report ?? []);
  const against: CheckAgainst = {
    kubernetes: flags.kubernetes === undefined ? defaultKubernetes : [...new Set(flags.kubernetes)],
    crds: flags.crds ?? [],
    allowMissing: flags.allowMissingSchema ?? [],
  };
  if (flags.env !== undefined && flags.manifests !== undefined) {
    throw new UsageError('--env and --manifests exclude each other: check environments or files');
  }
  const { diagnostics, checked } =
    flags.manifests === undefined
      ? await validateEnvironments(flags, against)
      : await validateFiles(flags.manifests, against);

  const [{ toolVersion }, { ruleSummaries }] = await Promise.all([
    import('./report/version.ts'),
    import('./core/rules/summaries.ts'),
  ]);
  const color = process.stdout.isTTY === true && !process.env.NO_COLOR;
  const text = await emitReports(targets, diagnostics, {
    version: toolVersion(),
    color,
    checked,
    rules: ruleSummaries,
  });
  process.stdout.write(text);
  // Nothing but the report belongs on standard output when a program reads it.
  const isForPeople = targets.some(({ format, file }) => format === 'pretty' && file === undefined);
  if (isForPeople) process.stdout.write(`${text === '' ? '' : '\n'}${closingLine(checked, against, diagnostics)}\n`);
  if (exitCode(diagnostics) !== 0) process.exitCode = exitCode(diagnostics);
}

async function validateEnvironments(flags: Flags, against: CheckAgainst): Promise<Outcome> {
  const repository = openRepository(process.cwd());
  const selected = selectEnvironments(discoverEnvironments(repository), flags.env ?? []);
  const { loadCheckers } = await import('./core/check.ts');
  let loaded: ReturnType<typeof loadCheckers> | undefined;
  const checkers = () =>
    (loaded ??= loadCheckers(against.kubernetes, { ...against, root: repository.root, libs: repository.libs }));
  const cache = flags.cache ? openCache(repository.root) : null;
  const hashes = openFileHashes(cache);
  const progress = startProgress(process.stderr, selected.length);
  const results = await Promise.all(
    selected.map((environment) =>
      atOnce(async () => {
        const result = await validateEnvironment(environment, {
          against,
          checkers,
          engine: engineOf(flags.engine),
          limits: { seconds: flags.timeout, mebibytes: flags.memory },
          cache,
          hashes,
          ...watchEvaluation(progress, process.stderr, environment.name),
        });
        progress.advance();
        return { env: environment.name, ...result };
      }),
    ),
  );
  progress.clear();
  hashes.save();
  return {
    diagnostics: results.flatMap((result) => result.diagnostics),
    checked: results.flatMap(({ env, apps }) => apps.map((app) => ({ env, ...app }))),
  };
}

async function validateFiles(paths: string[], against: CheckAgainst): Promise<Outcome> {
  const [{ readManifests }, { checkFiles, loadCheckers }, { packageRoot }] = await Promise.all([
    import('./core/read-manifests.ts'),
    import('./core/check.ts'),
    import('./core/schemas/bundle.ts'),
  ]);
  const { manifests, diagnostics, files } = readManifests(paths);
  const checkers = loadCheckers(against.kubernetes, { ...against, ...repositoryOr(packageRoot()) });
  const counts = new Map(files.map((file) => [file, 0]));
  for (const { file } of manifests) counts.set(file, counts.get(file)! + 1);
  const found = [...diagnostics, ...checkFiles(manifests, { checkers })];
  if (manifests.length === 0 && diagnostics.length === 0) found.push(nothingToCheck(paths));
  return { diagnostics: found, checked: [...counts].map(([file, count]) => ({ file, manifests: count })) };
}

/** Files may be checked anywhere; outside a repository the toolchain's own libraries bring their definitions. */
function repositoryOr(root: string): { root: string; libs: string[] } {
  try {
    return openRepository(process.cwd());
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { root, libs: ['lib'] };
  }
}

function nothingToCheck(paths: string[]): Diagnostic {
  return {
    rule: 'no-manifests',
    severity: 'error',
    message: `there is no manifest in ${paths.join(', ')}`,
    hint: 'an empty check that passes hides a wrong path',
    file: paths[0]!,
  };
}

function closingLine(checked: Checked[], { kubernetes }: CheckAgainst, diagnostics: Diagnostic[]): string {
  const manifests = checked.reduce((sum, one) => sum + one.manifests, 0);
  const files = checked.filter(({ file }) => file !== undefined).length;
  const environments = new Set(checked.flatMap(({ env }) => env ?? [])).size;
  const where = files > 0 ? plural(files, 'file') : plural(environments, 'environment');
  const verdict = diagnostics.length === 0 ? ': no findings' : '';
  return `${plural(manifests, 'manifest')} in ${where} checked against Kubernetes ${kubernetes.join(', ')}${verdict}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `1.36`, `v1.36` and `1.36.3` are one minor. */
function minor(value: string, previous: string[] = []): string[] {
  const match = /^v?(\d+\.\d+)(\.\d+)?$/.exec(value);
  if (match === null) throw new InvalidArgumentError('It must be a version such as 1.36.');
  return [...previous, match[1]!];
}
