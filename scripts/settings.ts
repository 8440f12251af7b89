import { Command } from 'commander';
import { engineOption } from './cli/flags.ts';
import { discoverEnvironments, selectEnvironments } from './core/discover.ts';
import { engineOf } from './core/engine-of.ts';
import type { EngineName } from './core/engine.ts';
import { UsageError } from './core/errors.ts';
import { openRepository } from './core/root.ts';
import { slice } from './core/slice.ts';
import { didYouMean } from './core/suggest.ts';
import { printFindings } from './report/findings.ts';

interface Flags {
  env: string;
  app?: string;
  engine: EngineName;
}

/** `settings`: what an environment decides, defaults included, as JSON. */
export function command(): Command {
  return new Command('settings')
    .description("Print an environment's settings, defaults included, as JSON.")
    .requiredOption('--env <name>', 'the environment')
    .option('--app <name>', 'only the settings of this component')
    .addOption(engineOption())
    .action(settings);
}

async function settings({ env, app, engine }: Flags): Promise<void> {
  const [environment] = selectEnvironments(discoverEnvironments(openRepository(process.cwd())), [env]);
  if (environment === undefined) return;
  const result = await slice(environment, 'settings', { engine: engineOf(engine) });
  if ('diagnostics' in result) return await printFindings(result.diagnostics, process.stderr);
  process.stdout.write(
    `${JSON.stringify(app === undefined ? result.value : ofComponent(result.value, app), null, 2)}\n`,
  );
}

function ofComponent(value: unknown, app: string): unknown {
  const { components = {} } = value as { components?: Record<string, unknown> };
  if (Object.hasOwn(components, app)) return components[app];
  throw new UsageError(`unknown component "${app}": ${didYouMean(app, Object.keys(components))}`);
}
