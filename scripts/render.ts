import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { collect, engineOption, memoryOption, timeoutOption } from './cli/flags.ts';
import { atOnce } from './core/at-once.ts';
import { openCache } from './core/cache.ts';
import { discoverEnvironments, selectEnvironments } from './core/discover.ts';
import { engineOf } from './core/engine-of.ts';
import type { EngineName } from './core/engine.ts';
import { UsageError } from './core/errors.ts';
import { openFileHashes } from './core/file-hashes.ts';
import { renderEnvironment, type RenderResult } from './core/render.ts';
import type { Format } from './core/render-apps.ts';
import { openRepository } from './core/root.ts';
import { didYouMean } from './core/suggest.ts';
import { infrastructureFolders } from './core/terraform/files.ts';
import { countFindings, formatSummary } from './core/summary.ts';
import { writeOutput } from './core/write.ts';
import { printFindings } from './report/findings.ts';
import { startProgress, watchEvaluation } from './report/progress.ts';

interface Flags {
  env: string[];
  app: string[];
  output?: string;
  stdout?: boolean;
  format: Format;
  timeout: number;
  memory: number;
  cache: boolean;
  engine: EngineName;
}

/** `render`: every environment to files or to standard output, checked, with a closing table. */
export function command(): Command {
  return new Command('render')
    .description('Render every environment to rendered/<env>/<app>/<kind>-<name>.yaml, and validate what was rendered.')
    .option('--env <name>', 'only this environment (repeatable)', collect, [])
    .option('--app <name>', 'only this app of each environment (repeatable)', collect, [])
    .option('--output <directory>', 'write to this folder instead of rendered/')
    .option('--stdout', 'print the manifests instead of writing files')
    .addOption(new Option('--format <format>', 'format of the manifests').choices(['yaml', 'json']).default('yaml'))
    .addOption(timeoutOption())
    .addOption(memoryOption())
    .option('--no-cache', 'evaluate what has not changed, too, and keep nothing')
    .addOption(engineOption())
    .addHelpText('after', notes)
    .action(render);
}

const notes = `
Beside the apps of an environment lie terraform/<stack>/main.tf.json and, where kind makes the cluster, kind/cluster.yaml.
Files are called <kind>-<name> in lower case; where two manifests of an app would share one, <kind>-<name>.<namespace>.
They are replaced one by one and never half written. Files of apps and environments that are gone are removed; an app that
fails keeps its old files, and files that no render wrote stay. Exit code 1 means that something is wrong with what was
rendered, 2 that nothing could be.
`;

async function render(flags: Flags): Promise<void> {
  const repository = openRepository(process.cwd());
  const all = discoverEnvironments(repository);
  const selected = selectEnvironments(all, flags.env);
  const directory = flags.stdout ? null : resolve(flags.output ?? join(repository.root, 'rendered'));
  const cache = flags.cache ? openCache(repository.root) : null;
  const hashes = openFileHashes(cache);
  const shared = {};
  const progress = startProgress(process.stderr, selected.length);

  const results = await Promise.all(
    selected.map((environment) =>
      atOnce(async () => {
        const start = performance.now();
        const result = await renderEnvironment(environment, {
          apps: flags.app.length === 0 ? undefined : flags.app,
          format: flags.format,
          directory,
          engine: engineOf(flags.engine),
          limits: { seconds: flags.timeout, mebibytes: flags.memory },
          cache,
          hashes,
          shared,
          ...watchEvaluation(progress, process.stderr, environment.name),
        });
        progress.advance();
        // Files are made; the manifests of all environments at once would only fill the memory.
        if (directory !== null) delete result.rendered;
        return { ...result, seconds: (performance.now() - start) / 1000 };
      }),
    ),
  );
  progress.clear();
  refuseUnknownApps(flags.app, results);

  if (directory !== null) {
    const outputs = results.flatMap((result) => result.outputs);
    await writeOutput(directory, outputs, (env, app) => isListed(env, app));
  } else {
    const { manifestStream } = await import('./core/manifest-stream.ts');
    process.stdout.write(manifestStream(results, flags.format));
  }
  await conclude(results, directory === null ? process.stderr : process.stdout);
  hashes.save();

  /** Files of apps and environments that are gone go, too; of what wasn't looked at they stay. */
  function isListed(env: string, app: string): boolean {
    const result = results.find((one) => one.env === env);
    if (!result?.listed) return all.some(({ name }) => name === env);
    if (infrastructureFolders.includes(app)) return result.infrastructure === null;
    return result.listed.includes(app);
  }
}

function refuseUnknownApps(apps: readonly string[], results: readonly RenderResult[]): void {
  // An environment that failed may well have the app.
  if (results.some(({ listed }) => listed === null)) return;
  const known = [...new Set(results.flatMap(({ listed }) => listed ?? []))];
  for (const app of apps) {
    if (!known.includes(app)) throw new UsageError(`unknown app "${app}": ${didYouMean(app, known)}`);
  }
}

/** Prints what was found and the closing table, and sets the exit code. */
async function conclude(
  results: readonly (RenderResult & { seconds: number })[],
  stream: NodeJS.WriteStream,
): Promise<void> {
  await printFindings(
    results.flatMap((result) => result.diagnostics),
    stream,
  );
  stream.write(
    formatSummary(
      results.map((result) => ({ ...result, ...countFindings(result.diagnostics), apps: result.apps.length })),
    ),
  );
}
