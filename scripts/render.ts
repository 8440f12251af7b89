import { Command, InvalidArgumentError, Option } from 'commander';
import { discoverEnvironments, selectEnvironments } from './core/discover.ts';
import { defaultLimits } from './core/engine.ts';
import { UsageError } from './core/errors.ts';
import { appOutput, renderEnvironment, type Format } from './core/render.ts';
import { openRepository } from './core/root.ts';
import { didYouMean } from './core/suggest.ts';
import { countFindings, formatSummary } from './core/summary.ts';
import { writeOutput } from './core/write.ts';
import { join } from 'node:path';

interface Flags {
  env: string[];
  app: string[];
  output?: string;
  stdout?: boolean;
  format: Format;
  timeout: number;
  memory: number;
  cache: boolean;
}

export function command(): Command {
  return new Command('render')
    .description('render every environment to files, and validate what was rendered')
    .option('--env <name>', 'only this environment (repeatable)', collect, [])
    .option('--app <name>', 'only this app of each environment (repeatable)', collect, [])
    .option('--output <directory>', 'folder to write to (default: rendered/ in the repository)')
    .option('--stdout', 'print the manifests instead of writing files')
    .addOption(new Option('--format <format>', 'format of the manifests').choices(['yaml', 'json']).default('yaml'))
    .option('--timeout <seconds>', 'wall time for one environment', positive, defaultLimits.seconds)
    .option('--memory <MiB>', 'memory for one environment', positive, defaultLimits.mebibytes)
    .option('--no-cache', 'evaluate even what has not changed, and keep nothing')
    .addOption(new Option('--engine <engine>', 'Jsonnet engine').choices(['node-jsonnet']).default('node-jsonnet'))
    .action(render);
}

async function render(flags: Flags): Promise<void> {
  const repository = openRepository(process.cwd());
  const environments = discoverEnvironments(repository);
  const selected = selectEnvironments(environments, flags.env);
  const rendered = await Promise.all(
    selected.map(async (environment) => {
      const start = performance.now();
      const result = await renderEnvironment(environment, {
        apps: flags.app.length === 0 ? undefined : flags.app,
        limits: { seconds: flags.timeout, mebibytes: flags.memory },
        ...(flags.cache ? {} : { cache: null }),
        onTrace: (line) => process.stderr.write(`${line}\n`),
      });
      return { ...result, seconds: (performance.now() - start) / 1000 };
    }),
  );
  const listed = rendered.flatMap((r) => r.listed ?? []);
  for (const app of flags.app) {
    if (!listed.includes(app) && rendered.every((r) => r.listed !== null)) throw new UsageError(`unknown app "${app}": ${didYouMean(app, [...new Set(listed)])}`);
  }
  const outputs = rendered.map((r) => ({ ...r, files: r.apps.map((app) => appOutput(r.environment.name, app, flags.format)) }));
  await writeOutput(flags.output ?? join(repository.root, 'rendered'), outputs.flatMap(({ files }) => files), () => true);
  process.stdout.write(
    formatSummary(
      outputs.map((r) => ({
        env: r.environment.name,
        apps: r.apps.length,
        manifests: r.apps.reduce((sum, { manifests }) => sum + manifests.length, 0),
        bytes: r.files.flatMap(({ files }) => files).reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
        seconds: r.seconds,
        ...countFindings(r.diagnostics),
        capacity: r.capacity,
      })),
    ),
  );
  for (const d of rendered.flatMap((r) => r.diagnostics)) process.stdout.write(`${JSON.stringify(d, null, 2)}\n`);
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('must be a number above 0.');
  return number;
}
