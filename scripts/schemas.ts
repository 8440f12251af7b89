import { Command } from 'commander';
import { openRepository } from './core/root.ts';
import { generateKubernetes } from './core/schemas/generate/kubernetes.ts';
import { reportGenerated } from './report/generated-files.ts';

/** `schemas`: regenerates the JSON Schemas of Kubernetes from the pinned upstream modules. */
export function command(): Command {
  return new Command('schemas')
    .description('Regenerate schemas/kubernetes from the versions in schemas/catalog.json. Needs Go.')
    .option('--check', 'write nothing; exit 1 when a file is out of date')
    .action(async (flags: { check?: boolean }) => {
      const { root } = openRepository(process.cwd());
      await reportGenerated(root, await generateKubernetes(root), flags.check);
    });
}
