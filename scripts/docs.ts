import { Command } from 'commander';
import { engineOption } from './cli/flags.ts';
import { generateDocs } from './core/docs/generate.ts';
import { engineOf } from './core/engine-of.ts';
import type { EngineName } from './core/engine.ts';
import { openRepository } from './core/root.ts';
import { reportGenerated } from './report/generated-files.ts';

/** `docs`: the settings reference, from the doc twins in the libraries. */
export function command(): Command {
  return new Command('docs')
    .description(
      'Generate the settings reference: docs/settings.md, the tables in lib/*/README.md and schemas/settings.schema.json.',
    )
    .option('--check', 'write nothing; exit 1 when a file is out of date')
    .addOption(engineOption())
    .action(async ({ check = false, engine }: { check?: boolean; engine: EngineName }) => {
      const repository = openRepository(process.cwd());
      await reportGenerated(repository.root, await generateDocs(repository, engineOf(engine)), check);
    });
}
